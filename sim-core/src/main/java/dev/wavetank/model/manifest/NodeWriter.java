package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Node;
import dev.wavetank.model.PodCondition.Status;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.Taint;
import dev.wavetank.model.Times;

/** Writes Nodes. The machine itself is made up; a kubelet of Kubernetes 1.36 is said to run on it. */
final class NodeWriter implements KindWriter<Node> {

    private static final int KUBELET_PORT = 10_250;

    @Override
    public void write(ObjectNode written, Node node, Surroundings around) {
        ObjectNode spec = written.putObject("spec");
        if (node.unschedulable()) {
            spec.put("unschedulable", true);
        }
        if (!node.taints().isEmpty()) {
            ArrayNode taints = spec.putArray("taints");
            for (Taint taint : node.taints()) {
                ObjectNode one = taints.addObject().put("key", taint.key());
                Json.text(one, "value", taint.value());
                one.put("effect", taint.effect());
            }
        }
        ObjectNode status = written.putObject("status");
        amounts(status.putObject("allocatable"), node);
        status.putArray("conditions")
                .addObject()
                .put("type", "Ready")
                .put("status", node.ready().text());
        if (!node.images().isEmpty()) {
            ArrayNode images = status.putArray("images");
            node.images().forEach((reference, bytes) -> {
                ObjectNode image = images.addObject();
                image.putArray("names").add(reference);
                Json.integer(image, "sizeBytes", bytes);
            });
        }
    }

    private static ObjectNode amounts(ObjectNode written, Node node) {
        written.put("cpu", Quantity.ofMillis(node.allocatable().cpuMillis()).toString());
        written.put("memory", Quantity.ofBytes(node.allocatable().memoryBytes()).toString());
        written.put("pods", Integer.toString(node.maxPods()));
        return written;
    }

    @Override
    public void complete(ObjectNode written, Node node, Surroundings around) {
        ObjectNode status = Json.objectIn(written, "status");
        Json.absent(status, "capacity", amounts(Json.object(), node));
        conditions((ArrayNode) status.path("conditions"), node, around);
        if (!status.has("addresses")) {
            ArrayNode addresses = status.putArray("addresses");
            addresses.addObject().put("type", "InternalIP").put("address", internalIp(node.name()));
            addresses.addObject().put("type", "Hostname").put("address", node.name());
        }
        if (!status.has("daemonEndpoints")) {
            status.putObject("daemonEndpoints").putObject("kubeletEndpoint").put("Port", KUBELET_PORT);
        }
        Json.absent(status, "nodeInfo", machine(node));
    }

    private static void conditions(ArrayNode conditions, Node node, Surroundings around) {
        boolean silent = node.ready() == Status.UNKNOWN;
        int place = 0;
        for (Pressure pressure : Pressure.values()) {
            if (find(conditions, pressure.type) == null) {
                ObjectNode condition = conditions.insertObject(place);
                condition.put("type", pressure.type);
                condition.put("status", silent ? "Unknown" : "False");
                Json.absent(condition, "reason", silent ? "NodeStatusUnknown" : pressure.reason);
                Json.absent(condition, "message", silent ? "Kubelet stopped posting node status." : pressure.message);
            }
            place++;
        }
        ObjectNode ready = find(conditions, "Ready");
        if (ready != null) {
            Json.absent(
                    ready,
                    "reason",
                    silent ? "NodeStatusUnknown" : node.ready() == Status.TRUE ? "KubeletReady" : "KubeletNotReady");
            Json.absent(
                    ready,
                    "message",
                    silent
                            ? "Kubelet stopped posting node status."
                            : node.ready() == Status.TRUE
                                    ? "kubelet is posting ready status"
                                    : "node is shutting down");
        }
        if (Times.isSet(node.metadata().creationTimestamp())) {
            String since = around.clock().text(node.metadata().creationTimestamp());
            conditions.forEach(condition -> {
                Json.absent((ObjectNode) condition, "lastHeartbeatTime", since);
                Json.absent((ObjectNode) condition, "lastTransitionTime", since);
            });
        }
    }

    /** What a kubelet reports on besides Ready. */
    private enum Pressure {
        MEMORY("MemoryPressure", "KubeletHasSufficientMemory", "kubelet has sufficient memory available"),
        DISK("DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure"),
        PID("PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available");

        private final String type;
        private final String reason;
        private final String message;

        Pressure(String type, String reason, String message) {
            this.type = type;
            this.reason = reason;
            this.message = message;
        }
    }

    private static @org.jspecify.annotations.Nullable ObjectNode find(ArrayNode conditions, String type) {
        for (var condition : conditions) {
            if (condition.path("type").asText().equals(type) && condition instanceof ObjectNode object) {
                return object;
            }
        }
        return null;
    }

    private static ObjectNode machine(Node node) {
        String id = MadeUp.hex("machine/" + node.name(), 32);
        return Json.object()
                .put("machineID", id)
                .put("systemUUID", id)
                .put("bootID", node.metadata().uid())
                .put("kernelVersion", "6.12.0-wavetank")
                .put("osImage", "Wavetank (simulated)")
                .put("containerRuntimeVersion", "containerd://2.1.9")
                .put("kubeletVersion", "v1.36.2")
                .put("kubeProxyVersion", "")
                .put("operatingSystem", "linux")
                .put("architecture", "amd64");
    }

    /** The address of a node: of the name alone, so that it can be told without looking at the node. */
    static String internalIp(String node) {
        long hash = MadeUp.hash(node);
        return "172.18." + Math.floorMod(hash >>> 16, 256) + "." + (2 + Math.floorMod(hash, 252));
    }
}
