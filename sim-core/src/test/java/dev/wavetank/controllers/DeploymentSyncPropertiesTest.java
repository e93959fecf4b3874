package dev.wavetank.controllers;

import static dev.wavetank.controllers.TestRollout.template;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.ReplicaSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class DeploymentSyncPropertiesTest {

    @Provide
    Arbitrary<Strategy> rollings() {
        Arbitrary<String> bounds = Arbitraries.of("0", "1", "2", "7", "0%", "1%", "25%", "34%", "100%");
        return Combinators.combine(bounds, bounds).as(TestRollout::rolling);
    }

    @Provide
    Arbitrary<Strategy> strategies() {
        return Arbitraries.oneOf(rollings(), Arbitraries.just(new Strategy.Recreate()));
    }

    @Property(tries = 300)
    void a_rolling_update_keeps_between_its_fenceposts(
            @ForAll("rollings") Strategy strategy,
            @ForAll @IntRange(max = 30) int replicas,
            @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 4) Integer> newlyAvailable) {
        TestRollout web = new TestRollout(replicas, strategy);
        web.settle();
        Fenceposts fenceposts = Fenceposts.of(web.deployment().spec());
        web.edit(spec -> spec.withTemplate(template(2)));
        for (int pods : newlyAvailable) {
            web.report(pods);
            boolean wrote = true;
            while (wrote) {
                wrote = web.sync();
                assertThat(Generations.total(web.replicaSets())).isLessThanOrEqualTo(fenceposts.maxTotal());
                assertThat(stillAvailable(web)).isGreaterThanOrEqualTo(fenceposts.minAvailable());
            }
        }
    }

    /** Pods that are not available are the first to go, so a ReplicaSet keeps as many available ones as fit its size. */
    private static int stillAvailable(TestRollout web) {
        return web.replicaSets().stream()
                .mapToInt(one -> Math.min(one.replicas(), one.status().availableReplicas()))
                .sum();
    }

    @Property(tries = 300)
    void with_healthy_pods_every_rollout_ends_whatever_was_edited_before(
            @ForAll("strategies") Strategy strategy,
            @ForAll @IntRange(max = 30) int replicas,
            @ForAll @Size(max = 12) List<@IntRange(max = 40) Integer> edits) {
        TestRollout web = new TestRollout(replicas, strategy);
        long revision = 0;
        for (int edit : edits) {
            disturb(web, edit);
            long present = DeploymentAnnotations.revision(web.deployment()).orElseThrow();
            assertThat(present).isGreaterThanOrEqualTo(revision);
            revision = present;
        }
        web.edit(spec -> spec.withPaused(false));
        web.settle();

        DeploymentStatus status = web.deployment().status();
        assertThat(DeploymentReport.isComplete(web.deployment(), status)).isTrue();
        for (ReplicaSet replicaSet : web.replicaSets()) {
            boolean isNew =
                    replicaSet.template().sameRevisionAs(web.deployment().spec().template());
            assertThat(replicaSet.replicas()).isEqualTo(isNew ? status.replicas() : 0);
        }
    }

    /** An edit, then a few syncs with some pods getting available in between. */
    private static void disturb(TestRollout web, int edit) {
        switch (edit % 4) {
            case 0 -> web.edit(spec -> spec.withTemplate(template(edit % 3)));
            case 1 -> web.edit(spec -> spec.withReplicas(edit));
            case 2 -> web.edit(spec -> spec.withPaused(!spec.paused()));
            default -> web.report(edit);
        }
        for (int i = 0; i <= edit % 5; i++) {
            web.sync();
            web.report(edit % 3);
        }
    }

    @Property
    void the_new_replica_set_never_grows_beyond_what_is_wanted_or_what_surge_allows(
            @ForAll("rollings") Strategy strategy,
            @ForAll @IntRange(max = 50) int replicas,
            @ForAll @IntRange(max = 50) int current,
            @ForAll @IntRange(max = 50) int old) {
        TestRollout web = new TestRollout(replicas, strategy);
        int wanted = Math.min(current, replicas);
        int size = RollingUpdate.newSize(web.deployment().spec(), wanted + old, wanted);

        assertThat(size).isBetween(wanted, replicas);
        assertThat(size - wanted)
                .isLessThanOrEqualTo(
                        Math.max(0, Fenceposts.of(web.deployment().spec()).maxTotal() - wanted - old));
    }

    @Property
    void either_surge_or_unavailability_lets_a_rollout_move(
            @ForAll("rollings") Strategy strategy, @ForAll @IntRange(min = 1, max = 1000) int replicas) {
        Fenceposts fenceposts =
                Fenceposts.of(new TestRollout(replicas, strategy).deployment().spec());
        assertThat(fenceposts.maxTotal() - fenceposts.minAvailable()).isPositive();
    }
}
