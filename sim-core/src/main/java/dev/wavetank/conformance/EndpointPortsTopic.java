package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.endpoints.EndpointPorts;
import dev.wavetank.model.Container;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.Lifecycle;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Service;
import java.util.ArrayList;
import java.util.List;

/** Which pods share a slice, by the ports their names resolve to. */
final class EndpointPortsTopic extends ServiceTopic {

    private record NamedPod(String name, PodSpec spec) {}

    EndpointPortsTopic() {
        super("endpoint-ports");
    }

    @Override
    public JsonNode answer(JsonNode input) {
        List<Service.Port> servicePorts = new ArrayList<>();
        for (JsonNode port : input.path("servicePorts")) {
            JsonNode target = port.path("targetPort");
            servicePorts.add(new Service.Port(
                    port.path("name").asText(),
                    port.path("port").asInt(),
                    target.isInt() ? IntOrString.of(target.asInt()) : IntOrString.of(target.asText()),
                    port.path("protocol").asText(),
                    0));
        }
        List<NamedPod> pods = new ArrayList<>();
        for (JsonNode pod : input.path("pods")) {
            pods.add(new NamedPod(pod.path("name").asText(), spec(pod.path("containers"))));
        }
        ArrayNode groups = Json.MAPPER.createArrayNode();
        EndpointPorts.group(servicePorts, pods, NamedPod::spec).forEach((ports, members) -> {
            ObjectNode group = groups.addObject();
            group.set(
                    "ports",
                    array(ports.stream()
                            .map(port -> port.name() + "=" + port.port() + "/" + port.protocol())
                            .sorted()
                            .toList()));
            group.set(
                    "pods", array(members.stream().map(NamedPod::name).sorted().toList()));
        });
        return groups;
    }

    private static PodSpec spec(JsonNode containers) {
        ImmutableList.Builder<Container> main = ImmutableList.builder();
        ImmutableList.Builder<Container> init = ImmutableList.builder();
        for (JsonNode container : containers) {
            String kind = container.path("kind").asText();
            (kind.equals("container") ? main : init).add(container(container, kind.equals("sidecar")));
        }
        return new PodSpec(
                init.build(),
                main.build(),
                PodSpec.RestartPolicy.ALWAYS,
                30,
                ImmutableMap.of(),
                ImmutableList.of(),
                0,
                0,
                Json.object());
    }

    private static Container container(JsonNode json, boolean sidecar) {
        ImmutableList.Builder<Container.Port> ports = ImmutableList.builder();
        for (JsonNode port : json.path("ports")) {
            ports.add(new Container.Port(
                    port.path("name").asText(""),
                    port.path("containerPort").asInt(),
                    port.path("protocol").asText("TCP")));
        }
        return new Container(
                "c",
                "image",
                Container.ImagePullPolicy.IF_NOT_PRESENT,
                ports.build(),
                Resources.NONE,
                Resources.NONE,
                null,
                null,
                null,
                Lifecycle.NONE,
                sidecar);
    }
}
