package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.DeleteOptions.Propagation;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A Deployment owns its ReplicaSets and they own their pods; deleting it follows that line, in the way that is asked for. */
class OwnershipTest {

    private final Cluster cluster = new Cluster(ClusterSpec.dockerDesktop(), 5);
    private final List<String> deletions = new ArrayList<>();

    @BeforeEach
    void aDeploymentOfThree() {
        cluster.apply(TestManifests.read(TestManifests.web("\"replicas\": 3")));
        assertThat(cluster.runUntil(cluster::isSettled, 60 * Times.SECOND)).isTrue();
        cluster.store().observe(event -> {
            if (event.type() == dev.wavetank.model.WatchEvent.Type.DELETED) {
                deletions.add(event.object().kind().kind());
            }
        });
    }

    @Test
    void pods_are_named_after_their_replica_set_and_it_after_its_deployment_and_hash() {
        ReplicaSet replicaSet = (ReplicaSet)
                cluster.store().list(ResourceKind.REPLICA_SET).iterator().next();
        assertThat(replicaSet.name()).matches("web-[bcdf456789]{1,10}");
        for (Pod pod : cluster.podsOf("web")) {
            assertThat(pod.name()).matches(replicaSet.name() + "-[bcdfghjklmnpqrstvwxz2456789]{5}");
        }
    }

    @Test
    void background_the_owner_goes_at_once_and_the_rest_after_it() {
        delete(Propagation.BACKGROUND);
        assertThat(cluster.deployment("web")).isNull();
        assertThat(count(ResourceKind.POD)).isEqualTo(3);
        cluster.runFor(60 * Times.SECOND);
        assertThat(count(ResourceKind.REPLICA_SET) + count(ResourceKind.POD)).isZero();
        assertThat(deletions).containsExactly("Deployment", "ReplicaSet", "Pod", "Pod", "Pod");
    }

    @Test
    void foreground_the_owner_waits_for_what_it_owns() {
        delete(Propagation.FOREGROUND);
        Deployment waiting = cluster.deployment("web");
        assertThat(waiting).isNotNull();
        assertThat(waiting.metadata().isBeingDeleted()).isTrue();
        cluster.runFor(60 * Times.SECOND);
        assertThat(deletions).containsExactly("Pod", "Pod", "Pod", "ReplicaSet", "Deployment");
    }

    @Test
    void orphan_what_it_owned_lives_on_without_an_owner() {
        delete(Propagation.ORPHAN);
        cluster.runFor(60 * Times.SECOND);
        assertThat(cluster.deployment("web")).isNull();
        assertThat(count(ResourceKind.POD)).isEqualTo(3);
        KubernetesObject replicaSet =
                cluster.store().list(ResourceKind.REPLICA_SET).iterator().next();
        assertThat(replicaSet.metadata().ownerReferences()).isEmpty();
        assertThat(deletions).containsExactly("Deployment");
    }

    @Test
    void an_orphaned_replica_set_is_adopted_by_a_deployment_that_selects_it() {
        delete(Propagation.ORPHAN);
        cluster.runFor(10 * Times.SECOND);
        cluster.apply(TestManifests.read(TestManifests.web("\"replicas\": 3")));
        cluster.runFor(30 * Times.SECOND);
        assertThat(count(ResourceKind.REPLICA_SET)).isEqualTo(1);
        assertThat(count(ResourceKind.POD)).isEqualTo(3);
        assertThat(cluster.podsOf("web")).hasSize(3);
    }

    @Test
    void scaling_to_zero_leaves_the_replica_set_and_scaling_back_fills_it() {
        cluster.scale("web", 0);
        cluster.runFor(60 * Times.SECOND);
        assertThat(count(ResourceKind.POD)).isZero();
        assertThat(count(ResourceKind.REPLICA_SET)).isEqualTo(1);
        cluster.scale("web", 2);
        cluster.runFor(60 * Times.SECOND);
        assertThat(cluster.podsOf("web")).hasSize(2).allMatch(Pod::isReady);
    }

    private void delete(Propagation propagation) {
        Deployment deployment = cluster.deployment("web");
        assertThat(deployment).isNotNull();
        cluster.delete(deployment.key(), new DeleteOptions(null, propagation));
    }

    private int count(ResourceKind kind) {
        return cluster.store().list(kind).size();
    }
}
