package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.QosClass;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Times;
import dev.wavetank.model.WallClock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what is known of a pod's life. */
final class PodStatusWriter {

    private PodStatusWriter() {}

    static void write(ObjectNode written, PodStatus status, WallClock clock) {
        written.put("phase", status.phase().text());
        if (!status.conditions().isEmpty()) {
            ArrayNode conditions = written.putArray("conditions");
            for (PodCondition condition : status.conditions()) {
                ObjectNode one = conditions.addObject();
                one.put("type", condition.type().text());
                one.put("status", condition.status().text());
                Json.timeOrNull(one, "lastTransitionTime", condition.lastTransitionTime(), clock);
                Json.text(one, "reason", condition.reason());
                Json.text(one, "message", condition.message());
            }
        }
        Json.text(written, "message", status.message());
        Json.text(written, "reason", status.reason());
        Json.text(written, "nominatedNodeName", status.nominatedNodeName());
        Json.text(written, "podIP", status.podIp());
        Json.time(written, "startTime", status.startTime(), clock);
        containers(written, "initContainerStatuses", status.initContainerStatuses(), clock);
        containers(written, "containerStatuses", status.containerStatuses(), clock);
    }

    private static void containers(ObjectNode written, String name, List<ContainerStatus> statuses, WallClock clock) {
        if (statuses.isEmpty()) {
            return;
        }
        ArrayNode list = written.putArray(name);
        for (ContainerStatus status : statuses) {
            ObjectNode one = list.addObject();
            one.put("name", status.name());
            state(one.putObject("state"), status.state(), clock);
            state(one.putObject("lastState"), status.lastState(), clock);
            one.put("ready", status.ready());
            one.put("restartCount", status.restartCount());
            one.put("started", status.started());
        }
    }

    private static void state(ObjectNode written, @Nullable ContainerState state, WallClock clock) {
        if (state instanceof ContainerState.Waiting waiting) {
            ObjectNode one = written.putObject("waiting");
            Json.text(one, "reason", waiting.reason());
            Json.text(one, "message", waiting.message());
        } else if (state instanceof ContainerState.Running running) {
            Json.timeOrNull(written.putObject("running"), "startedAt", running.startedAt(), clock);
        } else if (state instanceof ContainerState.Terminated terminated) {
            ObjectNode one = written.putObject("terminated");
            one.put("exitCode", terminated.exitCode());
            Json.text(one, "reason", terminated.reason());
            Json.timeOrNull(one, "startedAt", terminated.startedAt(), clock);
            Json.timeOrNull(one, "finishedAt", terminated.finishedAt(), clock);
        }
    }

    /** Adds what a kubelet reports besides: addresses of the node, ids of containers, the class of service. */
    static void complete(ObjectNode written, Pod pod, KindWriter.Surroundings around) {
        ObjectNode status = Json.objectIn(written, "status");
        boolean taken = Times.isSet(pod.status().startTime());
        if (taken && pod.metadata().generation() == (int) pod.metadata().generation()) {
            Json.absent(status, "observedGeneration", (int) pod.metadata().generation());
        }
        for (JsonNode condition : status.path("conditions")) {
            if (condition instanceof ObjectNode one) {
                if (status.has("observedGeneration")) {
                    Json.absent(one, "observedGeneration", status.get("observedGeneration"));
                }
                Json.absent(one, "lastProbeTime", one.nullNode());
            }
        }
        if (taken && pod.isScheduled()) {
            String host = hostIp(pod, around);
            Json.absent(status, "hostIP", host);
            addresses(status, "hostIPs", host);
        }
        if (!pod.status().podIp().isEmpty()) {
            addresses(status, "podIPs", pod.status().podIp());
        }
        complete(status.path("initContainerStatuses"), pod, written.path("spec").path("initContainers"));
        complete(status.path("containerStatuses"), pod, written.path("spec").path("containers"));
        Json.absent(status, "qosClass", QosClass.of(pod.spec()).text());
    }

    private static void addresses(ObjectNode status, String name, String address) {
        if (!status.has(name)) {
            status.putArray(name).addObject().put("ip", address);
        }
    }

    private static String hostIp(Pod pod, KindWriter.Surroundings around) {
        KubernetesObject node = around.objects().apply(new ObjectKey(ResourceKind.NODE, "", pod.nodeName()));
        JsonNode kept = node == null ? null : node.metadata().kept();
        if (kept != null) {
            for (JsonNode address : kept.path("status").path("addresses")) {
                if (address.path("type").asText().equals("InternalIP")) {
                    return address.path("address").asText();
                }
            }
        }
        return NodeWriter.internalIp(pod.nodeName());
    }

    private static void complete(JsonNode statuses, Pod pod, JsonNode containers) {
        for (JsonNode each : statuses) {
            ObjectNode status = (ObjectNode) each;
            String name = status.path("name").asText();
            for (JsonNode container : containers) {
                if (container.path("name").asText().equals(name)) {
                    complete(status, pod, container);
                }
            }
        }
    }

    private static void complete(ObjectNode status, Pod pod, JsonNode container) {
        String image = container.path("image").asText();
        boolean created = !status.path("state").has("waiting")
                || !status.path("lastState").isEmpty();
        Json.absent(status, "image", image);
        Json.absent(status, "imageID", created ? "sha256:" + MadeUp.hex(image, 64) : "");
        if (created) {
            int restarts = status.path("restartCount").asInt();
            String id = id(pod, container, restarts);
            Json.absent(status, "containerID", id);
            ObjectNode state = Json.objectIn(status, "state");
            if (state.path("terminated") instanceof ObjectNode terminated) {
                Json.absent(terminated, "containerID", id);
            }
            if (status.path("lastState").path("terminated") instanceof ObjectNode terminated) {
                boolean waiting = state.has("waiting");
                Json.absent(terminated, "containerID", waiting ? id : id(pod, container, restarts - 1));
            }
        }
        JsonNode resources = container.path("resources");
        if (!resources.isEmpty() && !status.path("state").has("waiting")) {
            if (!resources.path("requests").isEmpty()) {
                Json.absent(
                        status, "allocatedResources", resources.path("requests").deepCopy());
            }
            Json.absent(status, "resources", resources.deepCopy());
        }
    }

    private static String id(Pod pod, JsonNode container, int restarts) {
        String name = pod.metadata().uid() + "/" + container.path("name").asText() + "/" + restarts;
        return "containerd://" + MadeUp.hex(name, 64);
    }
}
