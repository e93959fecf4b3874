package dev.wavetank.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ReplicasOwnershipTest {

    @Test
    void taking_replicas_out_of_a_manifest_drops_the_deployment_to_one_pod() {
        ReplicasOwnership web = ReplicasOwnership.createByApply(5).after();

        assertThat(web.apply(null).after().replicas()).isEqualTo(1);
    }

    @Test
    void a_manifest_that_never_had_replicas_leaves_an_autoscalers_number_alone() {
        ReplicasOwnership scaled = ReplicasOwnership.createByApply(null)
                .after()
                .scale("kube-controller-manager", 7)
                .after();

        assertThat(scaled.apply(null).after()).isEqualTo(scaled);
    }

    @Test
    void applying_on_the_server_what_an_autoscaler_set_otherwise_is_a_conflict_unless_forced() {
        ReplicasOwnership scaled = ReplicasOwnership.createByServerSideApply("ci", 3)
                .after()
                .scale("kube-controller-manager", 7)
                .after();

        ReplicasOwnership.Outcome refused = scaled.serverSideApply("ci", 3, false);

        assertThat(refused.result()).isEqualTo(ReplicasOwnership.Result.CONFLICT);
        assertThat(refused.conflicts())
                .containsExactly("\"kube-controller-manager\" with subresource \"scale\" using apps/v1");
        assertThat(scaled.serverSideApply("ci", 3, true).after().replicas()).isEqualTo(3);
    }

    @Property
    void scaling_to_the_number_that_is_there_changes_nothing(@ForAll @IntRange(max = 9) int replicas) {
        ReplicasOwnership web =
                ReplicasOwnership.createByServerSideApply("ci", replicas).after();

        assertThat(web.scale("kubectl", replicas).after()).isEqualTo(web);
        assertThat(web.edit("kubectl-edit", replicas).after()).isEqualTo(web);
    }
}
