package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.wavetank.autoscaling.keda.ScaledObject;
import dev.wavetank.engine.Distribution;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Times;
import dev.wavetank.network.Client;
import dev.wavetank.network.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Laws of those who scale to zero, KEDA and Knative, in whole clusters and under any load. */
class ScaleToZeroPropertiesTest {

    @Property(tries = 15, seed = "1136")
    void keda_keeps_within_its_bounds_and_respects_the_cooldown(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(min = 0, max = 8) Integer> rates,
            @ForAll @IntRange(min = 0, max = 3) int min,
            @ForAll @IntRange(min = 0, max = 6) int room,
            @ForAll @IntRange(min = 5, max = 120) int cooldown) {
        int max = Math.max(1, min + room);
        TestCluster cluster = TestCluster.ofOneNode(seed);
        WorkQueue queue =
                cluster.cluster().addQueue("orders", phases(rates), "worker", Distribution.parse("exponential(1s)"), 1);
        cluster.deployment("worker", min, "containers: [{name: 'app', image: 'worker:1'}]");
        cluster.apply("{apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: {name: 'worker'}, spec:"
                + " {scaleTargetRef: {name: 'worker'}, pollingInterval: 7, cooldownPeriod: " + cooldown
                + ", minReplicaCount: " + min + ", maxReplicaCount: " + max
                + ", triggers: [{type: 'rabbitmq', metadata: {queueName: 'orders', value: '5'}}]}}");
        onReplicas(cluster, "worker", (from, to) -> {
            assertThat(to).isBetween(min, max);
            if (to == 0) {
                Long lastActive = lastActive(cluster);
                assertThat(cluster.cluster().now())
                        .isGreaterThan((lastActive == null ? 0 : lastActive + cooldown * Times.SECOND));
            }
        });
        queue.start();
        cluster.runFor(rates.size() * 120 + 900);
        assertThat(queue.done()).isEqualTo(queue.arrived());
        Deployment worker = cluster.cluster().deployment("worker");
        assertThat(worker).isNotNull();
        assertThat(worker.spec().replicas()).isEqualTo(min);
    }

    private static @Nullable Long lastActive(TestCluster cluster) {
        var object = cluster.cluster().store().get(new ObjectKey(ScaledObject.KIND, "default", "worker"));
        long time = CustomResource.time(CustomResource.status((KeptObject) Objects.requireNonNull(object))
                .path("lastActiveTime"));
        return Times.isSet(time) ? Long.valueOf(time) : null;
    }

    @Property(tries = 15, seed = "1136")
    void knative_loses_no_request_and_keeps_within_its_bounds(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
            @ForAll @Size(min = 1, max = 3) List<@IntRange(min = 0, max = 40) Integer> rates,
            @ForAll @IntRange(min = 0, max = 2) int min,
            @ForAll @IntRange(min = 1, max = 6) int room,
            @ForAll @IntRange(min = 0, max = 5) int containerConcurrency) {
        int max = min + room;
        TestCluster cluster = TestCluster.ofOneNode(seed);
        AppBehavior.Work work = new AppBehavior.Work(
                Distribution.parse("exponential(50ms)"), Distribution.parse("1ms"), 1000, Integer.MAX_VALUE, 0);
        cluster.behaving("ksvc/hello", AppBehavior.STANDARD.withRequest(work));
        cluster.apply("{apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: {name: 'hello'}, spec:"
                + " {template: {metadata: {annotations: {'autoscaling.knative.dev/min-scale': '" + min
                + "', 'autoscaling.knative.dev/max-scale': '" + max + "'}}, spec: {containerConcurrency: "
                + containerConcurrency + ", containers: [{image: 'hello:1', ports: [{containerPort: 8080}]}]}}}}");
        cluster.runFor(20);
        Client client = cluster.cluster().addClient("users", "hello", phases(rates), (sentAt, endedAt, pod, why) -> {});
        onReplicas(
                cluster, "hello-00001-deployment", (from, to) -> assertThat(to).isBetween(min, max));
        client.start();
        cluster.runFor(rates.size() * 120 + 300);
        assertThat(client.traffic().failed()).isZero();
        assertThat(client.traffic().answered()).isEqualTo(client.traffic().sent());
        Deployment hello = cluster.cluster().deployment("hello-00001-deployment");
        assertThat(hello).isNotNull();
        assertThat(hello.spec().replicas()).isEqualTo(min);
    }

    @Property(tries = 10, seed = "1136")
    void a_plain_deployment_at_zero_stays_there(
            @ForAll @LongRange(min = 0, max = 1_000_000) long seed, @ForAll @IntRange(min = 1, max = 40) int rate) {
        TestCluster cluster = TestCluster.ofOneNode(seed);
        cluster.deployment("web", 0, "containers: [{name: 'app', image: 'web:1'}]");
        cluster.runFor(5);
        Client client =
                cluster.cluster().addClient("users", "web", phases(List.of(rate)), (sent, ended, pod, why) -> {});
        client.start();
        cluster.runFor(200);
        assertThat(client.traffic().answered()).isZero();
        assertThat(client.traffic().failed()).isEqualTo(client.traffic().sent()).isPositive();
        assertThat(cluster.pods()).isEmpty();
    }

    /** Two minutes at each rate; a rate of 0 is one request in them. */
    private static List<Load> phases(List<Integer> rates) {
        List<Load> phases = new ArrayList<>();
        for (int rate : rates) {
            phases.add(new Load.Poisson(Math.max(rate, 1 / 120.0), 120 * Times.SECOND, Long.MAX_VALUE));
        }
        return ImmutableList.copyOf(phases);
    }

    private static void onReplicas(TestCluster cluster, String deployment, BiConsumer<Integer, Integer> check) {
        cluster.cluster().store().observe(event -> {
            if (event.object() instanceof Deployment after
                    && event.before() instanceof Deployment before
                    && after.name().equals(deployment)
                    && after.spec().replicas() != before.spec().replicas()) {
                check.accept(before.spec().replicas(), after.spec().replicas());
            }
        });
    }
}
