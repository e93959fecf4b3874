package dev.wavetank.scenario;

import com.google.common.collect.Iterables;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.Cost;
import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerStatus;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Service;
import dev.wavetank.model.manifest.Suggestion;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.Client;
import dev.wavetank.network.Failure;
import dev.wavetank.network.Traffic;
import dev.wavetank.scenario.Expressions.ConditionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** What conditions can ask of a cluster, as maps with documented keys. Numbers are whole, durations are durations. */
final class ClusterView {

    private final Cluster cluster;
    private final Cost cost;
    private final long origin;
    private final Set<String> autoscalersToCome;
    private final AutoscalerViews autoscalers;

    ClusterView(Cluster cluster, long origin) {
        this(cluster, origin, Set.of());
    }

    /** A view that knows which HorizontalPodAutoscalers may yet come. */
    ClusterView(Cluster cluster, long origin, Set<String> autoscalersToCome) {
        this.cluster = cluster;
        this.cost = new Cost(cluster);
        this.origin = origin;
        this.autoscalersToCome = autoscalersToCome;
        this.autoscalers = new AutoscalerViews(cluster, autoscalersToCome);
    }

    /** Autoscalers beyond Kubernetes' own. */
    AutoscalerViews autoscalers() {
        return autoscalers;
    }

    Duration now() {
        return Duration.ofNanos(cluster.now() - origin);
    }

    /** A Deployment: {@code replicas} wanted, and what its status counts. */
    Map<String, Object> deployment(String name) {
        Deployment deployment = cluster.deployment(name);
        if (deployment == null) {
            throw missing("Deployment", name, ResourceKind.DEPLOYMENT);
        }
        DeploymentStatus status = deployment.status();
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", name);
        view.put("replicas", (long) deployment.spec().replicas());
        view.put("current", (long) status.replicas());
        view.put("updated", (long) status.updatedReplicas());
        view.put("ready", (long) status.readyReplicas());
        view.put("available", (long) status.availableReplicas());
        view.put("unavailable", (long) status.unavailableReplicas());
        view.put("paused", deployment.spec().paused());
        view.put("generation", deployment.metadata().generation());
        view.put("observedGeneration", status.observedGeneration());
        view.put("revision", deployment.metadata().annotations().getOrDefault("deployment.kubernetes.io/revision", ""));
        return view;
    }

