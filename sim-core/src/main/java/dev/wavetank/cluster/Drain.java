package dev.wavetank.cluster;

import dev.wavetank.controllers.EvictionApi;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import java.util.List;

/**
 * Empties a node as {@code kubectl drain --ignore-daemonsets} does: cordons it and evicts every pod, those it may not evict
 * yet again every five seconds.
 *
 * <p>Source: kubernetes 1.36 staging/src/k8s.io/kubectl/pkg/drain.
 */
final class Drain {

    private static final long RETRY = 5 * Times.SECOND;

    private final Simulation simulation;
    private final Store store;
    private final EvictionApi evictions;
    private final String node;

    Drain(Simulation simulation, Store store, EvictionApi evictions, String node) {
        this.simulation = simulation;
        this.store = store;
        this.evictions = evictions;
        this.node = node;
    }

    void begin() {
        store.patch(new ObjectKey(ResourceKind.NODE, "", node), stored -> ((Node) stored).withUnschedulable(true));
        for (KubernetesObject object : List.copyOf(store.list(ResourceKind.POD))) {
            Pod pod = (Pod) object;
            if (pod.nodeName().equals(node) && !belongsToDaemonSet(pod)) {
                evict(pod);
            }
        }
    }

    private static boolean belongsToDaemonSet(Pod pod) {
        OwnerReference owner = pod.metadata().controller();
        return owner != null && owner.kind().kind().equals("DaemonSet");
    }

    private void evict(Pod pod) {
        KubernetesObject stored = store.get(pod.key());
        if (stored == null || !stored.metadata().uid().equals(pod.metadata().uid())) {
            return;
        }
        try {
            evictions.evict(pod.key(), DeleteOptions.DEFAULT);
        } catch (ApiException refused) {
            if (refused.reason() == ApiException.Reason.TOO_MANY_REQUESTS) {
                simulation.after(RETRY, () -> evict(pod));
            }
        }
    }
}
