package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.engine.Distribution;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.Pod;
import dev.wavetank.network.AppServer;
import dev.wavetank.node.Kubelet;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * From a container's start to its pod's being ready, for an app that needs a second: measured on a real 1.36 kubelet, the
 * times fall into two groups, depending on whether one of the attempts that syncs cause comes after the app is up.
 */
class ReadinessLatencyTest {

    private static final int PODS = 200;

    private static List<Double> latencies(boolean onDemandRelist, String probe) {
        ClusterSpec spec =
                ClusterSpec.dockerDesktop().withKubelet(Kubelet.Options.STANDARD.withOnDemandRelist(onDemandRelist));
        List<Double> latencies = new ArrayList<>();
        for (int seed = 1; seed <= PODS; seed++) {
            TestCluster cluster = new TestCluster(spec, seed)
                    .behaving("web", AppBehavior.STANDARD.withStartup(Distribution.parse("1s")));
            // the wall clock's phase is random, too
            cluster.runFor(seed % 97 / 97.0);
            cluster.pod("web", "containers: [{name: 'c', image: 'c:1', " + probe + "}]");
            boolean started = cluster.runUntil(() -> processOf(cluster) != null, 10);
            double before = cluster.now();
            boolean ready = started && cluster.runUntil(() -> cluster.pod("web").isReady(), 30);
            assertThat(ready).isTrue();
            latencies.add(cluster.now() - before);
        }
        return latencies;
    }

    private static @Nullable AppServer processOf(TestCluster cluster) {
        Pod pod = cluster.pod("web");
        return cluster.cluster().processOf(pod);
    }

    private static double share(List<Double> latencies, double from, double to) {
        return (double) latencies.stream()
                        .filter(each -> each >= from && each <= to)
                        .count()
                / latencies.size();
    }

    @Test
    void two_seconds_of_delay_and_five_of_period_mean_five_to_six_seconds_for_most_and_two_for_some() {
        List<Double> latencies =
                latencies(true, "readinessProbe: {tcpSocket: {port: 1}, initialDelaySeconds: 2, periodSeconds: 5}");
        // measured: 92 % and 8 %
        assertThat(share(latencies, 4.9, 6.2)).isBetween(0.85, 0.98);
        assertThat(share(latencies, 1.0, 2.2)).isBetween(0.02, 0.15);
    }

    @Test
    void the_default_period_of_ten_seconds_means_ten_to_eleven_for_most() {
        List<Double> latencies = latencies(true, "readinessProbe: {tcpSocket: {port: 1}}");
        // measured: 83 % and 17 %
        assertThat(share(latencies, 9.9, 11.2)).isBetween(0.75, 0.95);
        assertThat(share(latencies, 1.0, 2.2)).isBetween(0.05, 0.25);
    }

    @Test
    void a_kubelet_that_looks_once_a_second_finds_most_apps_up_at_once() {
        List<Double> latencies = latencies(false, "readinessProbe: {tcpSocket: {port: 1}}");
        // measured: 95 %
        assertThat(share(latencies, 1.0, 2.2)).isGreaterThan(0.85);
    }

    @Test
    void a_startup_probe_every_second_makes_readiness_quick() {
        List<Double> latencies = latencies(
                true,
                "readinessProbe: {tcpSocket: {port: 1}}, startupProbe: {tcpSocket: {port: 1}, periodSeconds: 1,"
                        + " failureThreshold: 30}");
        assertThat(share(latencies, 1.0, 3.1)).isEqualTo(1);
    }
}
