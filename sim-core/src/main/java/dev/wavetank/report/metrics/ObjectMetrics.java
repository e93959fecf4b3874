package dev.wavetank.report.metrics;

import dev.wavetank.cluster.Cluster;
import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerStatus;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Resources;
import dev.wavetank.model.WorkloadCondition;
import dev.wavetank.network.AppServer;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The objects of a cluster, named and labelled as kube-state-metrics 2 does; what runs on its nodes, as the kubelet does.
 *
 * <p>Source: kube-state-metrics docs/metrics; kubelet /metrics and /metrics/cadvisor.
 */
final class ObjectMetrics {

    private static final double MILLIS_PER_CORE = 1000;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Cluster cluster;
    private final Families families;
    private final Labels extra;

    ObjectMetrics(Cluster cluster, Families families, Labels extra) {
        this.cluster = cluster;
        this.families = families;
        this.extra = extra;
    }

    void add() {
        Map<String, Integer> runningPods = new TreeMap<>();
        for (KubernetesObject object : cluster.store().list(ResourceKind.NODE)) {
            node((Node) object);
            runningPods.put(((Node) object).name(), 0);
        }
        for (KubernetesObject object : cluster.store().list(ResourceKind.DEPLOYMENT)) {
            deployment((Deployment) object);
        }
        for (KubernetesObject object : cluster.store().list(ResourceKind.REPLICA_SET)) {
            replicaSet((ReplicaSet) object);
        }
        for (KubernetesObject object : cluster.store().list(ResourceKind.HORIZONTAL_POD_AUTOSCALER)) {
            autoscaler((HorizontalPodAutoscaler) object);
        }
        for (KubernetesObject object : cluster.store().list(ResourceKind.ENDPOINT_SLICE)) {
            slice((EndpointSlice) object);
        }
        for (KubernetesObject object : cluster.store().list(ResourceKind.POD)) {
            Pod pod = (Pod) object;
            pod(pod);
            if (pod.status().phase() == PodPhase.RUNNING) {
                runningPods.merge(pod.nodeName(), 1, Integer::sum);
            }
        }
        runningPods.forEach((node, count) -> families.gauge(
                "kubelet_running_pods", "Pods that have a running sandbox.", count, labels("node", node)));
    }

    private Labels labels(String... pairs) {
        return extra.merge(Labels.of(pairs));
    }

    private void gauge(String name, String what, Number value, Labels labels) {
        families.gauge(name, what, value, labels);
    }

    private void node(Node node) {
        Labels own = labels("node", node.name());
        families.info("kube_node", "A node.", own);
        gauge("kube_node_spec_unschedulable", "Whether the node is cordoned.", node.unschedulable() ? 1 : 0, own);
        String allocatable = "kube_node_status_allocatable";
        String what = "What pods may ask for in all.";
        gauge(allocatable, what, node.allocatable().cpuMillis() / MILLIS_PER_CORE, with(own, "cpu", "core"));
        gauge(allocatable, what, node.allocatable().memoryBytes(), with(own, "memory", "byte"));
        gauge(allocatable, what, node.maxPods(), with(own, "pods", "integer"));
        conditions(
                "kube_node_status_condition",
                "A condition of the node.",
                own,
                "Ready",
                node.ready().text());
    }

    private static Labels with(Labels own, String resource, String unit) {
        return own.merge(Labels.of("resource", resource, "unit", unit));
    }

    private void deployment(Deployment deployment) {
        Labels own = labels("namespace", deployment.metadata().namespace(), "deployment", deployment.name());
        var status = deployment.status();
        gauge(
                "kube_deployment_spec_replicas",
                "Pods asked for.",
                deployment.spec().replicas(),
                own);
        gauge("kube_deployment_status_replicas", "Pods there are.", status.replicas(), own);
        gauge("kube_deployment_status_replicas_ready", "Ready pods.", status.readyReplicas(), own);
        gauge("kube_deployment_status_replicas_available", "Available pods.", status.availableReplicas(), own);
        gauge("kube_deployment_status_replicas_unavailable", "Pods missing.", status.unavailableReplicas(), own);
        gauge("kube_deployment_status_replicas_updated", "Pods of the new template.", status.updatedReplicas(), own);
        gauge(
                "kube_deployment_metadata_generation",
                "Version of the spec.",
                deployment.metadata().generation(),
                own);
        gauge(
                "kube_deployment_status_observed_generation",
                "Version of the spec the controller has seen.",
                status.observedGeneration(),
                own);
        for (WorkloadCondition condition : status.conditions()) {
            conditions(
                    "kube_deployment_status_condition",
                    "A condition of the Deployment.",
                    own,
                    condition.type(),
                    condition.status().text());
        }
    }

    private void conditions(String name, String what, Labels own, String condition, String status) {
        for (String possible : new String[] {"true", "false", "unknown"}) {
            boolean is = possible.equals(status.toLowerCase(Locale.ROOT));
            gauge(name, what, is ? 1 : 0, own.merge(Labels.of("condition", condition, "status", possible)));
        }
    }

    private void replicaSet(ReplicaSet set) {
        Labels own = labels("namespace", set.metadata().namespace(), "replicaset", set.name());
        gauge("kube_replicaset_spec_replicas", "Pods asked for.", set.replicas(), own);
        gauge("kube_replicaset_status_replicas", "Pods there are.", set.status().replicas(), own);
        gauge(
                "kube_replicaset_status_ready_replicas",
                "Ready pods.",
                set.status().readyReplicas(),
                own);
    }

