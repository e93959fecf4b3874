package dev.wavetank.autoscaling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.MissingNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Iterables;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MetricsPipelineTest {

    private final Simulation simulation = new Simulation(1);
    private final Housekeeping housekeeping = new Housekeeping(simulation, false);
    private final MetricsServer server = new MetricsServer(simulation, housekeeping, () -> List.of("node-1"));

    @Test
    void a_steady_container_is_served_at_its_true_rate() {
        // given
        server.start();
        housekeeping.add(new SteadyContainer(simulation, "web-1", 120));
        // when
        simulation.runFor(60 * Times.SECOND);
        // then
        PodMetrics metrics = metricsOf("web-1");
        assertThat(metrics).isNotNull();
        TopPods.Row top = TopPods.rows(List.of(metrics)).get(0);
        assertThat(top.cpuMillis()).isBetween(119L, 121L);
        assertThat(top.memoryMebibytes()).isEqualTo(20);
        assertThat(metrics.windowNanos()).isBetween(10 * Times.SECOND, 45 * Times.SECOND);
    }

    @Test
    void a_rate_is_as_old_as_its_last_sample() {
        // given
        server.start();
        SteadyContainer container = new SteadyContainer(simulation, "web-1", 100);
        housekeeping.add(container);
        simulation.runFor(120 * Times.SECOND);
        // when
        container.use(1000);
        simulation.runFor(Times.SECOND / 10);
        // then
        assertThat(cpuOf("web-1")).isBetween(99L, 101L);
        simulation.runFor(100 * Times.SECOND);
        assertThat(cpuOf("web-1")).isBetween(999L, 1001L);
    }

    @Test
    void a_container_that_has_ended_is_gone_at_the_next_scrape() {
        // given
        server.start();
        SteadyContainer container = new SteadyContainer(simulation, "web-1", 100);
        housekeeping.add(container);
        simulation.runFor(120 * Times.SECOND);
        // when
        container.stop();
        simulation.runFor(MetricsServer.RESOLUTION + Times.SECOND);
        // then
        assertThat(metricsOf("web-1")).isNull();
    }

    @Test
    void a_server_that_comes_back_knows_nothing_before_its_second_sample() {
        // given
        server.start();
        housekeeping.add(new SteadyContainer(simulation, "web-1", 100));
        simulation.runFor(120 * Times.SECOND);
        // when
        server.setDown(true);
        boolean answersWhileDown = server.metricsOf(List.of(pod("web-1"))) != null;
        simulation.runFor(30 * Times.SECOND);
        server.setDown(false);
        simulation.runFor(5 * Times.SECOND);
        // then
        assertThat(answersWhileDown).isFalse();
        assertThat(metricsOf("web-1")).isNull();
        simulation.runFor(45 * Times.SECOND);
        assertThat(cpuOf("web-1")).isBetween(99L, 101L);
    }

    @Test
    void a_new_pod_is_first_served_10_to_45_seconds_after_its_start() {
        // given
        server.start();
        simulation.runFor(100 * Times.SECOND);
        int pods = 2_000;
        long[] firstServed = new long[pods];
        List<Pod> waiting = new ArrayList<>();
        for (int i = 0; i < pods; i++) {
            String name = "web-" + i;
            simulation.after(i * 7L * Times.MILLISECOND * 15, () -> {
                housekeeping.add(new SteadyContainer(simulation, name, 50));
                firstServed[Integer.parseInt(name.substring(4))] = -simulation.now();
                waiting.add(pod(name));
            });
        }
        // when
        long end = simulation.now() + pods * 105L * Times.MILLISECOND + 60 * Times.SECOND;
        while (simulation.now() < end) {
            simulation.runFor(250 * Times.MILLISECOND);
            List<PodMetrics> served = server.metricsOf(waiting);
            if (served != null) {
                for (PodMetrics metrics : served) {
                    firstServed[Integer.parseInt(metrics.pod().substring(4))] += simulation.now();
                    waiting.removeIf(pod -> pod.name().equals(metrics.pod()));
                }
            }
        }
        // then
        Arrays.sort(firstServed);
        assertThat(waiting).isEmpty();
        assertThat(firstServed[0]).isGreaterThanOrEqualTo(10 * Times.SECOND);
        assertThat(firstServed[pods / 2]).isBetween(21 * Times.SECOND, 25 * Times.SECOND);
        assertThat(firstServed[pods - 1]).isLessThanOrEqualTo(46 * Times.SECOND);
    }

    @Test
    void top_prints_a_table_as_kubectl_does() {
        PodMetrics pod = new PodMetrics(
                "web-1",
                0,
                15 * Times.SECOND,
                List.of(
                        new PodMetrics.ContainerMetrics("app", 12_000_001, 24L << 20),
                        new PodMetrics.ContainerMetrics("proxy", 1_500_000, (3L << 20) + 1)));
        assertThat(TopPods.table(List.of(pod)))
                .isEqualTo("NAME    CPU(cores)    MEMORY(bytes)\nweb-1   14m           27Mi\n");
    }

    private @Nullable PodMetrics metricsOf(String name) {
        List<PodMetrics> served = server.metricsOf(List.of(pod(name)));
        return served == null ? null : Iterables.getFirst(served, null);
    }

    private long cpuOf(String name) {
        PodMetrics metrics = metricsOf(name);
        return metrics == null ? -1 : metrics.containers().get(0).cpuMillicores();
    }

    static Pod pod(String name) {
        PodSpec spec = new PodSpec(
                ImmutableList.of(),
                ImmutableList.of(),
                PodSpec.RestartPolicy.ALWAYS,
                30,
                ImmutableMap.of(),
                ImmutableList.of(),
                0,
                0,
                MissingNode.getInstance());
        return new Pod(ObjectMeta.named("default", name), spec, "node-1", PodStatus.NEW.withPhase(PodPhase.RUNNING));
    }
}
