package dev.wavetank.model;

import dev.wavetank.engine.Simulation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** What the actors decided and why, in order. Costs nothing unless somebody wants to know. */
public final class DecisionLog {

    /**
     * One decision.
     *
     * @param at when, in nanoseconds
     * @param actor who decided, such as {@code ReplicaSetController}
     * @param about the object it was about
     * @param text what was decided, a colon, and the rule and values that decided it
     */
    public record Decision(long at, String actor, ObjectKey about, String text) {

        /** What was decided. */
        public String outcome() {
            int colon = text.indexOf(": ");
            return colon < 0 ? text : text.substring(0, colon);
        }

        /** The rule and the values that decided it; empty if the outcome speaks for itself. */
        public String because() {
            int colon = text.indexOf(": ");
            return colon < 0 ? "" : text.substring(colon + 2);
        }
    }

    private final Simulation simulation;
    private final boolean on;
    private final List<Decision> decisions = new ArrayList<>();
    private int most = Integer.MAX_VALUE;
    private long dropped;

    /** A log that keeps decisions, or drops them unread. */
    public DecisionLog(Simulation simulation, boolean on) {
        this.simulation = simulation;
        this.on = on;
    }

    /** True if decisions are kept. */
    public boolean isOn() {
        return on;
    }

    /** Records a decision; the text is only made if the log is on. */
    public void record(String actor, ObjectKey about, Supplier<String> text) {
        if (on) {
            decisions.add(new Decision(simulation.now(), actor, about, text.get()));
            if (decisions.size() >= 2L * most) {
                decisions.subList(0, decisions.size() - most).clear();
                dropped += most;
            }
        }
    }

    /** Keeps the last so many and forgets those before them, now and then; all are kept if nobody calls this. */
    public void keepOnly(int most) {
        this.most = most;
    }

    /** How many have been forgotten. */
    public long dropped() {
        return dropped;
    }

    public List<Decision> decisions() {
        return Collections.unmodifiableList(decisions);
    }
}
