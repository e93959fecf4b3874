package dev.wavetank.live.compare;

import dev.wavetank.live.trace.Trace;
import dev.wavetank.live.trace.Trace.Action;
import dev.wavetank.live.trace.Trace.Endpoint;
import dev.wavetank.live.trace.Trace.PodRow;
import dev.wavetank.live.trace.Trace.SliceRow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The durations a trace shows, in milliseconds, by what was waited for. */
public final class Durations {

    private final Observed run;
    private final Map<String, List<Long>> durations = new LinkedHashMap<>();

    private Durations(Observed run) {
        this.run = run;
    }

    /** Those of a trace; what was never seen in it is not there. */
    public static Map<String, List<Long>> of(Trace trace) {
        return of(Observed.of(trace));
    }

    static Map<String, List<Long>> of(Observed run) {
        Durations durations = new Durations(run);
        run.rowsByPod().asMap().forEach((pod, rows) -> durations.addPod(pod, run.rows(pod)));
        durations.addDeeds();
        durations.addWaves();
        return durations.durations;
    }

    private void addPod(String pod, List<PodRow> rows) {
        long created = Observed.created(rows);
        if (created != Observed.NEVER) {
            long bound = Observed.first(rows, created, PodRow::scheduled);
            long creating = Observed.first(rows, bound, row -> row.reason().equals("ContainerCreating"));
            long running = Observed.first(rows, bound, PodRow::isRunning);
            long ready = Observed.first(rows, running, PodRow::ready);
            add("created → bound", created, bound);
            add("bound → ContainerCreating", bound, creating);
            add("ContainerCreating → Running", creating, running);
            add("Running → Ready", running, ready);
            add("Ready → ready endpoint", ready, slice(pod, ready, Endpoint::ready));
        }
        long asked = Observed.deletionBegun(rows);
        long ended = Observed.first(rows, asked, row -> row.terminating() && row.isTerminated());
        add("deletion → terminating endpoint", asked, slice(pod, asked, endpoint -> !endpoint.ready()));
        add("deletion → exit code", asked, ended);
        add("exit code → gone", ended, Observed.first(rows, ended, PodRow::isDeleted));
    }

    /** When a pod's endpoint was first like that; a pod that is in no slice has none. */
    private long slice(String pod, long from, Predicate<Endpoint> condition) {
        if (from == Observed.NEVER) {
            return Observed.NEVER;
        }
        for (SliceRow slice : run.trace().endpoints()) {
            if (slice.at() >= from) {
                for (Endpoint endpoint : slice.endpoints()) {
                    if (endpoint.pod().equals(pod) && condition.test(endpoint)) {
                        return slice.at();
                    }
                }
            }
        }
        return Observed.NEVER;
    }

    private void addDeeds() {
        int crashes = 0;
        for (Action action : run.phases().actions()) {
            Object pod = action.details().get("pod");
            List<PodRow> rows = pod == null ? run.trace().timeline() : run.rows(pod.toString());
            if (action.plainVerb().equals("crash")) {
                crashes++;
                int restarts = crashes;
                long seen = Observed.first(rows, action.at(), PodRow::isTerminated);
                add("crash → Error", action.at(), seen);
                add(
                        "crash " + crashes + " → Running again",
                        action.at(),
                        Observed.first(rows, seen, row -> row.isRunning() && row.restarts() >= restarts));
            } else if (action.plainVerb().equals("ready-disable")) {
                long notReady = Observed.first(rows, action.at(), row -> !row.ready());
                add("readiness off → not Ready", action.at(), notReady);
            } else if (action.plainVerb().equals("ready-enable")) {
                add("readiness on → Ready", action.at(), Observed.first(rows, action.at(), PodRow::ready));
            }
        }
    }

    private void addWaves() {
        Phases phases = run.phases();
        for (int phase = 1; phase < phases.count(); phase++) {
            long first = Observed.NEVER;
            long last = Observed.NEVER;
            for (PodRow row : run.trace().timeline()) {
                if (!row.isExisting() && phases.at(row.at()) == phase) {
                    first = first == Observed.NEVER ? row.at() : first;
                    last = row.at();
                }
            }
            add("action → first change", phases.start(phase), first);
            add("action " + phase + " (" + phases.name(phase) + ") → last change", phases.start(phase), last);
        }
    }

    private void add(String name, long from, long to) {
        if (from != Observed.NEVER && to != Observed.NEVER) {
            durations.computeIfAbsent(name, unused -> new ArrayList<>()).add(to - from);
        }
    }
}
