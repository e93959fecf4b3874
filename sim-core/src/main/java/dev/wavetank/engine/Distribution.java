package dev.wavetank.engine;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How long something takes when it does not always take the same: a distribution of durations of at least 0.
 *
 * <p>Its text, for scenario files, is what {@link Object#toString} writes and {@link #parse} reads, such as {@code 20ms},
 * {@code uniform(10ms, 30ms)} or {@code lognormal(5ms, 0.4)}. Numbers depend on the stream alone, on every machine.
 */
public sealed interface Distribution {
    /** Draws a duration in nanoseconds, at least 0; one too long for a {@code long} is {@link Long#MAX_VALUE}. */
    long sampleNanos(RandomStream random);

    /** Returns the mean in nanoseconds. */
    double meanNanos();

    /**
     * Reads a distribution from its text; a bare duration is a constant.
     *
     * @throws IllegalArgumentException with a message for the user that says what is wrong and how to mend it
     */
    static Distribution parse(String text) {
        return DistributionText.parse(text);
    }

    /** Always the same: {@code 20ms} or {@code constant(20ms)}. */
    record Constant(long nanos) implements Distribution {
        /** Checks that the duration is not negative. */
        public Constant {
            require(nanos >= 0, "a constant must be at least 0");
        }

        @Override
        public long sampleNanos(RandomStream random) {
            return nanos;
        }

        @Override
        public double meanNanos() {
            return nanos;
        }

        @Override
        public String toString() {
            return Durations.format(nanos);
        }
    }

    /** Anywhere between two durations: {@code uniform(10ms, 30ms)}. */
    record Uniform(long minNanos, long maxNanos) implements Distribution {
        /** Checks that 0 ≤ min ≤ max. */
        public Uniform {
            require(minNanos >= 0 && minNanos <= maxNanos, "uniform goes from a smaller duration to a larger one");
        }

        @Override
        public long sampleNanos(RandomStream random) {
            return minNanos + (long) (random.nextDouble() * (maxNanos - minNanos));
        }

        @Override
        public double meanNanos() {
            return minNanos / 2.0 + maxNanos / 2.0;
        }

        @Override
        public String toString() {
            return "uniform(" + Durations.format(minNanos) + ", " + Durations.format(maxNanos) + ")";
        }
    }

    /** Without memory, such as the time to the next of many independent arrivals: {@code exponential(20ms)}. */
    record Exponential(long averageNanos) implements Distribution {
        /** Checks that the mean is not negative. */
        public Exponential {
            require(averageNanos >= 0, "the mean of an exponential must be at least 0");
        }

        @Override
        public long sampleNanos(RandomStream random) {
            return (long) random.nextExponential((double) averageNanos);
        }

        @Override
        public double meanNanos() {
            return averageNanos;
        }

        @Override
        public String toString() {
            return "exponential(" + Durations.format(averageNanos) + ")";
        }
    }

    /** A sum of equal exponential stages, less scattered the more stages: {@code erlang(20ms, 4)}, mean and stages. */
    record Erlang(long averageNanos, int stages) implements Distribution {
        /** Checks that the mean is not negative and that there is a stage. */
        public Erlang {
            require(averageNanos >= 0, "the mean of an erlang must be at least 0");
            require(stages >= 1 && stages <= 1000, "an erlang has 1 to 1000 stages");
        }

        @Override
        public long sampleNanos(RandomStream random) {
            double sum = 0;
            for (int i = 0; i < stages; i++) {
                sum += random.nextExponential(1);
            }
            return (long) (sum / stages * averageNanos);
        }

        @Override
        public double meanNanos() {
            return averageNanos;
        }

        @Override
        public String toString() {
            return "erlang(" + Durations.format(averageNanos) + ", " + stages + ")";
        }
    }

    /** The bell curve, a draw below 0 counting as 0: {@code normal(20ms, 4ms)}, centre and standard deviation. */
    record Normal(long centreNanos, long deviationNanos) implements Distribution {
        /** Checks that neither is negative. */
        public Normal {
            require(centreNanos >= 0 && deviationNanos >= 0, "a normal needs a centre and deviation of at least 0");
        }

        @Override
        public long sampleNanos(RandomStream random) {
            return (long) Math.max(0, centreNanos + deviationNanos * random.nextGaussian());
        }

        /** Returns the mean after the cut, which is a little above the centre if the deviation is large. */
        @Override
        public double meanNanos() {
            if (deviationNanos == 0) {
                return centreNanos;
            }
            double z = (double) centreNanos / deviationNanos;
            double density = StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI);
            return centreNanos * (1 - upperTail(z, density)) + deviationNanos * density;
        }

        /** P(X > z) of the standard normal for z ≥ 0, to 7 digits: Abramowitz and Stegun, formula 26.2.17. */
        private static double upperTail(double z, double density) {
            double t = 1 / (1 + 0.2316419 * z);
            return density
                    * t
                    * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
        }

        @Override
        public String toString() {
            return "normal(" + Durations.format(centreNanos) + ", " + Durations.format(deviationNanos) + ")";
        }
    }

    /** Skewed to the right as most service times are: {@code lognormal(5ms, 0.4)}, median and sigma of the logarithm. */
    record LogNormal(long medianNanos, double sigma) implements Distribution {
        /** Checks that neither is negative. */
        public LogNormal {
            require(medianNanos >= 0, "the median of a lognormal must be at least 0");
            require(sigma >= 0 && sigma <= 10, "the sigma of a lognormal is from 0 to 10");
        }

        @Override
        public long sampleNanos(RandomStream random) {
            return (long) (medianNanos * StrictMath.exp(sigma * random.nextGaussian()));
        }

        @Override
        public double meanNanos() {
            return medianNanos * StrictMath.exp(sigma * sigma / 2);
        }

        @Override
        public String toString() {
            return "lognormal(" + Durations.format(medianNanos) + ", " + number(sigma) + ")";
        }
    }

    /** A heavy tail: {@code pareto(5ms, 1.5)}, the least duration and the shape; the smaller the shape, the heavier. */
    record Pareto(long minNanos, double shape) implements Distribution {
        /** Checks that the minimum is not negative and that the mean is finite. */
        public Pareto {
            require(minNanos >= 0, "the least duration of a pareto must be at least 0");
            require(
                    shape > 1 && shape <= 1000,
                    "the shape of a pareto is above 1, where the mean is finite, up to 1000");
        }

        @Override
        public long sampleNanos(RandomStream random) {
            return (long) (minNanos * StrictMath.pow(1 - random.nextDouble(), -1 / shape));
        }

        @Override
        public double meanNanos() {
            return minNanos * shape / (shape - 1);
        }

        @Override
        public String toString() {
            return "pareto(" + Durations.format(minNanos) + ", " + number(shape) + ")";
        }
    }

    /**
     * As measured: {@code empirical(1ms, 2ms, 5ms, 40ms)}, evenly spaced quantiles from the least to the largest
     * duration, with straight lines between them. Samples, sorted, are such quantiles.
     */
    record Empirical(List<Long> quantilesNanos) implements Distribution {
        /** Sorts the values; there must be at least one and none may be negative. */
        public Empirical {
            require(!quantilesNanos.isEmpty(), "an empirical needs at least one duration");
            quantilesNanos = quantilesNanos.stream().sorted().toList();
            require(quantilesNanos.get(0) >= 0, "the durations of an empirical must be at least 0");
        }

        @Override
        public long sampleNanos(RandomStream random) {
            double position = random.nextDouble() * (quantilesNanos.size() - 1);
            int below = (int) position;
            long low = quantilesNanos.get(below);
            long high = quantilesNanos.get(Math.min(below + 1, quantilesNanos.size() - 1));
            return low + (long) ((position - below) * (high - low));
        }

        @Override
        public double meanNanos() {
            int last = quantilesNanos.size() - 1;
            if (last == 0) {
                return quantilesNanos.get(0);
            }
            double sum = (quantilesNanos.get(0) + (double) quantilesNanos.get(last)) / 2;
            for (long inner : quantilesNanos.subList(1, last)) {
                sum += inner;
            }
            return sum / last;
        }

        @Override
        public String toString() {
            return quantilesNanos.stream().map(Durations::format).collect(Collectors.joining(", ", "empirical(", ")"));
        }
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }

    private static String number(double value) {
        return value == StrictMath.rint(value) && Math.abs(value) < 1e9
                ? String.format(Locale.ROOT, "%d", (long) value)
                : Double.toString(value);
    }
}
