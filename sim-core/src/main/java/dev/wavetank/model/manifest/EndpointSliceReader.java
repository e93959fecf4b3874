package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.ObjectMeta;

/** Reads EndpointSlices. */
final class EndpointSliceReader {

    private EndpointSliceReader() {}

    static EndpointSlice read(Field manifest, ObjectMeta metadata) {
        return new EndpointSlice(
                metadata,
                manifest.get("endpoints").elements().stream()
                        .map(EndpointSliceReader::endpoint)
                        .collect(ImmutableList.toImmutableList()),
                manifest.get("ports").elements().stream()
                        .map(port -> new EndpointSlice.Port(
                                port.get("name").text(""),
                                (int) port.get("port").longInteger(0, 0, 65_535),
                                port.get("protocol").text("TCP")))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static Endpoint endpoint(Field endpoint) {
        Field conditions = endpoint.get("conditions");
        Field target = endpoint.get("targetRef");
        boolean ready = conditions.get("ready").bool(true);
        Field hints = endpoint.get("hints");
        return new Endpoint(
                endpoint.get("addresses").elements().stream()
                        .findFirst()
                        .map(address -> address.text(""))
                        .orElse(""),
                target.get("kind").text("").equals("Pod") ? target.get("name").text("") : "",
                ready,
                conditions.get("serving").bool(ready),
                conditions.get("terminating").bool(false),
                endpoint.get("nodeName").text(""),
                endpoint.get("zone").text(""),
                names(hints.get("forZones")),
                names(hints.get("forNodes")));
    }

    private static ImmutableList<String> names(Field list) {
        return list.elements().stream().map(each -> each.get("name").text("")).collect(ImmutableList.toImmutableList());
    }
}