    /** A Service: how many endpoints its slices list, by condition. */
    Map<String, Object> service(String name) {
        Service service = cluster.service(name);
        if (service == null) {
            throw missing("Service", name, ResourceKind.SERVICE);
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (KubernetesObject object : cluster.store().list(ResourceKind.ENDPOINT_SLICE)) {
            EndpointSlice slice = (EndpointSlice) object;
            if (slice.serviceName().equals(name)
                    && slice.metadata().namespace().equals(service.metadata().namespace())) {
                endpoints.addAll(slice.endpoints());
            }
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", name);
        view.put("endpoints", (long) endpoints.size());
        view.put("readyEndpoints", endpoints.stream().filter(Endpoint::ready).count());
        view.put(
                "servingEndpoints", endpoints.stream().filter(Endpoint::serving).count());
        view.put(
                "terminatingEndpoints",
                endpoints.stream().filter(Endpoint::terminating).count());
        return view;
    }

    /** The pods of a Deployment, oldest first. */
    List<Map<String, Object>> pods(String deployment) {
        if (cluster.deployment(deployment) == null) {
            throw missing("Deployment", deployment, ResourceKind.DEPLOYMENT);
        }
        List<Map<String, Object>> views = new ArrayList<>();
        for (Pod pod : cluster.podsOf(deployment)) {
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("name", pod.name());
            view.put("phase", pod.status().phase().text());
            view.put("ready", pod.isReady());
            view.put("terminating", pod.metadata().isBeingDeleted());
            view.put("node", pod.nodeName());
            view.put("restarts", restarts(pod));
            AppServer process = cluster.processOf(pod);
            view.put("inFlight", process == null ? 0L : (long) process.inFlight());
            view.put("queued", process == null ? 0L : (long) process.queued());
            view.put("cpu", Duration.ofNanos(process == null ? 0 : process.cpuNanos()));
            view.put("throttled", Duration.ofNanos(process == null ? 0 : process.throttledNanos()));
            view.put("memory", process == null ? 0L : process.memoryBytes());
            Resources requests = pod.spec().requests();
            Resources limits = pod.spec().requests(Container::limits);
            view.put("cpuRequest", requests.cpuMillis());
            view.put("memoryRequest", requests.memoryBytes());
            view.put("cpuLimit", limits.cpuMillis());
            view.put("memoryLimit", limits.memoryBytes());
            view.put("resize", resize(pod));
            view.put("exitCode", exitCode(pod));
            view.put("reason", reason(pod));
            view.put("age", Duration.ofNanos(cluster.now() - pod.metadata().creationTimestamp()));
            views.add(view);
        }
        return views;
    }

    /**
     * A HorizontalPodAutoscaler: its bounds, what its last sync found and left, the first metric's utilization in per cent
     * (-1 if there is none), how often it changed the count and the reason of each condition by type. One that a step will create is all zeros before.
     */
    Map<String, Object> autoscaler(String name) {
        HorizontalPodAutoscaler autoscaler = cluster.autoscaler(name);
        if (autoscaler == null && !autoscalersToCome.contains(name)) {
            throw missing("HorizontalPodAutoscaler", name, ResourceKind.HORIZONTAL_POD_AUTOSCALER);
        }
        HorizontalPodAutoscalerStatus status =
                autoscaler == null ? HorizontalPodAutoscalerStatus.NEW : autoscaler.status();
        Integer utilization = status.currentMetrics().isEmpty()
                ? null
                : status.currentMetrics().get(0).averageUtilization();
        Map<String, Object> reasons = new LinkedHashMap<>();
        for (String type : List.of("AbleToScale", "ScalingActive", "ScalingLimited")) {
            HorizontalPodAutoscalerStatus.Condition condition = status.condition(type);
            reasons.put(type, condition == null ? "" : condition.reason());
        }
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", name);
        view.put("exists", autoscaler != null);
        view.put("min", autoscaler == null ? 0L : autoscaler.spec().minReplicas());
        view.put("max", autoscaler == null ? 0L : autoscaler.spec().maxReplicas());
        view.put("current", (long) status.currentReplicas());
        view.put("desired", (long) status.desiredReplicas());
        view.put("rescales", rescales(name));
        view.put("utilization", utilization == null ? -1L : (long) utilization);
        view.put("reasons", reasons);
        return view;
    }

    private long rescales(String autoscaler) {
        long rescales = 0;
        for (KubernetesObject object : cluster.store().list(ResourceKind.EVENT)) {
            EventObject event = (EventObject) object;
            boolean ours = event.regarding().kind().equals(ResourceKind.HORIZONTAL_POD_AUTOSCALER)
                    && event.regarding().name().equals(autoscaler)
                    && event.reason().equals("SuccessfulRescale");
            rescales += ours ? event.count() : 0;
        }
        return rescales;
    }

    /** What has become of a resize: Deferred, Infeasible, InProgress or Error; empty if there is none under way. */
    private static String resize(Pod pod) {
        PodCondition pending = pod.status().condition(PodCondition.Type.POD_RESIZE_PENDING);
        PodCondition underWay = pod.status().condition(PodCondition.Type.POD_RESIZE_IN_PROGRESS);
        if (pending != null) {
            return pending.reason();
        }
        return underWay == null ? "" : underWay.reason().isEmpty() ? "InProgress" : underWay.reason();
    }

    /** What the pod's first container last ended with; -1 if it never has. */
    private static long exitCode(Pod pod) {
        for (ContainerStatus first : pod.status().containerStatuses()) {
            ContainerState end = first.state() instanceof ContainerState.Terminated ? first.state() : first.lastState();
            return end instanceof ContainerState.Terminated terminated ? terminated.exitCode() : -1;
        }
        return -1;
    }

    /** Why a container of the pod waits or has ended, of the first that does or has; empty if all run. */
    private static String reason(Pod pod) {
        for (ContainerStatus status : Iterables.concat(
                pod.status().initContainerStatuses(), pod.status().containerStatuses())) {
            if (status.state() instanceof ContainerState.Waiting waiting) {
                return waiting.reason();
            }
            if (status.state() instanceof ContainerState.Terminated terminated && !status.ready()) {
                return terminated.reason();
            }
        }
        return "";
    }

    private static long restarts(Pod pod) {
        return pod.status().containerStatuses().stream()
                .mapToLong(ContainerStatus::restartCount)
                .sum();
    }

    /** The clients by name: what they sent, what came back, how fast, from whom; as far as a condition asks for it. */
    Map<String, Object> clients(String condition) {
        Map<String, Object> views = new LinkedHashMap<>();
        for (Map.Entry<String, Client> client : cluster.clients().entrySet()) {
            views.put(client.getKey(), client(client.getValue().traffic(), condition));
        }
        return views;
    }

    /** What the pods have cost since the scenario's first moment: {@code podSeconds}, {@code coreHours}, {@code gibHours}. */
    Map<String, Object> cost() {
        return Map.of("podSeconds", cost.podSeconds(), "coreHours", cost.coreHours(), "gibHours", cost.gibibyteHours());
    }

    /** What pods sent to other Services, by {@code Deployment -> Service}; the same keys as for clients. */
    Map<String, Object> calls(String condition) {
        Map<String, Object> views = new LinkedHashMap<>();
        if (condition.contains("calls")) {
            cluster.dependencies().forEach((name, traffic) -> views.put(name, client(traffic, condition)));
        }
        return views;
    }

    private static Map<String, Object> client(Traffic traffic, String condition) {
        NamedView errors = new NamedView(condition).with("count", traffic::failed);
        for (Failure failure : Failure.values()) {
            errors.with(
                    failure.text().replace(" ", ""), () -> traffic.failures().getOrDefault(failure, 0L));
        }
        Histogram latency = traffic.latency();
        NamedView percentiles = new NamedView(condition)
                .with("mean", () -> Duration.ofNanos(Math.round(latency.getMean())))
                .with("p50", () -> percentile(latency, 50))
                .with("p90", () -> percentile(latency, 90))
                .with("p99", () -> percentile(latency, 99))
                .with("p999", () -> percentile(latency, 99.9))
                .with("max", () -> Duration.ofNanos(latency.getMaxValue()));
        return new NamedView(condition)
                .with("sent", traffic::sent)
                .with("answered", traffic::answered)
                .with("inFlight", traffic::inFlight)
                .with("retries", traffic::retries)
                .with("connections", traffic::connections)
                .with("throughput", traffic::throughput)
                .with("errors", errors::values)
                .with("latency", percentiles::values)
                .with("perPod", traffic::answeredByPod)
                .with("perNode", traffic::answeredByNode)
                .with("idlePods", () -> (long) traffic.idlePods())
                .with("fairness", traffic::jain)
                .with("uniformity", () -> traffic.shares().pValue())
                .with("queued", () -> (long) traffic.queuedInPods())
                .with("mostQueued", () -> (long) traffic.series().mostQueued())
                .values();
    }

    private static Duration percentile(Histogram histogram, double percent) {
        return Duration.ofNanos(histogram.getValueAtPercentile(percent));
    }

    private ConditionException missing(String kind, String name, ResourceKind resource) {
        List<String> names = cluster.store().list(resource).stream()
                .map(object -> object.metadata().name())
                .toList();
        return new ConditionException("there is no " + kind + " \"" + name + "\"; " + Suggestion.sentence(name, names));
    }
}
