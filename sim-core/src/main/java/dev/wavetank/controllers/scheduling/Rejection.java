package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableList;

/**
 * Why a node is out of the question.
 *
 * @param plugin the filter that said so; the first that does decides
 * @param reasons as they appear in the FailedScheduling event
 * @param code whether preemption might help
 */
public record Rejection(String plugin, ImmutableList<String> reasons, Code code) {

    /** Whether the node would do with fewer pods on it. */
    public enum Code {
        UNSCHEDULABLE("Unschedulable"),
        UNSCHEDULABLE_AND_UNRESOLVABLE("UnschedulableAndUnresolvable");

        private final String text;

        Code(String text) {
            this.text = text;
        }

        /** The code as Kubernetes names it. */
        public String text() {
            return text;
        }
    }

    static Rejection of(String plugin, String reason, Code code) {
        return new Rejection(plugin, ImmutableList.of(reason), code);
    }
}
