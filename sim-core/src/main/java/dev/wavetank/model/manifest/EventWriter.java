package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Pod;

/** Writes Events of the core group. */
final class EventWriter implements KindWriter<EventObject> {

    @Override
    public void write(ObjectNode written, EventObject event, Surroundings around) {
        ObjectNode about = written.putObject("involvedObject");
        about.put("kind", event.regarding().kind().kind());
        Json.text(about, "namespace", event.regarding().namespace());
        about.put("name", event.regarding().name());
        Json.text(about, "uid", event.regardingUid());
        about.put("apiVersion", event.regarding().kind().apiVersion());
        Json.text(about, "fieldPath", event.fieldPath());
        Json.text(written, "reason", event.reason());
        Json.text(written, "message", event.message());
        ObjectNode source = written.putObject("source");
        Json.text(source, "component", event.source());
        Json.timeOrNull(written, "firstTimestamp", event.firstTimestamp(), around.clock());
        Json.timeOrNull(written, "lastTimestamp", event.lastTimestamp(), around.clock());
        Json.number(written, "count", event.count());
        Json.text(written, "type", event.type());
    }

    @Override
    public void complete(ObjectNode written, EventObject event, Surroundings around) {
        String host = "";
        if (event.source().equals("kubelet")) {
            KubernetesObject about = around.objects().apply(event.regarding());
            host = about instanceof Pod pod ? pod.nodeName() : "";
        }
        ObjectNode source = Json.objectIn(written, "source");
        if (!host.isEmpty()) {
            Json.absent(source, "host", host);
        }
        Json.absent(written, "eventTime", written.nullNode());
        Json.absent(written, "reportingComponent", event.source());
        Json.absent(written, "reportingInstance", host);
    }
}
