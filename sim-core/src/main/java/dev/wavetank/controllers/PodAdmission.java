package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.nodelifecycle.DefaultTolerations;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.Toleration;
import java.util.IdentityHashMap;

/**
 * What the API server adds to every pod on its creation: tolerations for nodes that fail, and the priority its class stands
 * for.
 *
 * <p>Source: kubernetes 1.36 plugin/pkg/admission/defaulttolerationseconds and plugin/pkg/admission/priority.
 */
public final class PodAdmission {

    private static final ResourceKind PRIORITY_CLASS =
            new ResourceKind("scheduling.k8s.io", "v1", "PriorityClass", "priorityclasses", false);
    private static final int SYSTEM_CLUSTER_CRITICAL = 2_000_000_000;
    private static final int SYSTEM_NODE_CRITICAL = 2_000_001_000;

    private final Store store;

    /** Only ever looked up by key, so its order cannot matter; the pods of a template go on sharing their spec. */
    private final IdentityHashMap<PodSpec, PodSpec> completed = new IdentityHashMap<>();

    public PodAdmission(Store store) {
        this.store = store;
    }

    /** The object as it is to be stored; anything but a pod is let through. */
    public KubernetesObject admit(KubernetesObject object) {
        if (!(object instanceof Pod pod)) {
            return object;
        }
        return new Pod(
                pod.metadata(), completed.computeIfAbsent(pod.spec(), this::complete), pod.nodeName(), pod.status());
    }

    private PodSpec complete(PodSpec spec) {
        ImmutableList<Toleration> tolerations = DefaultTolerations.addedTo(spec.tolerations());
        return spec.withTolerations(tolerations).withPriority(priority(spec));
    }

    private int priority(PodSpec spec) {
        String name = spec.source().path("priorityClassName").asText();
        return switch (name) {
            case "" -> spec.priority();
            case "system-cluster-critical" -> SYSTEM_CLUSTER_CRITICAL;
            case "system-node-critical" -> SYSTEM_NODE_CRITICAL;
            default ->
                store.get(new ObjectKey(PRIORITY_CLASS, "", name)) instanceof KeptObject found
                        ? found.source().path("value").asInt()
                        : spec.priority();
        };
    }
}
