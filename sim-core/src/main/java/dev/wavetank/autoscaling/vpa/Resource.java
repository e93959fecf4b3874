package dev.wavetank.autoscaling.vpa;

/** The two compute resources a VerticalPodAutoscaler controls. CPU is counted in millicores, memory in bytes. */
public enum Resource {
    CPU("cpu"),
    MEMORY("memory");

    private final String apiName;

    Resource(String apiName) {
        this.apiName = apiName;
    }

    /** The name in a pod's {@code resources}: {@code cpu} or {@code memory}. */
    public String apiName() {
        return apiName;
    }
}
