package dev.wavetank.autoscaling;

import dev.wavetank.autoscaling.hpa.HpaScale;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** The scale subresource of the workloads that have one. */
final class ScaleClient {

    /**
     * A scale as it was read.
     *
     * @param object the workload, in the version that was read
     */
    record Read(HpaScale scale, KubernetesObject object) {}

    private ScaleClient() {}

    /**
     * Reads a workload's scale from the store, now.
     *
     * @throws ApiException if there is no such workload, or its kind has no scale
     */
    static Read get(Store store, String namespace, TargetRef target) {
        ResourceKind kind = kind(target);
        KubernetesObject object = store.get(new ObjectKey(kind, namespace, target.name()));
        if (object instanceof Deployment deployment) {
            HpaScale scale = new HpaScale(
                    deployment.spec().replicas(),
                    deployment.status().replicas(),
                    text(deployment.spec().selector()));
            return new Read(scale, deployment);
        }
        if (object instanceof ReplicaSet set) {
            return new Read(new HpaScale(set.replicas(), set.status().replicas(), text(set.selector())), set);
        }
        throw new ApiException(
                ApiException.Reason.NOT_FOUND,
                kind.plural() + "." + kind.group() + " \"" + target.name() + "\" not found");
    }

    private static ResourceKind kind(TargetRef target) {
        for (ResourceKind kind : List.of(ResourceKind.DEPLOYMENT, ResourceKind.REPLICA_SET)) {
            if (kind.kind().equals(target.kind()) && kind.apiVersion().equals(target.apiVersion())) {
                return kind;
            }
        }
        int slash = target.apiVersion().indexOf('/');
        String group = slash < 0 ? "" : target.apiVersion().substring(0, slash);
        throw new ApiException(
                ApiException.Reason.NOT_FOUND,
                "no matches for kind \"" + target.kind() + "\" in group \"" + group + "\"");
    }

    /**
     * Writes a workload's replicas through its scale, now.
     *
     * @throws ApiException CONFLICT if the workload has changed since the scale was read
     */
    static Boolean put(Store store, ScaleWriter writer, Read read, int replicas) {
        KubernetesObject stored = store.get(read.object().key());
        if (stored == null
                || stored.metadata().resourceVersion()
                        != read.object().metadata().resourceVersion()) {
            throw new ApiException(
                    stored == null ? ApiException.Reason.NOT_FOUND : ApiException.Reason.CONFLICT,
                    "Operation cannot be fulfilled on " + read.object().kind().plural() + "."
                            + read.object().kind().group() + " \""
                            + read.object().metadata().name()
                            + "\": the object has been modified; please apply your changes to the latest version and"
                            + " try again");
        }
        writer.write(stored, replicas);
        return true;
    }

    /** A selector in the text form a scale's status carries. */
    static String text(LabelSelector selector) {
        TreeMap<String, List<String>> byKey = new TreeMap<>();
        selector.matchLabels()
                .forEach((key, value) ->
                        byKey.computeIfAbsent(key, unused -> new ArrayList<>()).add(key + "=" + value));
        for (LabelSelector.Requirement wanted : selector.matchExpressions()) {
            String values = "(" + String.join(",", new TreeSet<>(wanted.values())) + ")";
            String text = switch (wanted.operator()) {
                case IN -> wanted.key() + " in " + values;
                case NOT_IN -> wanted.key() + " notin " + values;
                case EXISTS -> wanted.key();
                case DOES_NOT_EXIST -> "!" + wanted.key();
            };
            byKey.computeIfAbsent(wanted.key(), unused -> new ArrayList<>()).add(text);
        }
        List<String> all = new ArrayList<>();
        byKey.values().forEach(all::addAll);
        return String.join(",", all);
    }
}
