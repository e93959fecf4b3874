package dev.wavetank.scenario;

import dev.wavetank.model.Pod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which pod a step means.
 *
 * @param deployment whose pod
 * @param which {@code oldest}, {@code newest}, or the start of a pod's name
 */
record PodChoice(String deployment, String which) {

    String describe() {
        return deployment.isEmpty() ? which : which + " of deployment/" + deployment;
    }

    /** The pod among those of the Deployment, oldest first, that are not on their way out; null if there is none. */
    @Nullable
    Pod among(List<Pod> pods) {
        List<Pod> staying =
                pods.stream().filter(pod -> !pod.metadata().isBeingDeleted()).toList();
        if (staying.isEmpty()) {
            return null;
        }
        return switch (which) {
            case "oldest" -> staying.get(0);
            case "newest" -> staying.get(staying.size() - 1);
            default ->
                staying.stream()
                        .filter(pod -> pod.name().startsWith(which))
                        .findFirst()
                        .orElse(null);
        };
    }
}
