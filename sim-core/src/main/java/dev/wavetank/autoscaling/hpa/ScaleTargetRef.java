package dev.wavetank.autoscaling.hpa;

/**
 * An HPA's {@code spec.scaleTargetRef}.
 *
 * @param apiVersion group and version, such as {@code apps/v1}
 * @param kind such as {@code Deployment}
 * @param name the workload's name
 */
public record ScaleTargetRef(String apiVersion, String kind, String name) {

    /** True if the API version reads as {@code version} or {@code group/version}; the controller gives up on any other. */
    boolean hasReadableApiVersion() {
        return apiVersion.indexOf('/') == apiVersion.lastIndexOf('/');
    }
}
