package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * One container of a pod as its spec describes it.
 *
 * @param requests what the scheduler sets aside for it
 * @param limits what the kernel holds it to; a part that is 0 is unlimited
 * @param sidecar true for an init container with restartPolicy Always, which runs beside the main ones
 */
public record Container(
        String name,
        String image,
        ImagePullPolicy imagePullPolicy,
        ImmutableList<Port> ports,
        Resources requests,
        Resources limits,
        @Nullable Probe startupProbe,
        @Nullable Probe livenessProbe,
        @Nullable Probe readinessProbe,
        Lifecycle lifecycle,
        boolean sidecar) {

    /** The same container with other resources. */
    public Container withClaim(QosClass.Claim claim) {
        return new Container(
                name,
                image,
                imagePullPolicy,
                ports,
                claim.requests(),
                claim.limits(),
                startupProbe,
                livenessProbe,
                readinessProbe,
                lifecycle,
                sidecar);
    }

    /** What it asks for. */
    public QosClass.Claim claim() {
        return new QosClass.Claim(requests, limits);
    }

    /** When the kubelet asks the registry for an image. */
    public enum ImagePullPolicy {
        ALWAYS,
        IF_NOT_PRESENT,
        NEVER
    }

    /**
     * A port the container declares.
     *
     * @param name empty if it has none
     * @param protocol TCP, UDP or SCTP
     */
    public record Port(String name, int containerPort, String protocol) {}
}
