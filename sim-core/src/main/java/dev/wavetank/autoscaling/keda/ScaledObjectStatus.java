package dev.wavetank.autoscaling.keda;

import org.jspecify.annotations.Nullable;

/**
 * What a ScaledObject's status remembers from poll to poll. Immutable: a poll returns the next one.
 *
 * @param lastActiveTimeNanos the last poll that found it active, cut to a whole second as the API stores it; null if there has
 *     been none
 * @param active condition Active
 * @param activeReason its reason, empty before the first poll
 * @param ready condition Ready
 * @param readyReason its reason, empty before the first poll
 */
public record ScaledObjectStatus(
        @Nullable Long lastActiveTimeNanos,
        ConditionStatus active,
        String activeReason,
        ConditionStatus ready,
        String readyReason) {

    /** A condition's status. */
    public enum ConditionStatus {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String apiName;

        ConditionStatus(String apiName) {
            this.apiName = apiName;
        }

        /** The status in the API: {@code True}, {@code False} or {@code Unknown}. */
        public String apiName() {
            return apiName;
        }
    }

    /** The status before the first poll. */
    public static final ScaledObjectStatus NEW =
            new ScaledObjectStatus(null, ConditionStatus.UNKNOWN, "", ConditionStatus.UNKNOWN, "");

    private static final long SECOND_NANOS = 1_000_000_000;

    /** The same status after an activity that was seen now. */
    public ScaledObjectStatus withLastActiveTime(long nowNanos) {
        long wholeSeconds = Math.floorDiv(nowNanos, SECOND_NANOS) * SECOND_NANOS;
        return new ScaledObjectStatus(wholeSeconds, active, activeReason, ready, readyReason);
    }

    ScaledObjectStatus withActive(ConditionStatus status, String reason) {
        return new ScaledObjectStatus(lastActiveTimeNanos, status, reason, ready, readyReason);
    }

    ScaledObjectStatus withReady(ConditionStatus status, String reason) {
        return new ScaledObjectStatus(lastActiveTimeNanos, active, activeReason, status, reason);
    }
}
