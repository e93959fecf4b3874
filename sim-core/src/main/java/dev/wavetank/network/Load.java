package dev.wavetank.network;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.model.Times;

/** When an open-loop client sends: one phase of a load. */
public sealed interface Load {

    /** Nanoseconds from one request to the next. */
    long nextGapNanos(RandomStream random);

    /** How long the phase lasts, in nanoseconds; {@link Long#MAX_VALUE} to the end of the run. */
    long durationNanos();

    /** How many requests the phase sends at most. */
    long requests();

    /** Requests a second on average, above 0. */
    double perSecond();

    /** How many requests the phase sends on average in a run of that length. */
    default double expectedRequests(long runNanos) {
        double seconds = (double) Math.min(durationNanos(), runNanos) / Times.SECOND;
        return Math.min((double) requests(), perSecond() * seconds);
    }

    /**
     * Evenly spaced requests.
     *
     * @param perSecond requests a second, above 0
     */
    record Constant(double perSecond, long durationNanos, long requests) implements Load {
        @Override
        public long nextGapNanos(RandomStream random) {
            return Math.round(Times.SECOND / perSecond);
        }
    }

    /**
     * Requests at random instants, independent of each other.
     *
     * @param perSecond requests a second on average, above 0
     */
    record Poisson(double perSecond, long durationNanos, long requests) implements Load {
        @Override
        public long nextGapNanos(RandomStream random) {
            return Math.round(random.nextExponential(Times.SECOND / perSecond));
        }
    }
}
