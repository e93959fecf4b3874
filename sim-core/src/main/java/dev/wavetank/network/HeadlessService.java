package dev.wavetank.network;

import java.util.List;

/**
 * What a client makes of a headless Service: the cluster's DNS gives it the addresses of all ready pods, and it picks one of
 * them itself, at random, for each new connection. It asks again only when the answer it has is older than the answer's
 * time to live; until then it knows nothing of new pods and still tries those that are gone.
 */
final class HeadlessService implements Spread {

    private final AddressBook book;
    private final RuleSpread answer;
    private final long timeToLiveNanos;
    private int[] current = new int[0];
    private boolean changed;
    private long askAgainAt = Long.MIN_VALUE;

    HeadlessService(AddressBook book, RandomBits random, long timeToLiveNanos) {
        this.book = book;
        this.answer = new RuleSpread(book, new UniformBalancer(), random);
        this.timeToLiveNanos = timeToLiveNanos;
    }

    /** From now on the DNS answers with these. */
    void publish(List<PodAddress> addresses, List<String> texts) {
        int[] numbers = new int[addresses.size()];
        for (int i = 0; i < numbers.length; i++) {
            Integer known = book.numberOf(texts.get(i));
            boolean same = known != null && book.address(known) == addresses.get(i);
            numbers[i] = same && known != null ? known : book.enter(texts.get(i), addresses.get(i));
        }
        current = numbers;
        changed = true;
    }

    @Override
    public boolean open(Connection connection, long now) {
        if (now >= askAgainAt) {
            askAgainAt = now + timeToLiveNanos;
            if (changed) {
                answer.rewrite(current);
                changed = false;
            }
        }
        return answer.open(connection, now);
    }

    @Override
    public int size() {
        return answer.size();
    }

    @Override
    public PodAddress at(int index) {
        return answer.at(index);
    }

    @Override
    public int version() {
        return answer.version();
    }
}
