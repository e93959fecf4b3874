package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableSet;
import dev.wavetank.model.ResourceKind;
import java.util.List;
import java.util.Locale;

/** Finds kinds by the names manifests give them. */
public final class Kinds {

    private static final List<ResourceKind> SIMULATED = List.of(
            ResourceKind.POD,
            ResourceKind.NODE,
            ResourceKind.SERVICE,
            ResourceKind.EVENT,
            ResourceKind.DEPLOYMENT,
            ResourceKind.REPLICA_SET,
            ResourceKind.ENDPOINT_SLICE,
            ResourceKind.HORIZONTAL_POD_AUTOSCALER,
            ResourceKind.POD_DISRUPTION_BUDGET);

    private static final ImmutableSet<String> CLUSTER_SCOPED = ImmutableSet.of(
            "APIService",
            "ClusterRole",
            "ClusterRoleBinding",
            "CSIDriver",
            "CSINode",
            "CustomResourceDefinition",
            "IngressClass",
            "MutatingWebhookConfiguration",
            "Namespace",
            "Node",
            "PersistentVolume",
            "PriorityClass",
            "RuntimeClass",
            "StorageClass",
            "ValidatingWebhookConfiguration");

    private Kinds() {}

    /** The kind of that name; one that is not known gets the plural and the scope it would have by the usual rules. */
    public static ResourceKind named(String apiVersion, String kind) {
        for (ResourceKind simulated : SIMULATED) {
            if (simulated.kind().equals(kind) && simulated.apiVersion().equals(apiVersion)) {
                return simulated;
            }
        }
        int slash = apiVersion.indexOf('/');
        return new ResourceKind(
                slash < 0 ? "" : apiVersion.substring(0, slash),
                apiVersion.substring(slash + 1),
                kind,
                plural(kind),
                !CLUSTER_SCOPED.contains(kind));
    }

    /** The resource name of a kind by the usual rule: lower case and an English plural. */
    private static String plural(String kind) {
        String lower = kind.toLowerCase(Locale.ROOT);
        if (lower.equals("endpoints")) {
            return lower;
        }
        if (lower.endsWith("y") && !lower.endsWith("ay") && !lower.endsWith("ey")) {
            return lower.substring(0, lower.length() - 1) + "ies";
        }
        return lower.endsWith("s") || lower.endsWith("x") ? lower + "es" : lower + "s";
    }
}
