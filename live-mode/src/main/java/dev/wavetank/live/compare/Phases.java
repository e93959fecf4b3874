package dev.wavetank.live.compare;

import dev.wavetank.live.trace.Trace;
import dev.wavetank.live.trace.Trace.Action;
import java.util.ArrayList;
import java.util.List;

/** A trace's parts: phase 0 before anything was done to the cluster, phase k after the k-th action. */
final class Phases {

    private final List<Action> actions;

    private Phases(List<Action> actions) {
        this.actions = actions;
    }

    /** Actions that only change the load begin no phase: a simulation's clients change theirs by themselves. */
    static Phases of(Trace trace) {
        List<Action> actions = new ArrayList<>();
        for (Action action : trace.actions()) {
            if (!action.isAboutLoad()) {
                actions.add(action);
            }
        }
        return new Phases(actions);
    }

    int count() {
        return actions.size() + 1;
    }

    List<Action> actions() {
        return actions;
    }

    int at(long moment) {
        int phase = 0;
        while (phase < actions.size() && actions.get(phase).at() <= moment) {
            phase++;
        }
        return phase;
    }

    long start(int phase) {
        return phase == 0 ? Long.MIN_VALUE : actions.get(phase - 1).at();
    }

    long end(int phase) {
        return phase == actions.size() ? Long.MAX_VALUE : actions.get(phase).at();
    }

    /** What a phase is called: the action that began it, numbered where there are several of its kind. */
    String name(int phase) {
        if (phase == 0) {
            return "before";
        }
        String name = what(actions.get(phase - 1));
        int same = 0;
        int nth = 0;
        for (int i = 0; i < actions.size(); i++) {
            if (what(actions.get(i)).equals(name)) {
                same++;
                nth += i < phase ? 1 : 0;
            }
        }
        return same == 1 ? name : name + " " + nth;
    }

    private static String what(Action action) {
        Object replicas = action.details().get("replicas");
        return action.plainVerb() + (replicas == null ? "" : " to " + replicas);
    }
}
