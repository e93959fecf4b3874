package dev.wavetank.cluster;

import static dev.wavetank.cluster.TestManifests.applied;
import static dev.wavetank.cluster.TestManifests.budget;
import static dev.wavetank.cluster.TestManifests.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wavetank.model.ApiException;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodDisruptionBudget;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Times;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EvictionTest {

    private final Cluster cluster = new Cluster(ClusterSpec.dockerDesktop(), 1);

    private PodDisruptionBudget.Status status() {
        ObjectKey key = new ObjectKey(ResourceKind.POD_DISRUPTION_BUDGET, "default", "web-budget");
        return ((PodDisruptionBudget) Objects.requireNonNull(cluster.store().get(key))).status();
    }

    @Test
    void a_budget_lets_one_pod_go_and_refuses_the_next_until_the_first_is_replaced() {
        // given
        cluster.apply(applied(web("\"replicas\": 3")));
        cluster.apply(budget("\"maxUnavailable\": 1"));
        cluster.runFor(30 * Times.SECOND);
        assertThat(status().disruptionsAllowed()).isEqualTo(1);
        List<Pod> pods = cluster.podsOf("web");
        // when
        cluster.evict(pods.get(0).key());
        // then
        assertThat(status().disruptionsAllowed()).isZero();
        assertThatThrownBy(() -> cluster.evict(pods.get(1).key()))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ApiException.Reason.TOO_MANY_REQUESTS))
                .hasMessage("Cannot evict pod as it would violate the pod's disruption budget. The disruption budget"
                        + " web-budget needs 2 healthy pods and has 3 currently");
        cluster.runFor(30 * Times.SECOND);
        assertThat(status().disruptionsAllowed()).isEqualTo(1);
        cluster.evict(pods.get(1).key());
    }

    @Test
    void an_evicted_pod_says_so_and_keeps_its_grace_period() {
        cluster.apply(applied(web("\"replicas\": 1")));
        cluster.runFor(30 * Times.SECOND);
        Pod pod = cluster.podsOf("web").get(0);
        cluster.evict(pod.key());
        Pod evicted = (Pod) Objects.requireNonNull(cluster.store().get(pod.key()));
        assertThat(evicted.status().is(PodCondition.Type.DISRUPTION_TARGET)).isTrue();
        assertThat(evicted.metadata().deletionGracePeriodSeconds()).isEqualTo(30);
    }

    @Test
    void two_budgets_over_one_pod_cannot_be_evaluated() {
        cluster.apply(applied(web("\"replicas\": 1")));
        cluster.apply(budget("\"minAvailable\": 0"));
        cluster.apply(TestManifests.read(TestManifests.json(
                "{\"apiVersion\": \"policy/v1\", \"kind\": \"PodDisruptionBudget\", \"metadata\": {\"name\": \"all\"},"
                        + " \"spec\": {\"minAvailable\": \"50%\", \"selector\": {}}}")));
        cluster.runFor(30 * Times.SECOND);
        Pod pod = cluster.podsOf("web").get(0);
        assertThatThrownBy(() -> cluster.evict(pod.key())).hasMessageContaining("more than one");
    }

    @Test
    void a_pod_without_an_owner_makes_a_budget_of_shares_fail() {
        cluster.apply(TestManifests.read(TestManifests.json(
                "{\"apiVersion\": \"v1\", \"kind\": \"Pod\", \"metadata\": {\"name\": \"lone\", \"labels\": {\"app\":"
                        + " \"web\"}}, \"spec\": {\"containers\": [{\"name\": \"web\", \"image\": \"web:1\"}]}}")));
        cluster.apply(budget("\"maxUnavailable\": 1"));
        cluster.runFor(30 * Times.SECOND);
        assertThat(status().reason()).isEqualTo("SyncFailed");
        assertThat(status().disruptionsAllowed()).isZero();
    }
}
