package dev.wavetank.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Distribution;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Times;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.ManifestReader;
import dev.wavetank.network.Load;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A cluster with one service of 100m a pod, an autoscaler, and everything the autoscaler did, for tests. */
final class ScaledService {

    /** A change of the size the autoscaler made, by its own words. */
    record Rescale(long at, int from, int to) {}

    final Cluster cluster;
    private final List<Rescale> rescales = new ArrayList<>();

    /** A settled service of {@code replicas} pods, each request of which takes {@code cpuMillis} of processor time. */
    ScaledService(long seed, int replicas, int cpuMillis) {
        cluster = new Cluster(ClusterSpec.dockerDesktop().withExplain(true), seed);
        cluster.startMetrics();
        AppBehavior.Work work = AppBehavior.STANDARD.request();
        cluster.setBehavior(
                "web",
                AppBehavior.STANDARD.withRequest(new AppBehavior.Work(
                        Distribution.parse(cpuMillis + "ms"),
                        Distribution.parse(cpuMillis + "ms"),
                        1000,
                        work.queue(),
                        0)));
        cluster.apply(read("""
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web"},
                 "spec": {"replicas": %d, "selector": {"matchLabels": {"app": "web"}},
                  "template": {"metadata": {"labels": {"app": "web"}},
                   "spec": {"containers": [{"name": "app", "image": "web:1",
                    "readinessProbe": {"httpGet": {"path": "/ready", "port": 8000}, "periodSeconds": 2},
                    "resources": {"requests": {"cpu": "100m"}}}]}}}}
                """.formatted(replicas)));
        cluster.apply(read("""
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"},
                 "spec": {"selector": {"app": "web"}, "ports": [{"port": 80, "targetPort": 8000}]}}
                """));
        cluster.runFor(90 * Times.SECOND);
        cluster.store().observe(event -> {
            if (event.object() instanceof HorizontalPodAutoscaler after
                    && event.before() instanceof HorizontalPodAutoscaler before
                    && after.status().lastScaleTime() != before.status().lastScaleTime()) {
                rescales.add(new Rescale(
                        cluster.now(),
                        after.status().currentReplicas(),
                        after.status().desiredReplicas()));
            }
        });
    }

    /** Calls the service so often a second, evenly, from now on. */
    void load(String client, double perSecond, long nanos) {
        cluster.addClient(
                        client,
                        "web",
                        ImmutableList.of(new Load.Constant(perSecond, nanos, Long.MAX_VALUE)),
                        (sentAt, endedAt, podName, failure) -> {})
                .start();
    }

    /** Adds an autoscaler of 50 % CPU. */
    void autoscale(String name, int min, int max, String behavior) {
        cluster.apply(read("""
                {"apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "metadata": {"name": "%s"},
                 "spec": {"scaleTargetRef": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"},
                  "minReplicas": %d, "maxReplicas": %d, "metrics": [{"type": "Resource", "resource": {"name": "cpu",
                   "target": {"type": "Utilization", "averageUtilization": 50}}}]%s}}
                """.formatted(name, min, max, behavior.isEmpty() ? "" : ", \"behavior\": " + behavior)));
    }

    static KubernetesObject read(String json) {
        try {
            Findings findings = new Findings();
            KubernetesObject object =
                    Objects.requireNonNull(ManifestReader.read(Field.root(new JsonMapper().readTree(json), findings)));
            if (!findings.problems().isEmpty()) {
                throw new IllegalArgumentException(findings.problems().toString());
            }
            return object;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    HorizontalPodAutoscaler autoscaler(String name) {
        return Objects.requireNonNull(cluster.autoscaler(name));
    }

    /** The reason of a condition, or null if it is not there. */
    @Nullable
    String reason(String autoscaler, String condition) {
        var found = autoscaler(autoscaler).status().condition(condition);
        return found == null ? null : found.reason();
    }

    int replicas() {
        Deployment deployment = Objects.requireNonNull(cluster.deployment("web"));
        return deployment.spec().replicas();
    }

    List<Rescale> rescales() {
        return rescales;
    }

    /** The events about autoscalers, as reason and message. */
    List<String> events() {
        return cluster.store().list(ResourceKind.EVENT).stream()
                .map(EventObject.class::cast)
                .filter(event -> event.regarding().kind().equals(ResourceKind.HORIZONTAL_POD_AUTOSCALER))
                .map(event -> event.reason() + ": " + event.message())
                .toList();
    }
}
