package dev.wavetank.network;

import com.google.common.primitives.ImmutableLongArray;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.model.Times;

/** One phase of what a client does: when it sends. */
public sealed interface Load {

    /** There is no next request in this phase. */
    long NONE = Long.MAX_VALUE;

    /** How long the phase lasts, in nanoseconds; {@link Long#MAX_VALUE} to the end of the run. */
    long durationNanos();

    /** How many requests the phase sends at most. */
    long requests();

    /** Requests a second at the busiest, or a guess at it. */
    double peakPerSecond();

    /** How many requests the phase sends at most in a run of that length, or a guess at it. */
    default double mostRequests(long runNanos) {
        double seconds = (double) Math.min(durationNanos(), runNanos) / Times.SECOND;
        return Math.min((double) requests(), peakPerSecond() * seconds);
    }

    /** A load whose requests come however slow the answers are. */
    sealed interface Open extends Load {
        /**
         * Nanoseconds from one request to the next, or from the beginning to the first; {@link #NONE} if none follows.
         *
         * @param elapsedNanos since the phase began
         * @param sent requests of this phase so far
         */
        long nextGapNanos(RandomStream random, long elapsedNanos, long sent);
    }

    /**
     * Evenly spaced requests.
     *
     * @param perSecond requests a second, above 0
     */
    record Constant(double perSecond, long durationNanos, long requests) implements Open {
        @Override
        public long nextGapNanos(RandomStream random, long elapsedNanos, long sent) {
            return Math.round(Times.SECOND / perSecond);
        }

        @Override
        public double peakPerSecond() {
            return perSecond;
        }
    }

    /**
     * Requests at random instants, independent of each other.
     *
     * @param perSecond requests a second on average, above 0
     */
    record Poisson(double perSecond, long durationNanos, long requests) implements Open {
        @Override
        public long nextGapNanos(RandomStream random, long elapsedNanos, long sent) {
            return (long) (random.nextExponential(Times.SECOND / perSecond) + 0.5);
        }

        @Override
        public double peakPerSecond() {
            return perSecond;
        }
    }

    /**
     * Requests at a rate that changes with time: ramps, steps, waves, bursts.
     *
     * @param atRandom true for a Poisson process of that rate, false for even spacing
     */
    record Varying(RateProfile profile, boolean atRandom, long durationNanos, long requests) implements Open {
        @Override
        public long nextGapNanos(RandomStream random, long elapsedNanos, long sent) {
            return profile.gapNanos(elapsedNanos, atRandom ? random.nextExponential(1) : 1);
        }

        @Override
        public double peakPerSecond() {
            return profile.peakPerSecond();
        }
    }

    /**
     * Requests at given instants.
     *
     * @param instants since the phase began, in order
     */
    record Replay(ImmutableLongArray instants, long durationNanos, long requests) implements Open {
        @Override
        public long nextGapNanos(RandomStream random, long elapsedNanos, long sent) {
            return sent >= instants.length() ? NONE : Math.max(0, instants.get((int) sent) - elapsedNanos);
        }

        @Override
        public double peakPerSecond() {
            return instants.length();
        }
    }

    /**
     * A closed loop: each user sends, waits for the answer, thinks, and sends again.
     *
     * @param count how many users, ≥ 1; never more requests than that are in flight
     * @param think from an answer to the next request
     * @param rampUpNanos the users begin evenly spread over this time
     */
    record Users(int count, Distribution think, long rampUpNanos, long durationNanos, long requests) implements Load {

        /** A request takes a millisecond or more, so a user sends no oftener than that. */
        @Override
        public double peakPerSecond() {
            return count * (Times.SECOND / Math.max(Times.MILLISECOND, think.meanNanos()));
        }
    }
}
