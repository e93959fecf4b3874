package dev.wavetank.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts how new connections were spread over pods, beside what equal chances would have given: while {@code n} pods take
 * new connections, each of them is expected to get one {@code n}th. When the list changes, what was expected so far is
 * settled and counting goes on with the new list.
 */
public final class Shares {

    /** With fewer expected the distribution is too coarse for the test. */
    private static final double LEAST_EXPECTED = 5;

    private final List<PodAddress> pods = new ArrayList<>();
    private long[] counts = new long[16];
    private double[] expected = new double[16];
    private boolean[] known = new boolean[16];
    private @Nullable Spread among;
    private int version;
    private PodAddress[] listed = new PodAddress[0];
    private long unsettled;

    void count(PodAddress address, Spread spread) {
        if (spread != among || spread.version() != version) {
            settle();
            among = spread;
            version = spread.version();
            listed = new PodAddress[spread.size()];
            for (int i = 0; i < listed.length; i++) {
                listed[i] = spread.at(i);
                know(listed[i]);
            }
        }
        know(address);
        counts[address.number()]++;
        unsettled++;
    }

    private void know(PodAddress address) {
        int number = address.number();
        if (number >= counts.length) {
            counts = Arrays.copyOf(counts, 2 * number);
            expected = Arrays.copyOf(expected, 2 * number);
            known = Arrays.copyOf(known, 2 * number);
        }
        if (!known[number]) {
            known[number] = true;
            pods.add(address);
        }
    }

    void settle() {
        for (PodAddress pod : listed) {
            expected[pod.number()] += (double) unsettled / listed.length;
        }
        unsettled = 0;
    }

    /**
     * A pod's part.
     *
     * @param connections counted
     * @param expected what equal chances would have given
     */
    public record Share(String pod, long connections, double expected) {}

    /** Each pod that took connections or could have, in the order in which they were first seen. */
    public List<Share> perPod() {
        settle();
        Map<String, Share> shares = new LinkedHashMap<>();
        for (PodAddress pod : pods) {
            Share share = new Share(pod.podName(), counts[pod.number()], expected[pod.number()]);
            shares.merge(
                    share.pod(),
                    share,
                    (one, other) -> new Share(
                            one.pod(), one.connections() + other.connections(), one.expected() + other.expected()));
        }
        return List.copyOf(shares.values());
    }

    /** Pearson's chi-square of the connections per pod against equal chances; pods with few expected are left out. */
    public double chiSquare() {
        double sum = 0;
        for (PodAddress pod : pods) {
            double wanted = expected[pod.number()];
            if (wanted >= LEAST_EXPECTED) {
                double off = counts[pod.number()] - wanted;
                sum += off * off / wanted;
            }
        }
        return sum;
    }

    /** Pods that {@link #chiSquare} looks at, less one; 0 if there is nothing to compare. */
    public int degreesOfFreedom() {
        int compared = 0;
        for (PodAddress pod : pods) {
            compared += expected[pod.number()] >= LEAST_EXPECTED ? 1 : 0;
        }
        return Math.max(0, compared - 1);
    }

    /**
     * How likely equal and independent chances are to give a chi-square as large or larger; 1 if there is nothing to
     * compare. Near 0 the pick was not random with equal chances; near 1 it was more even than chance, as taking turns is.
     */
    public double pValue() {
        int freedom = degreesOfFreedom();
        return freedom == 0 ? 1 : GoodnessOfFit.pValue(chiSquare(), freedom);
    }

    /**
     * Jain's index of fairness.
     *
     * <p>Source: R. Jain, D. Chiu, W. Hawe, DEC-TR-301, 1984.
     */
    static double jain(double[] counts) {
        double sum = 0;
        double squares = 0;
        for (double count : counts) {
            sum += count;
            squares += count * count;
        }
        return squares == 0 ? 1 : sum * sum / (counts.length * squares);
    }
}
