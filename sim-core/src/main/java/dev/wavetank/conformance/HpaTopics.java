package dev.wavetank.conformance;

import java.util.List;

/** The topics of {@code conformance/hpa}. */
final class HpaTopics {

    private HpaTopics() {}

    static List<Topic> all() {
        return List.of();
    }
}
