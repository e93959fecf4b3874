package dev.wavetank.network;

/** A chain of iptables or nftables rules over a list of endpoints; knows nothing of a connection once it is made. */
final class RuleSpread implements Spread {

    private final AddressBook book;
    private final Balancer rules;
    private final RandomBits random;
    private int[] destinations = new int[0];
    private int version;

    RuleSpread(AddressBook book, Balancer rules, RandomBits random) {
        this.book = book;
        this.rules = rules;
        this.random = random;
    }

    /** The rules are written anew, for these destinations in this order. */
    void rewrite(int[] destinations) {
        this.destinations = destinations;
        rules.replaceAll(destinations);
        version++;
    }

    @Override
    public boolean open(Connection connection, long now) {
        int picked = rules.pick(now, connection.clientAddress, connection.clientPort, random);
        if (picked == Balancer.NONE) {
            return false;
        }
        connection.leadTo(book.address(picked), picked, this);
        return true;
    }

    @Override
    public int size() {
        return destinations.length;
    }

    @Override
    public PodAddress at(int index) {
        return book.address(destinations[index]);
    }

    @Override
    public int version() {
        return version;
    }
}
