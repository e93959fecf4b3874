package dev.wavetank.model;

/**
 * One condition of a pod.
 *
 * @param status True, False or Unknown
 * @param lastTransitionTime when {@code status} last changed; whole-second instant or {@link Times#NONE}
 * @param reason empty if none
 * @param message empty if none
 */
public record PodCondition(Type type, Status status, long lastTransitionTime, String reason, String message) {

    public enum Type {
        POD_SCHEDULED("PodScheduled"),
        POD_READY_TO_START_CONTAINERS("PodReadyToStartContainers"),
        INITIALIZED("Initialized"),
        CONTAINERS_READY("ContainersReady"),
        READY("Ready"),
        DISRUPTION_TARGET("DisruptionTarget"),
        POD_RESIZE_PENDING("PodResizePending"),
        POD_RESIZE_IN_PROGRESS("PodResizeInProgress");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** The type as the API writes it. */
        public String text() {
            return text;
        }
    }

    /** The three values a condition of the API can take. */
    public enum Status {
        TRUE("True"),
        FALSE("False"),
        UNKNOWN("Unknown");

        private final String text;

        Status(String text) {
            this.text = text;
        }

        /** The status as the API writes it. */
        public String text() {
            return text;
        }
    }
}
