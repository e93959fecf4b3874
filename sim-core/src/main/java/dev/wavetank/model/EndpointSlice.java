package dev.wavetank.model;

import com.google.common.collect.ImmutableList;

/** Up to a hundred endpoints of one Service that share the same ports. */
public record EndpointSlice(ObjectMeta metadata, ImmutableList<Endpoint> endpoints, ImmutableList<Port> ports)
        implements KubernetesObject {

    /** The label that names the Service a slice belongs to. */
    public static final String SERVICE_NAME_LABEL = "kubernetes.io/service-name";

    /** A port of the pods, under the Service port's name. */
    public record Port(String name, int port, String protocol) {}

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return other instanceof EndpointSlice slice && slice.endpoints.equals(endpoints) && slice.ports.equals(ports);
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.ENDPOINT_SLICE;
    }

    @Override
    public EndpointSlice withMetadata(ObjectMeta metadata) {
        return new EndpointSlice(metadata, endpoints, ports);
    }

    public EndpointSlice withEndpoints(ImmutableList<Endpoint> endpoints) {
        return new EndpointSlice(metadata, endpoints, ports);
    }

    /** The name of the Service this slice belongs to; empty if it says none. */
    public String serviceName() {
        return metadata.labels().getOrDefault(SERVICE_NAME_LABEL, "");
    }
}
