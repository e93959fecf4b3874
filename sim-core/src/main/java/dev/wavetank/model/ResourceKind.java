package dev.wavetank.model;

/**
 * A kind of API object, by the names the API gives it.
 *
 * @param group API group; empty for the core group
 * @param version API version, such as {@code v1}
 * @param kind the kind as manifests write it, such as {@code ReplicaSet}
 * @param plural the resource as URLs write it, such as {@code replicasets}
 * @param namespaced false for kinds that belong to the cluster as a whole
 */
public record ResourceKind(String group, String version, String kind, String plural, boolean namespaced) {

    public static final ResourceKind POD = new ResourceKind("", "v1", "Pod", "pods", true);
    public static final ResourceKind NODE = new ResourceKind("", "v1", "Node", "nodes", false);
    public static final ResourceKind SERVICE = new ResourceKind("", "v1", "Service", "services", true);
    public static final ResourceKind EVENT = new ResourceKind("", "v1", "Event", "events", true);
    public static final ResourceKind DEPLOYMENT = new ResourceKind("apps", "v1", "Deployment", "deployments", true);
    public static final ResourceKind REPLICA_SET = new ResourceKind("apps", "v1", "ReplicaSet", "replicasets", true);
    public static final ResourceKind ENDPOINT_SLICE =
            new ResourceKind("discovery.k8s.io", "v1", "EndpointSlice", "endpointslices", true);
    public static final ResourceKind HORIZONTAL_POD_AUTOSCALER =
            new ResourceKind("autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", true);

    public static final ResourceKind POD_DISRUPTION_BUDGET =
            new ResourceKind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", true);

    /** The {@code apiVersion} of a manifest of this kind: {@code apps/v1}, or {@code v1} in the core group. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    @Override
    public String toString() {
        return kind;
    }
}
