package dev.wavetank.model.manifest;

import dev.wavetank.model.EventObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.WallClock;

/** Reads Events of the core group. */
final class EventReader {

    private EventReader() {}

    static EventObject read(Field manifest, ObjectMeta metadata, WallClock clock) {
        Field about = manifest.get("involvedObject");
        return new EventObject(
                metadata,
                new ObjectKey(
                        Kinds.named(
                                about.get("apiVersion").text(""),
                                about.get("kind").text("")),
                        about.get("namespace").text(""),
                        about.get("name").text("")),
                about.get("uid").text(""),
                about.get("fieldPath").text(""),
                manifest.get("type").text(""),
                manifest.get("reason").text(""),
                manifest.get("message").text(""),
                manifest.get("source").get("component").text(""),
                manifest.get("count").integer(0, 0),
                Read.time(manifest.get("firstTimestamp"), clock),
                Read.time(manifest.get("lastTimestamp"), clock));
    }
}
