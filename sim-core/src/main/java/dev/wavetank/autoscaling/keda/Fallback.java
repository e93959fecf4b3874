package dev.wavetank.autoscaling.keda;

import org.jspecify.annotations.Nullable;

/**
 * The value the HPA is given for one metric of a ScaledObject: what the source says or, once it has failed too often in a row,
 * a value that makes the HPA ask for a fixed number of replicas.
 *
 * <p>Source: keda pkg/fallback/fallback.go.
 *
 * @param failureThreshold failed reads in a row that are passed on as errors; the next one falls back
 * @param replicas {@code fallback.replicas}
 * @param behavior what the number of replicas is compared with
 */
public record Fallback(int failureThreshold, int replicas, Behavior behavior) {

    /** {@code fallback.behavior}: how many replicas a fallback asks for. */
    public enum Behavior {
        /** Always {@code replicas}; the default. */
        STATIC("static"),
        /** As many as there are. */
        CURRENT_REPLICAS("currentReplicas"),
        /** As many as there are, but at least {@code replicas}. */
        CURRENT_REPLICAS_IF_HIGHER("currentReplicasIfHigher"),
        /** As many as there are, but at most {@code replicas}. */
        CURRENT_REPLICAS_IF_LOWER("currentReplicasIfLower");

        private final String apiName;

        Behavior(String apiName) {
            this.apiName = apiName;
        }

        /**
         * The behavior with the given name in the API, empty for the default.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Behavior of(String apiName) {
            if (apiName.isEmpty()) {
                return STATIC;
            }
            for (Behavior behavior : values()) {
                if (behavior.apiName.equals(apiName)) {
                    return behavior;
                }
            }
            throw new IllegalArgumentException("fallback behavior " + apiName + " is unknown; use static,"
                    + " currentReplicas, currentReplicasIfHigher or currentReplicasIfLower");
        }
    }

    /** What kind of target the metric has. */
    public enum TargetType {
        /** The HPA divides the value by the target. */
        AVERAGE_VALUE,
        /** The HPA compares the value with the target and multiplies the ready pods by the ratio. */
        VALUE
    }

    /** Where a value comes from. */
    public enum Origin {
        /** The source was read. */
        SOURCE,
        /** It failed, and the HPA gets the error. */
        ERROR,
        /** It has failed more often than the threshold allows, and a replacement is handed on. */
        FALLBACK,
        /** It would be replaced, but no pod is ready and so no value can stand for a number of replicas. */
        NO_READY_PODS
    }

    /**
     * What the HPA is handed.
     *
     * @param valueMillis the value times 1000, or null if it is an error
     * @param origin where it comes from
     * @param failures failed reads in a row so far, to be kept in {@code status.health}
     * @param fallbackCondition true while this metric has failed more often than the threshold allows
     */
    public record Reading(@Nullable Long valueMillis, Origin origin, int failures, boolean fallbackCondition) {}

    /**
     * Decides what one read hands on. Polls and the HPA's reads share the count of failures.
     *
     * @param readMillis what the source said, times 1000, or null if it failed
     * @param failuresBefore failed reads in a row before this one
     * @param targetMillis the metric's target, times 1000
     * @param currentReplicas {@code spec.replicas} of the target
     * @param readyPods its ready pods
     */
    public Reading read(
            @Nullable Long readMillis,
            int failuresBefore,
            TargetType targetType,
            long targetMillis,
            int currentReplicas,
            int readyPods) {
        if (readMillis != null) {
            return new Reading(readMillis, Origin.SOURCE, 0, false);
        }
        int failures = failuresBefore + 1;
        if (failures <= failureThreshold) {
            return new Reading(null, Origin.ERROR, failures, false);
        }
        if (targetType == TargetType.VALUE && readyPods == 0) {
            return new Reading(null, Origin.NO_READY_PODS, failures, true);
        }
        double replicas = switch (targetType) {
            case AVERAGE_VALUE -> replicas(currentReplicas);
            case VALUE -> (double) replicas(currentReplicas) / readyPods;
        };
        // In this order and rounded down, as KEDA does it: a quotient may come out one thousandth low.
        long valueMillis = (long) (targetMillis * 0.001 * 1000 * replicas);
        return new Reading(valueMillis, Origin.FALLBACK, failures, true);
    }

    private int replicas(int currentReplicas) {
        return switch (behavior) {
            case STATIC -> replicas;
            case CURRENT_REPLICAS -> currentReplicas;
            case CURRENT_REPLICAS_IF_HIGHER -> Math.max(currentReplicas, replicas);
            case CURRENT_REPLICAS_IF_LOWER -> Math.min(currentReplicas, replicas);
        };
    }
}
