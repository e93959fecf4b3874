package dev.wavetank.autoscaling.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Times;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * How long a step of the load takes to be seen: sampling, scraping and the next sync, each with a phase of its own. The
 * figures to meet come from an independent simulation of the same rules, 6,000 runs a case.
 */
class LoadStepReactionTest {

    private static final int RUNS = 1_500;
    private static final long TARGET = 50;
    private static final long REQUEST_MILLIS = 200;
    private static final long STEP_AT = 300 * Times.SECOND;

    @Test
    void one_pod_that_goes_from_50_to_200_per_cent_is_seen_after_23_seconds_in_the_middle() {
        long[] reactions = reactions(1, 200);
        assertThat(seconds(reactions, 0.1)).isBetween(12.0, 15.0);
        assertThat(seconds(reactions, 0.5)).isBetween(21.5, 24.5);
        assertThat(seconds(reactions, 0.9)).isBetween(32.5, 36.0);
        assertThat(seconds(reactions, 1)).isLessThan(50);
    }

    @Test
    void one_pod_that_goes_from_50_to_60_per_cent_takes_a_sample_more() {
        long[] reactions = reactions(1, 60);
        assertThat(seconds(reactions, 0.5)).isBetween(31.0, 35.0);
        assertThat(seconds(reactions, 0.9)).isBetween(41.0, 46.0);
    }

    @Test
    void ten_pods_are_seen_sooner_since_some_sample_is_always_young() {
        long[] reactions = reactions(10, 200);
        assertThat(seconds(reactions, 0.5)).isBetween(18.5, 21.5);
        assertThat(seconds(reactions, 0.9)).isBetween(26.0, 30.0);
    }

    private static double seconds(long[] sorted, double share) {
        return (double) sorted[(int) Math.min(sorted.length - 1, share * sorted.length)] / Times.SECOND;
    }

    private static long[] reactions(int pods, long percentAfter) {
        long[] reactions = new long[RUNS];
        for (int run = 0; run < RUNS; run++) {
            reactions[run] = reaction(run, pods, percentAfter);
        }
        Arrays.sort(reactions);
        return reactions;
    }

    private static long reaction(long seed, int pods, long percentAfter) {
        Simulation simulation = new Simulation(seed);
        Housekeeping housekeeping = new Housekeeping(simulation, false);
        MetricsServer server = new MetricsServer(simulation, housekeeping, () -> List.of("node-1"));
        server.start();
        SteadyContainer[] containers = new SteadyContainer[pods];
        for (int i = 0; i < pods; i++) {
            containers[i] = new SteadyContainer(simulation, "web-" + i, REQUEST_MILLIS / 2);
            housekeeping.add(containers[i]);
        }
        List<dev.wavetank.model.Pod> all = Arrays.stream(containers)
                .map(container -> MetricsPipelineTest.pod(container.pod()))
                .toList();
        simulation.at(STEP_AT, () -> {
            for (SteadyContainer container : containers) {
                container.use(REQUEST_MILLIS * percentAfter / 100);
            }
        });
        long sync = STEP_AT + (long) (simulation.random().stream("phase").nextDouble() * 15 * Times.SECOND);
        for (; ; sync += 15 * Times.SECOND) {
            simulation.runUntil(sync);
            long used = 0;
            List<PodMetrics> served = server.metricsOf(all);
            assertThat(served).hasSize(pods);
            for (PodMetrics metrics : served == null ? List.<PodMetrics>of() : served) {
                used += metrics.containers().get(0).cpuMillicores();
            }
            long utilization = used * 100 / (REQUEST_MILLIS * pods);
            if ((double) utilization / TARGET > 1.1) {
                return simulation.now() - STEP_AT;
            }
        }
    }
}
