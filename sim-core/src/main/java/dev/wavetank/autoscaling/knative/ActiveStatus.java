package dev.wavetank.autoscaling.knative;

/** Status of a PodAutoscaler's condition Active. */
public enum ActiveStatus {
    TRUE("True"),
    FALSE("False"),
    /** Activating: pods are wanted and not there yet. */
    UNKNOWN("Unknown");

    private final String apiName;

    ActiveStatus(String apiName) {
        this.apiName = apiName;
    }

    /** The status in the API: {@code True}, {@code False} or {@code Unknown}. */
    public String apiName() {
        return apiName;
    }

    /**
     * The status with the given name in the API.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static ActiveStatus of(String apiName) {
        for (ActiveStatus status : values()) {
            if (status.apiName.equals(apiName)) {
                return status;
            }
        }
        throw new IllegalArgumentException("condition status " + apiName + " is unknown; use True, False or Unknown");
    }
}
