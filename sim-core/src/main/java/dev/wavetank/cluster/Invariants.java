package dev.wavetank.cluster;

import dev.wavetank.engine.Durations;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.WatchEvent;

/**
 * What must hold in every run, looked at with every write: a version never goes back, a pod never moves to another node or
 * comes back from a final phase, a restart count never falls. A breach is our bug and ends the run.
 */
final class Invariants {

    private final Cluster cluster;
    private long lastVersion;

    private Invariants(Cluster cluster) {
        this.cluster = cluster;
    }

    /** Watches a cluster from now on. */
    static void watch(Cluster cluster) {
        cluster.store().observe(new Invariants(cluster)::on);
    }

    private void on(WatchEvent event) {
        KubernetesObject object = event.object();
        long version = object.metadata().resourceVersion();
        require(version > lastVersion, object, "resourceVersion went from " + lastVersion + " to " + version);
        lastVersion = version;
        if (object instanceof Pod after && event.before() instanceof Pod before) {
            check(before, after);
        }
    }

    private void check(Pod before, Pod after) {
        require(
                !before.isScheduled() || before.nodeName().equals(after.nodeName()),
                after,
                "moved from " + before.nodeName() + " to " + after.nodeName());
        PodPhase phase = before.status().phase();
        require(
                !phase.isFinal() || phase == after.status().phase(),
                after,
                "came back from " + phase.text() + " to "
                        + after.status().phase().text());
        for (ContainerStatus container : after.status().containerStatuses()) {
            for (ContainerStatus earlier : before.status().containerStatuses()) {
                require(
                        !earlier.name().equals(container.name()) || earlier.restartCount() <= container.restartCount(),
                        after,
                        "restart count of " + container.name() + " fell to " + container.restartCount());
            }
        }
    }

    private void require(boolean holds, KubernetesObject object, String breach) {
        if (!holds) {
            throw new IllegalStateException(object.key() + ": " + breach + ", at "
                    + Durations.format(cluster.now()) + " of virtual time, seed "
                    + cluster.simulation().random().seed());
        }
    }
}