    private void autoscaler(HorizontalPodAutoscaler autoscaler) {
        Labels own =
                labels("namespace", autoscaler.metadata().namespace(), "horizontalpodautoscaler", autoscaler.name());
        HorizontalPodAutoscalerStatus status = autoscaler.status();
        String prefix = "kube_horizontalpodautoscaler_";
        gauge(prefix + "spec_min_replicas", "Lower bound.", autoscaler.spec().minReplicas(), own);
        gauge(prefix + "spec_max_replicas", "Upper bound.", autoscaler.spec().maxReplicas(), own);
        gauge(prefix + "status_current_replicas", "Pods its last sync found.", status.currentReplicas(), own);
        gauge(prefix + "status_desired_replicas", "Pods its last sync asked for.", status.desiredReplicas(), own);
        for (HorizontalPodAutoscalerStatus.Condition condition : status.conditions()) {
            conditions(
                    prefix + "status_condition",
                    "A condition of the autoscaler.",
                    own,
                    condition.type(),
                    String.valueOf(condition.status()));
        }
    }

    private void slice(EndpointSlice slice) {
        for (Endpoint endpoint : slice.endpoints()) {
            gauge(
                    "kube_endpointslice_endpoints",
                    "An endpoint of a slice.",
                    1,
                    labels(
                            "namespace", slice.metadata().namespace(),
                            "endpointslice", slice.metadata().name(),
                            "address", endpoint.address(),
                            "targetref_name", endpoint.targetPod(),
                            "ready", String.valueOf(endpoint.ready()),
                            "serving", String.valueOf(endpoint.serving()),
                            "terminating", String.valueOf(endpoint.terminating())));
        }
    }

    private void pod(Pod pod) {
        String namespace = pod.metadata().namespace();
        String uid = pod.metadata().uid();
        Labels own = labels("namespace", namespace, "pod", pod.name(), "uid", uid);
        OwnerReference owner = pod.metadata().controller();
        families.info(
                "kube_pod",
                "A pod.",
                own.merge(Labels.of(
                        "node",
                        pod.nodeName(),
                        "pod_ip",
                        pod.status().podIp(),
                        "created_by_kind",
                        owner == null ? "" : owner.kind().kind(),
                        "created_by_name",
                        owner == null ? "" : owner.name())));
        for (PodPhase phase : PodPhase.values()) {
            boolean is = phase == pod.status().phase();
            gauge("kube_pod_status_phase", "The pod's phase.", is ? 1 : 0, own.merge(Labels.of("phase", phase.text())));
        }
        condition(pod, PodCondition.Type.READY, "kube_pod_status_ready", "Whether the pod is ready.", own);
        condition(pod, PodCondition.Type.POD_SCHEDULED, "kube_pod_status_scheduled", "Whether it has a node.", own);
        for (Container container : pod.spec().containers()) {
            Labels of = own.merge(Labels.of("container", container.name(), "node", pod.nodeName()));
            resources("kube_pod_container_resource_requests", "What a container asks for.", container.requests(), of);
            resources("kube_pod_container_resource_limits", "What a container is held to.", container.limits(), of);
        }
        for (ContainerStatus status : pod.status().containerStatuses()) {
            container(status, own.merge(Labels.of("container", status.name())));
        }
        AppServer process = cluster.processOf(pod);
        if (process != null && !pod.spec().containers().isEmpty()) {
            families.counter(
                    "container_cpu_usage_seconds",
                    "CPU time used.",
                    process.cpuNanos() / NANOS_PER_SECOND,
                    labels(
                            "namespace", namespace,
                            "pod", pod.name(),
                            "container", pod.spec().containers().get(0).name()));
        }
    }

    private void condition(Pod pod, PodCondition.Type type, String name, String what, Labels own) {
        PodCondition condition = pod.status().condition(type);
        String status = condition == null ? "false" : condition.status().text().toLowerCase(Locale.ROOT);
        for (String possible : new String[] {"true", "false", "unknown"}) {
            gauge(name, what, possible.equals(status) ? 1 : 0, own.merge(Labels.of("condition", possible)));
        }
    }

    private void resources(String name, String what, Resources amount, Labels own) {
        if (amount.cpuMillis() > 0) {
            gauge(name, what, amount.cpuMillis() / MILLIS_PER_CORE, with(own, "cpu", "core"));
        }
        if (amount.memoryBytes() > 0) {
            gauge(name, what, amount.memoryBytes(), with(own, "memory", "byte"));
        }
    }

    private void container(ContainerStatus status, Labels own) {
        ContainerState state = status.state();
        String prefix = "kube_pod_container_status_";
        families.counter(prefix + "restarts", "Containers created after the first.", status.restartCount(), own);
        gauge(prefix + "ready", "Whether the container is ready.", status.ready() ? 1 : 0, own);
        gauge(prefix + "running", "Whether it runs.", state instanceof ContainerState.Running ? 1 : 0, own);
        gauge(prefix + "waiting", "Whether it waits.", state instanceof ContainerState.Waiting ? 1 : 0, own);
        gauge(prefix + "terminated", "Whether it has ended.", state instanceof ContainerState.Terminated ? 1 : 0, own);
        if (state instanceof ContainerState.Waiting waiting) {
            gauge(prefix + "waiting_reason", "Why it waits.", 1, own.merge(Labels.of("reason", waiting.reason())));
        }
        if (status.lastState() instanceof ContainerState.Terminated last) {
            gauge(
                    prefix + "last_terminated_reason",
                    "Why it ended last.",
                    1,
                    own.merge(Labels.of("reason", last.reason())));
        }
    }
}
