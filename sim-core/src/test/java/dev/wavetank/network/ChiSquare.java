package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;

/** Holds counts against the law they should follow. */
final class ChiSquare {

    /** So many standard deviations come by chance once in a billion. */
    private static final double DEVIATIONS = 6;

    private ChiSquare() {}

    static void assertFits(int[] counts, double[] law) {
        assertThat(statistic(counts, law))
                .as("chi-square of %s", Arrays.toString(counts))
                .isLessThan(limit(counts.length - 1));
    }

    static double[] uniform(int n) {
        double[] law = new double[n];
        Arrays.fill(law, 1.0 / n);
        return law;
    }

    static double statistic(int[] counts, double[] law) {
        int total = Arrays.stream(counts).sum();
        double statistic = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = total * law[i];
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
        }
        return statistic;
    }

    /** The approximation of E. B. Wilson and M. M. Hilferty, 1931. */
    static double limit(int degreesOfFreedom) {
        double part = 2.0 / (9 * degreesOfFreedom);
        return degreesOfFreedom * StrictMath.pow(1 - part + DEVIATIONS * Math.sqrt(part), 3);
    }
}
