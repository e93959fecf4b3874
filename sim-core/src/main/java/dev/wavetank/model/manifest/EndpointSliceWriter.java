package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.ResourceKind;
import java.util.List;

/** Writes EndpointSlices. */
final class EndpointSliceWriter implements KindWriter<EndpointSlice> {

    @Override
    public void write(ObjectNode written, EndpointSlice slice, Surroundings around) {
        ArrayNode endpoints = written.putArray("endpoints");
        String namespace = slice.metadata().namespace();
        slice.endpoints().forEach(endpoint -> endpoint(endpoints.addObject(), endpoint, namespace));
        ArrayNode ports = written.putArray("ports");
        for (EndpointSlice.Port port : slice.ports()) {
            ports.addObject().put("name", port.name()).put("port", port.port()).put("protocol", port.protocol());
        }
    }

    private static void endpoint(ObjectNode written, Endpoint endpoint, String namespace) {
        written.putArray("addresses").add(endpoint.address());
        written.putObject("conditions")
                .put("ready", endpoint.ready())
                .put("serving", endpoint.serving())
                .put("terminating", endpoint.terminating());
        if (!endpoint.targetPod().isEmpty()) {
            written.putObject("targetRef")
                    .put("kind", "Pod")
                    .put("namespace", namespace)
                    .put("name", endpoint.targetPod());
        }
        Json.text(written, "nodeName", endpoint.nodeName());
        Json.text(written, "zone", endpoint.zone());
        if (!endpoint.forZones().isEmpty() || !endpoint.forNodes().isEmpty()) {
            ObjectNode hints = written.putObject("hints");
            names(hints, "forZones", endpoint.forZones());
            names(hints, "forNodes", endpoint.forNodes());
        }
    }

    private static void names(ObjectNode hints, String field, List<String> names) {
        if (!names.isEmpty()) {
            ArrayNode written = hints.putArray(field);
            names.forEach(name -> written.addObject().put("name", name));
        }
    }

    @Override
    public void complete(ObjectNode written, EndpointSlice slice, Surroundings around) {
        Json.absent(written, "addressType", "IPv4");
        ObjectNode metadata = Json.objectIn(written, "metadata");
        OwnerReference owner = slice.metadata().controller();
        if (owner != null && slice.metadata().name().startsWith(owner.name() + "-")) {
            Json.absent(metadata, "generateName", owner.name() + "-");
        }
        for (int i = 0; i < slice.endpoints().size(); i++) {
            ObjectNode reference = Json.objectIn(written.path("endpoints").path(i), "targetRef");
            ObjectKey key = new ObjectKey(
                    ResourceKind.POD,
                    slice.metadata().namespace(),
                    slice.endpoints().get(i).targetPod());
            KubernetesObject pod = reference.isEmpty() ? null : around.objects().apply(key);
            if (pod != null) {
                Json.absent(reference, "uid", pod.metadata().uid());
            }
        }
    }
}
