package dev.wavetank.live.compare;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/** The test whether two counts come from one rate. */
final class Rates {

    private static final ChiSquaredDistribution CHI_SQUARED = ChiSquaredDistribution.of(1);

    private Rates() {}

    /**
     * The p-value of the chi-square test of two Poisson counts, each seen in so much exposure (runs, requests), where events come
     * in groups: with groups of ten, fifty events tell as much as five.
     *
     * @param groupSize mean size of the group an event belongs to, at least 1; it divides the statistic (quasi-Poisson)
     */
    static double pValue(long a, double exposureA, long b, double exposureB, double groupSize) {
        if (a + b == 0 || exposureA <= 0 || exposureB <= 0) {
            return 1;
        }
        double difference = a * exposureB - b * exposureA;
        double statistic = difference * difference / ((a + b) * exposureA * exposureB) / Math.max(1, groupSize);
        return CHI_SQUARED.survivalProbability(statistic);
    }
}
