package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.cluster.History;
import dev.wavetank.model.DecisionLog.Decision;
import dev.wavetank.network.Traffic;
import java.util.List;

/**
 * What came of a run.
 *
 * @param verdicts one for every expectation and threshold, in the order in which they are written
 * @param endedEarly why the run ended before its time; empty if it did not
 * @param virtualNanos how much virtual time was run, warming up included
 * @param events how many events the engine fired
 */
public record RunResult(
        Scenario scenario,
        History history,
        ImmutableList<Traffic> traffic,
        ImmutableList<Verdict> verdicts,
        List<Decision> decisions,
        String endedEarly,
        long virtualNanos,
        long events) {

    /**
     * Whether an expectation held.
     *
     * @param at the instant that decided it, in nanoseconds since the scenario's first moment
     * @param detail what was seen there; empty if there is nothing to add
     */
    public record Verdict(Expectation expectation, boolean held, long at, String detail) {

        /** When the condition should have held, as a phrase. */
        public String form() {
            return expectation.form().describe();
        }

        /** The condition, in CEL. */
        public String condition() {
            return expectation.that();
        }

        /** The expectation as a sentence. */
        public String text() {
            return form() + ": " + condition();
        }
    }

    /** True if everything held and the run went on to its end. */
    public boolean held() {
        return endedEarly.isEmpty() && verdicts.stream().allMatch(Verdict::held);
    }
}
