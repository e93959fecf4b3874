package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What speaks for and against a node.
 *
 * @param rejection null if the node can take the pod
 * @param weightedScores by plugin, those that had something to say; empty if the node is rejected
 * @param totalScore their sum
 */
public record NodeVerdict(
        String node, @Nullable Rejection rejection, ImmutableMap<String, Long> weightedScores, long totalScore) {

    static NodeVerdict fits(String node, Map<String, Long> weightedScores, long totalScore) {
        return new NodeVerdict(node, null, ImmutableMap.copyOf(weightedScores), totalScore);
    }

    static NodeVerdict rejected(String node, Rejection rejection) {
        return new NodeVerdict(node, rejection, ImmutableMap.of(), 0);
    }
}
