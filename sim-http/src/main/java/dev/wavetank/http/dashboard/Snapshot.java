package dev.wavetank.http.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.http.clock.ClockRoutes;
import dev.wavetank.http.host.ClockState;
import dev.wavetank.http.ingress.Ingress;
import dev.wavetank.http.ingress.IngressRoutes;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerStatus;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Service;
import dev.wavetank.network.Client;
import dev.wavetank.network.Traffic;
import java.util.Map;

/** What the cluster looks like at one moment. Made on the simulation's thread. */
final class Snapshot {

    /** More pods than that are counted, not shown. */
    static final int MOST_PODS = 400;

    private static final double MILLION = 1e6;

    private Snapshot() {}

    static ObjectNode of(Cluster cluster, ClockState clock, Ingress ingress) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("clock", ClockRoutes.json(clock));
        addNodes(json.putArray("nodes"), cluster);
        addPods(json, cluster);
        addDeployments(json.putArray("deployments"), cluster);
        addServices(json.putArray("services"), cluster);
        json.set("ingress", IngressRoutes.json(ingress));
        ArrayNode clients = json.putArray("clients");
        for (Client client : cluster.clients().values()) {
            addTraffic(clients, client.name(), client.traffic());
        }
        for (Map.Entry<String, Traffic> each : ingress.traffic().entrySet()) {
            if (each.getValue().sent() > 0) {
                addTraffic(clients, "curl (" + each.getKey() + ")", each.getValue());
            }
        }
        addAutoscalers(json.putArray("autoscalers"), cluster);
        return json;
    }

    private static void addNodes(ArrayNode nodes, Cluster cluster) {
        for (KubernetesObject object : cluster.store().list(ResourceKind.NODE)) {
            Node node = (Node) object;
            ObjectNode json = nodes.addObject();
            json.put("name", node.name());
            json.put("zone", node.zone());
            json.put("cpuMillis", node.allocatable().cpuMillis());
            json.put("memory", node.allocatable().memoryBytes());
            json.put("ready", node.ready() == PodCondition.Status.TRUE);
            json.put("cordoned", node.unschedulable());
        }
    }

    private static void addPods(ObjectNode json, Cluster cluster) {
        ArrayNode pods = json.putArray("pods");
        int count = 0;
        for (KubernetesObject object : cluster.store().list(ResourceKind.POD)) {
            if (count++ < MOST_PODS) {
                Pod pod = (Pod) object;
                PodLook.add(pods, cluster, pod, workloadOf(cluster, pod));
            }
        }
        json.put("podCount", count);
    }

    private static String workloadOf(Cluster cluster, KubernetesObject object) {
        OwnerReference controller = object.metadata().controller();
        if (controller == null) {
            return object instanceof Pod ? "" : object.metadata().name();
        }
        KubernetesObject owner = cluster.store()
                .get(new ObjectKey(controller.kind(), object.metadata().namespace(), controller.name()));
        return owner == null ? controller.name() : workloadOf(cluster, owner);
    }

    private static void addDeployments(ArrayNode deployments, Cluster cluster) {
        for (KubernetesObject object : cluster.store().list(ResourceKind.DEPLOYMENT)) {
            Deployment deployment = (Deployment) object;
            ObjectNode json = deployments.addObject();
            json.put("name", deployment.name());
            json.put("namespace", deployment.metadata().namespace());
            json.put("replicas", deployment.spec().replicas());
            json.put("current", deployment.status().replicas());
            json.put("updated", deployment.status().updatedReplicas());
            json.put("available", deployment.status().availableReplicas());
            json.put("ready", deployment.status().readyReplicas());
        }
    }

    private static void addServices(ArrayNode services, Cluster cluster) {
        for (KubernetesObject object : cluster.store().list(ResourceKind.SERVICE)) {
            Service service = (Service) object;
            ObjectNode json = services.addObject();
            json.put("name", service.name());
            json.put("namespace", service.metadata().namespace());
            json.put("type", service.type().text());
            json.put("clusterIp", service.clusterIp());
            int ready = 0;
            int all = 0;
            for (KubernetesObject each : cluster.store().list(ResourceKind.ENDPOINT_SLICE)) {
                EndpointSlice slice = (EndpointSlice) each;
                if (slice.serviceName().equals(service.name())
                        && slice.metadata()
                                .namespace()
                                .equals(service.metadata().namespace())) {
                    all += slice.endpoints().size();
                    ready += (int)
                            slice.endpoints().stream().filter(Endpoint::ready).count();
                }
            }
            json.put("readyEndpoints", ready);
            json.put("endpoints", all);
        }
    }

    private static void addTraffic(ArrayNode clients, String name, Traffic traffic) {
        ObjectNode json = clients.addObject();
        json.put("name", name);
        json.put("sent", traffic.sent());
        json.put("answered", traffic.answered());
        json.put("failed", traffic.failed());
        json.put("inFlight", traffic.inFlight());
        json.put("p50", traffic.latency().getValueAtPercentile(50) / MILLION);
        json.put("p99", traffic.latency().getValueAtPercentile(99) / MILLION);
        ObjectNode byPod = json.putObject("byPod");
        traffic.answeredByPod().forEach(byPod::put);
        ObjectNode failures = json.putObject("failures");
        traffic.failures().forEach((failure, count) -> failures.put(failure.text(), count));
    }

    private static void addAutoscalers(ArrayNode autoscalers, Cluster cluster) {
        for (KubernetesObject object : cluster.store().list(ResourceKind.HORIZONTAL_POD_AUTOSCALER)) {
            HorizontalPodAutoscaler autoscaler = (HorizontalPodAutoscaler) object;
            ObjectNode json = autoscalers.addObject();
            json.put("name", autoscaler.name());
            json.put("namespace", autoscaler.metadata().namespace());
            json.put(
                    "target",
                    autoscaler.spec().scaleTargetRef().kind() + "/"
                            + autoscaler.spec().scaleTargetRef().name());
            json.put("min", autoscaler.spec().minReplicas());
            json.put("max", autoscaler.spec().maxReplicas());
            HorizontalPodAutoscalerStatus status = autoscaler.status();
            json.put("current", status.currentReplicas());
            json.put("desired", status.desiredReplicas());
            ArrayNode conditions = json.putArray("conditions");
            status.conditions().forEach(condition -> {
                ObjectNode each = conditions.addObject();
                each.put("type", condition.type());
                each.put("status", condition.status());
                each.put("reason", condition.reason());
                each.put("message", condition.message());
            });
        }
    }
}
