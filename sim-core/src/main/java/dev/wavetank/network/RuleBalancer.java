package dev.wavetank.network;

import java.util.Arrays;

/** A balancer made of rules in a stated order: a destination is in or not, and rules know no weights and no counters. */
abstract class RuleBalancer implements Balancer {

    private int[] destinations = new int[0];

    /** How many destinations there are. */
    final int count() {
        return destinations.length;
    }

    /** The destination of the rule at this place, from 0. */
    final int at(int index) {
        return destinations[index];
    }

    /** All of them in the order of their rules; not to be changed. */
    final int[] destinations() {
        return destinations;
    }

    /** The rules were written anew. */
    void rewritten() {}

    @Override
    public final void add(int destination, int weight) {
        int[] longer = Arrays.copyOf(destinations, destinations.length + 1);
        longer[destinations.length] = destination;
        replaceAll(longer);
    }

    @Override
    public final void remove(int destination) {
        replaceAll(Arrays.stream(destinations)
                .filter(other -> other != destination)
                .toArray());
    }

    /** Does nothing: rules have no weights. */
    @Override
    public void reweigh(int destination, int weight) {}

    @Override
    public final void replaceAll(int[] destinations) {
        this.destinations = destinations.clone();
        rewritten();
    }
}
