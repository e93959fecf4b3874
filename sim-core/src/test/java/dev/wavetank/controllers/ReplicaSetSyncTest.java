package dev.wavetank.controllers;

import static dev.wavetank.controllers.TestPod.NOW;
import static dev.wavetank.controllers.TestPod.pod;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ReplicaSetStatus;
import dev.wavetank.model.Times;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaSetSyncTest {

    private static final ImmutableMap<String, String> LABELS = ImmutableMap.of("app", "web");

    @Test
    void missing_pods_are_created_at_most_five_hundred_at_a_time() {
        assertThat(plan(replicaSet(3, 0), pod("a").ownedBy(replicaSet(3, 0)).build())
                        .toCreate())
                .isEqualTo(2);
        assertThat(plan(replicaSet(501, 0)).toCreate()).isEqualTo(500);
    }

    @Test
    void a_terminating_pod_is_replaced_at_once_and_reported() {
        ReplicaSet web = replicaSet(1, 0);
        ReplicaSetSync.Plan plan =
                plan(web, pod("leaving").ownedBy(web).ready(10).terminating().build());

        assertThat(plan.toCreate()).isEqualTo(1);
        assertThat(plan.report(null).status().replicas()).isZero();
        assertThat(plan.report(null).status().terminatingReplicas()).isEqualTo(1);
    }

    @Test
    void a_pod_whose_labels_were_edited_is_let_go_and_an_orphan_that_fits_is_taken_in() {
        ReplicaSet web = replicaSet(1, 0);
        Pod edited = pod("edited")
                .ownedBy(web)
                .labels(ImmutableMap.of("app", "debug"))
                .build();
        Pod orphan = pod("orphan").build();

        ReplicaSetSync.Plan plan = plan(web, edited, orphan);

        assertThat(plan.claim().toRelease()).containsExactly(edited);
        assertThat(plan.claim().toAdopt()).containsExactly(orphan);
        assertThat(plan.toCreate()).isZero();
        assertThat(plan.toDelete()).isEmpty();
    }

    @Test
    void nothing_is_created_while_earlier_creations_are_unseen() {
        Expectations expectations = new Expectations();
        expectations.expectCreations(2, NOW);
        expectations.creationObserved();

        assertThat(expectations.areMet(NOW + Expectations.TIMEOUT)).isFalse();
        assertThat(expectations.areMet(NOW + Expectations.TIMEOUT + 1)).isTrue();
        expectations.creationObserved();
        assertThat(expectations.areMet(NOW)).isTrue();
    }

    @Test
    void a_deletion_seen_twice_counts_once() {
        Expectations expectations = new Expectations();
        expectations.expectDeletions(List.of("a", "b"), NOW);
        expectations.deletionObserved("a");
        expectations.deletionObserved("a");

        assertThat(expectations.deletes()).isEqualTo(1);
        assertThat(expectations.areMet(NOW)).isFalse();
    }

    @Test
    void a_ready_pod_becomes_available_min_ready_seconds_later_and_the_sync_comes_back_then() {
        ReplicaSet web = replicaSet(1, 10);
        ReplicaSetSync.Report report =
                plan(web, pod("a").ownedBy(web).ready(4).build()).report(null);

        assertThat(report.status().availableReplicas()).isZero();
        assertThat(report.requeueAfter()).isEqualTo(6 * Times.SECOND);
    }

    @Test
    void a_failure_is_reported_once_and_cleared_by_the_next_success() {
        ReplicaSet web = replicaSet(1, 0);
        ReplicaSetStatus failed = plan(web).report("quota exceeded").status();
        ReplicaSet noted = web.withStatus(failed);

        assertThat(failed.conditions().get(0).reason()).isEqualTo("FailedCreate");
        assertThat(plan(noted).report("another error").status().conditions()).isEqualTo(failed.conditions());
        assertThat(plan(noted).report(null).status().conditions()).isEmpty();
    }

    private static ReplicaSetSync.Plan plan(ReplicaSet replicaSet, Pod... pods) {
        List<Pod> all = List.of(pods);
        return ReplicaSetSync.plan(
                replicaSet, all, true, () -> PodsPerNode.of(all), VictimOrder.KUBERNETES, TieBreak.AS_GIVEN, NOW);
    }

    static ReplicaSet replicaSet(int replicas, int minReadySeconds) {
        return new ReplicaSet(
                ObjectMeta.named("default", "web-1").withUid("uid-web-1").withVersion(1, 1),
                replicas,
                minReadySeconds,
                LabelSelector.matching(LABELS),
                new PodTemplate(LABELS, ImmutableMap.of(), TestPod.SPEC, NullNode.getInstance()),
                ReplicaSetStatus.NEW);
    }
}
