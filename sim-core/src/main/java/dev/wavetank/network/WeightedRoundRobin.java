package dev.wavetank.network;

/**
 * IPVS {@code wrr}: rounds over the list, each for destinations at least as heavy as a bar that sinks from round to round.
 *
 * <p>Source: linux 6.12 net/netfilter/ipvs/ip_vs_wrr.c.
 */
final class WeightedRoundRobin extends ListBalancer {

    private int pointer = NONE;

    /** The bar, cw in the kernel. */
    private int currentWeight;

    /** Where the bar starts, mw. */
    private int maxWeight;

    /** By how much it sinks, di: the greatest common divisor of all weights. */
    private int step = 1;

    @Override
    void added(int destination) {
        listChanged();
    }

    @Override
    void removed(int destination, int predecessor) {
        listChanged();
    }

    @Override
    void weightChanged(int destination) {
        listChanged();
    }

    private void listChanged() {
        pointer = NONE;
        int divisor = 0;
        int heaviest = 0;
        for (int destination = list.first(); destination != NONE; destination = list.after(destination)) {
            int weight = list.weight(destination);
            divisor = weight > 0 ? gcd(weight, divisor) : divisor;
            heaviest = Math.max(heaviest, weight);
        }
        step = Math.max(1, divisor);
        maxWeight = heaviest - (step - 1);
        if (currentWeight > maxWeight || currentWeight == 0) {
            currentWeight = maxWeight;
        } else if (step > 1) {
            currentWeight = currentWeight / step * step + 1;
        }
    }

    static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    @Override
    public int pick(long nowNanos, int clientAddress, int clientPort, RandomBits random) {
        if (maxWeight <= 0) {
            return NONE;
        }
        while (true) {
            pointer = list.after(pointer);
            if (pointer == NONE) {
                currentWeight -= step;
                if (currentWeight <= 0) {
                    currentWeight = maxWeight;
                }
            } else if (list.weight(pointer) >= currentWeight) {
                return pointer;
            }
        }
    }

    @Override
    String whyPicked(int picked) {
        return picked + " is the next in the list with a weight of " + currentWeight + " or more";
    }
}
