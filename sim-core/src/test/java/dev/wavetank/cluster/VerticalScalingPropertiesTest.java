package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Distribution;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.Pod;
import dev.wavetank.model.Times;
import dev.wavetank.network.Load;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** Laws of the VerticalPodAutoscaler in whole clusters, under any load. */
class VerticalScalingPropertiesTest {

    private static final int CPU_REQUEST = 20;

    @Property(tries = 15, seed = "1136")
    void the_only_pod_of_a_workload_is_never_evicted(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @IntRange(min = 1, max = 60) int rate,
            @ForAll boolean recreate) {
        TestCluster cluster = underLoad(seed, 1, rate, recreate ? "Recreate" : "Auto", "");
        cluster.runFor(1800);
        assertThat(cluster.events("EvictedPod")).isEmpty();
        assertThat(cluster.pods())
                .singleElement()
                .satisfies(pod -> assertThat(pod.isReady()).isTrue());
    }

    @Property(tries = 15, seed = "1136")
    void with_min_replicas_1_even_the_only_pod_may_go(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 20, max = 60) int rate) {
        TestCluster cluster = underLoad(seed, 1, rate, "Recreate", ", minReplicas: 1");
        cluster.runFor(1800);
        assertThat(cluster.events("EvictedPod")).hasSizeBetween(1, 5);
    }

    @Property(tries = 15, seed = "1136")
    void a_round_never_disturbs_more_than_half_of_the_pods(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @IntRange(min = 2, max = 6) int replicas,
            @ForAll @IntRange(min = 20, max = 200) int rate) {
        TestCluster cluster = underLoad(seed, replicas, rate, "Recreate", "");
        int[] evictedInThisInstant = {0};
        long[] instant = {-1};
        cluster.cluster().store().observe(event -> {
            if (event.object() instanceof EventObject said && said.reason().equals("EvictedPod")) {
                long now = cluster.cluster().now();
                evictedInThisInstant[0] = instant[0] == now ? evictedInThisInstant[0] + 1 : 1;
                instant[0] = now;
                assertThat(evictedInThisInstant[0]).isLessThanOrEqualTo(Math.max(1, replicas / 2));
            }
        });
        cluster.runFor(1800);
    }

    @Property(tries = 10, seed = "1136")
    void requests_keep_within_the_policy_and_a_limit_keeps_its_proportion(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @IntRange(min = 1, max = 200) int rate,
            @ForAll @IntRange(min = 30, max = 100) int min,
            @ForAll @IntRange(min = 0, max = 200) int room) {
        TestCluster cluster = underLoad(
                seed,
                3,
                rate,
                "Recreate",
                "}, resourcePolicy: {containerPolicies: [{containerName: '*', minAllowed: {cpu: '" + min
                        + "m'}, maxAllowed: {cpu: '" + (min + room) + "m'}}]");
        cluster.runFor(1800);
        for (Pod pod : cluster.pods()) {
            long request = pod.spec().requests().cpuMillis();
            long limit = pod.spec().containers().get(0).limits().cpuMillis();
            assertThat(limit).isEqualTo(10 * request);
            if (request != CPU_REQUEST) {
                assertThat(request).isBetween((long) min, (long) min + room);
            }
        }
    }

    /** A workload of small pods with a VPA and a client that calls it evenly; each request takes 10 ms of processor time. */
    private static TestCluster underLoad(long seed, int replicas, int rate, String mode, String more) {
        TestCluster cluster = TestCluster.ofOneNode(seed);
        Distribution tenMillis = Distribution.parse("10ms");
        cluster.behaving(
                "web",
                AppBehavior.STANDARD.withRequest(
                        new AppBehavior.Work(tenMillis, tenMillis, 1000, Integer.MAX_VALUE, 0)));
        cluster.deployment(
                "web",
                replicas,
                "containers: [{name: 'app', image: 'web:1', resources: {requests: {cpu: '" + CPU_REQUEST
                        + "m', memory: '300Mi'}, limits: {cpu: '" + 10 * CPU_REQUEST + "m'}}}]");
        cluster.apply("{apiVersion: 'autoscaling.k8s.io/v1', kind: 'VerticalPodAutoscaler', metadata: {name: 'web'},"
                + " spec: {targetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}, updatePolicy:"
                + " {updateMode: '" + mode + "'" + more + "}}}");
        cluster.runFor(30);
        cluster.cluster()
                .addClient(
                        "users",
                        "web",
                        ImmutableList.of(new Load.Poisson(rate, 3600 * Times.SECOND, Long.MAX_VALUE)),
                        (sentAt, endedAt, podName, failure) -> {})
                .start();
        return cluster;
    }
}
