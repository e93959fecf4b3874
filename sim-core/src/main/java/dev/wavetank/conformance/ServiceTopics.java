package dev.wavetank.conformance;

import java.util.List;

/** The topics of {@code conformance/services}. */
final class ServiceTopics {

    private ServiceTopics() {}

    static List<Topic> all() {
        return List.of();
    }
}
