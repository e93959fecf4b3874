package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One file of golden vectors: how our decision is called with a case's input, and what counts as the same answer.
 *
 * <p>A topic translates and nothing else. The rule it calls lives with its actor, where {@code explain} quotes it too.
 */
public interface Topic {

    /** The folder the vectors come in: {@code workloads}, {@code nodes}, {@code services}, {@code hpa} or {@code autoscalers}. */
    String group();

    /** The vectors' file name without {@code .json}, such as {@code pod-victims}. */
    String name();

    /** Calls the decision and returns its answer in the shape the file's {@code expected} has. */
    JsonNode answer(JsonNode input);

    /** True if our answer says the same as the recorded one; by default the same tree, numbers compared by value. */
    default boolean agrees(JsonNode input, JsonNode expected, JsonNode got) {
        return Json.same(expected, got);
    }
}
