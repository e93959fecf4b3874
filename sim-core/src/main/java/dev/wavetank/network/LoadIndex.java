package dev.wavetank.network;

import java.util.Arrays;

/**
 * A knock-out tournament over the destinations of a list: the winner is the least loaded, a change is replayed on its way
 * up only, and stops as soon as it changes no winner.
 *
 * <p>Places are given out from left to right as destinations come, so that further right is further ahead in the list and
 * wins a draw. Places of those that went stay empty until there is none left, when all is laid out anew.
 */
final class LoadIndex {

    private static final int NONE = Balancer.NONE;

    private final Destinations list;
    private final LoadMeasure measure;

    /** A heap-shaped tree of winners: node 1 is the final, node i was played by 2i and 2i + 1, places are the leaves. */
    private int[] winners = new int[0];

    private int[] placeOf = new int[0];
    private int places;
    private int nextPlace;

    LoadIndex(Destinations list, LoadMeasure measure) {
        this.list = list;
        this.measure = measure;
        layOut();
    }

    int least() {
        return winners[1];
    }

    void add(int destination) {
        if (nextPlace == places) {
            layOut();
        } else {
            seat(destination);
            replay(destination);
        }
    }

    void remove(int destination) {
        int node = places + placeOf[destination];
        winners[node] = NONE;
        replayFrom(node, destination);
    }

    void update(int destination) {
        replay(destination);
    }

    private void seat(int destination) {
        if (destination >= placeOf.length) {
            placeOf = Arrays.copyOf(placeOf, Math.max(destination + 1, placeOf.length * 2));
        }
        placeOf[destination] = nextPlace++;
    }

    private void replay(int destination) {
        int node = places + placeOf[destination];
        winners[node] = list.weight(destination) > 0 ? destination : NONE;
        replayFrom(node, destination);
    }

    private void replayFrom(int leaf, int changed) {
        for (int node = leaf / 2; node > 0; node /= 2) {
            int before = winners[node];
            int after = play(winners[2 * node], winners[2 * node + 1]);
            winners[node] = after;
            if (before == after && after != changed) {
                return;
            }
        }
    }

    private int play(int left, int right) {
        if (left == NONE || right == NONE) {
            return left == NONE ? right : left;
        }
        return measure.lighter(list, left, right) ? left : right;
    }

    private void layOut() {
        places = Integer.highestOneBit(Math.max(1, list.size())) * 4;
        winners = new int[2 * places];
        Arrays.fill(winners, NONE);
        nextPlace = 0;
        int destination = list.before(NONE);
        while (destination != NONE) {
            seat(destination);
            winners[places + placeOf[destination]] = list.weight(destination) > 0 ? destination : NONE;
            destination = list.before(destination);
        }
        for (int node = places - 1; node > 0; node--) {
            winners[node] = play(winners[2 * node], winners[2 * node + 1]);
        }
    }
}
