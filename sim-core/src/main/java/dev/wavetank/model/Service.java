package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/**
 * A name and a virtual address for a changing set of pods.
 *
 * @param clusterIp the virtual address; {@code None} for a headless Service
 * @param selector labels of the pods behind it; null leaves the endpoints to somebody else
 * @param trafficDistribution PreferClose, PreferSameZone or PreferSameNode; empty for none
 * @param affinityTimeoutSeconds how long a client sticks to its pod, for sessionAffinity ClientIP; null for None
 */
public record Service(
        ObjectMeta metadata,
        Type type,
        String clusterIp,
        @Nullable ImmutableMap<String, String> selector,
        ImmutableList<Port> ports,
        @Nullable Integer affinityTimeoutSeconds,
        TrafficPolicy internalTrafficPolicy,
        TrafficPolicy externalTrafficPolicy,
        boolean publishNotReadyAddresses,
        String trafficDistribution)
        implements KubernetesObject {

    public enum Type {
        CLUSTER_IP("ClusterIP"),
        NODE_PORT("NodePort"),
        LOAD_BALANCER("LoadBalancer"),
        EXTERNAL_NAME("ExternalName");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** The type as the API writes it. */
        public String text() {
            return text;
        }
    }

    /** Whether traffic may leave the node it arrived on. */
    public enum TrafficPolicy {
        CLUSTER,
        LOCAL
    }

    /**
     * One port of a Service.
     *
     * @param name empty if it has none
     * @param targetPort the pods' port, by number or by the name a container gives it
     * @param nodePort the port on every node; 0 if it has none
     */
    public record Port(String name, int port, IntOrString targetPort, String protocol, int nodePort) {

        public Port withNodePort(int nodePort) {
            return new Port(name, port, targetPort, protocol, nodePort);
        }
    }

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other.withMetadata(metadata).equals(this);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.SERVICE;
    }

    @Override
    public Service withMetadata(ObjectMeta metadata) {
        return new Service(
                metadata,
                type,
                clusterIp,
                selector,
                ports,
                affinityTimeoutSeconds,
                internalTrafficPolicy,
                externalTrafficPolicy,
                publishNotReadyAddresses,
                trafficDistribution);
    }

    public Service withClusterIp(String clusterIp) {
        return new Service(
                metadata,
                type,
                clusterIp,
                selector,
                ports,
                affinityTimeoutSeconds,
                internalTrafficPolicy,
                externalTrafficPolicy,
                publishNotReadyAddresses,
                trafficDistribution);
    }

    public Service withPorts(ImmutableList<Port> ports) {
        return new Service(
                metadata,
                type,
                clusterIp,
                selector,
                ports,
                affinityTimeoutSeconds,
                internalTrafficPolicy,
                externalTrafficPolicy,
                publishNotReadyAddresses,
                trafficDistribution);
    }

    public String name() {
        return metadata.name();
    }
}
