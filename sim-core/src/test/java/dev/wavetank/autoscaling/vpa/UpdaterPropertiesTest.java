package dev.wavetank.autoscaling.vpa;

import static dev.wavetank.autoscaling.vpa.UpdaterFixtures.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.vpa.Updater.Action;
import dev.wavetank.autoscaling.vpa.Updater.Decision;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class UpdaterPropertiesTest {

    record Shape(boolean pending, long cpuMillis, int resize) {}

    @Provide
    Arbitrary<List<Shape>> shapes() {
        return Combinators.combine(
                        Arbitraries.of(true, false, false, false),
                        Arbitraries.longs().between(1, 2000),
                        Arbitraries.integers().between(0, 5))
                .as(Shape::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Property
    void the_last_ready_pod_of_a_single_replica_is_never_disturbed_by_default(
            @ForAll UpdateMode mode, @ForAll @LongRange(min = 0, max = 100_000) long cpuMillis) {
        List<Decision> decisions = Updater.run(
                target(mode, 1),
                List.of(UpdaterFixtures.pod("web-a", cpuMillis)),
                new ResizeWatch(),
                0,
                Updater.Requests.GRANTED);
        assertThat(decisions).extracting(Decision::action).containsExactly(Action.NONE);
    }

    @Property
    void half_of_the_replicas_rounded_up_keep_running_unless_there_is_to_be_only_one(
            @ForAll UpdateMode mode,
            @ForAll("shapes") List<Shape> shapes,
            @ForAll @IntRange(min = 1, max = 12) int configuredReplicas) {
        // given
        List<UpdatablePod> pods = pods(shapes);
        long running = pods.stream().filter(pod -> !pod.pending()).count();
        // when
        List<Decision> decisions =
                Updater.run(target(mode, configuredReplicas), pods, new ResizeWatch(), 0, Updater.Requests.GRANTED);
        // then
        long disturbed = decisions.stream()
                .filter(decision -> decision.action() != Action.NONE)
                .filter(decision -> pods.stream().anyMatch(pod -> pod.name().equals(decision.pod()) && !pod.pending()))
                .count();
        int keep = configuredReplicas - configuredReplicas / 2;
        assertThat(disturbed).isLessThanOrEqualTo(Math.max(running - keep, configuredReplicas == 1 ? 1 : 0));
    }

    @Property
    void every_pod_gets_exactly_one_decision(
            @ForAll UpdateMode mode,
            @ForAll("shapes") List<Shape> shapes,
            @ForAll @IntRange(min = 1, max = 12) int replicas) {
        List<UpdatablePod> pods = pods(shapes);
        List<Decision> decisions =
                Updater.run(target(mode, replicas), pods, new ResizeWatch(), 0, Updater.Requests.GRANTED);
        assertThat(decisions)
                .extracting(Decision::pod)
                .containsExactlyInAnyOrderElementsOf(
                        pods.stream().map(UpdatablePod::name).toList());
    }

    private static List<UpdatablePod> pods(List<Shape> shapes) {
        List<UpdatablePod> pods = new ArrayList<>();
        for (Shape shape : shapes) {
            ResizeCondition resize = switch (shape.resize()) {
                case 0 -> new ResizeCondition(ResizeCondition.Type.PENDING, "Infeasible");
                case 1 -> new ResizeCondition(ResizeCondition.Type.IN_PROGRESS, "");
                default -> null;
            };
            pods.add(UpdaterFixtures.pod("web-" + pods.size(), shape.pending(), shape.cpuMillis(), resize));
        }
        return pods;
    }
}
