package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.Times;
import dev.wavetank.node.ContainerHealth;
import dev.wavetank.node.ProbeResult;
import dev.wavetank.node.ProbeStep;
import dev.wavetank.node.ProbeStep.Next;
import dev.wavetank.node.ProbeType;
import dev.wavetank.node.ProbeWorker;
import dev.wavetank.node.ProbedContainer;
import dev.wavetank.node.RawProbeResult;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The reduced kubelet the prober-schedule vectors were recorded with: relists, one sync at a time, containers that start and
 * stop at once. The README beside the vectors has its rules. Times are milliseconds.
 */
final class ProbedPodRun {

    private static final long UNSET = -1;

    private record Event(long at, long order, Runnable action) {}

    /** One run of the container. */
    private record Run(long id, long startedAt) {
        static final Run NONE = new Run(ProbedContainer.NO_ID, UNSET);

        ContainerState state() {
            return id == ProbedContainer.NO_ID
                    ? new ContainerState.Waiting("ContainerCreating", "")
                    : new ContainerState.Running(startedAt * Times.MILLISECOND);
        }
    }

    private final JsonNode input;
    private final JsonNode kubelet;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
    private final Map<ProbeType, ProbeWorker> workers = new EnumMap<>(ProbeType.class);
    private final ArrayNode attempts;
    private final ArrayNode transitions;
    private final ArrayNode syncs;
    private final ObjectNode answer = Json.object();

    private long now;
    private long scheduled;
    private Run running = Run.NONE;
    private Run relisted = Run.NONE;
    private Run published = Run.NONE;
    private boolean started;
    private boolean ready;
    private boolean syncing;
    private long requestedAt = UNSET;
    private boolean relistedSinceSync;

    ProbedPodRun(JsonNode input) {
        this.input = input;
        this.kubelet = input.get("kubelet");
        attempts = answer.putArray("attempts");
        transitions = answer.putArray("transitions");
        syncs = answer.putArray("syncs");
    }

    ObjectNode run() {
        long horizon = input.get("horizonMs").longValue();
        at(kubelet.get("relistPhaseMs").longValue(), this::periodicRelist);
        at(kubelet.get("firstSyncMs").longValue(), this::firstSync);
        while (!events.isEmpty() && events.peek().at() <= horizon) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        return answer;
    }

    private void at(long time, Runnable action) {
        events.add(new Event(time, scheduled++, action));
    }

    private void firstSync() {
        for (Map.Entry<String, JsonNode> probe : input.get("probes").properties()) {
            ProbeType type = ProbeInputs.type(probe.getKey());
            ProbeWorker worker =
                    new ProbeWorker(type, ProbeInputs.probe(probe.getValue()), false, now * Times.MILLISECOND);
            workers.put(type, worker);
            scheduleTick(worker);
        }
        syncing = true;
        recordSync(Run.NONE);
        at(kubelet.get("containerStartMs").longValue(), () -> startContainer(1));
    }

    private void startContainer(long id) {
        running = new Run(id, now);
        transition("containerStarted", id);
        syncing = false;
        relistedSinceSync = false;
        if (kubelet.path("onDemandRelist").asBoolean()) {
            relist();
        } else {
            serveRequest();
        }
    }

    private void periodicRelist() {
        relist();
        at(now + kubelet.get("relistPeriodMs").longValue(), this::periodicRelist);
    }

    private void relist() {
        relistedSinceSync = true;
        if (relisted.id() != running.id()) {
            relisted = running;
            request();
        }
        serveRequest();
    }

    private void request() {
        if (requestedAt == UNSET) {
            requestedAt = now;
            serveRequest();
        }
    }

    private void serveRequest() {
        if (requestedAt == UNSET || syncing || !relistedSinceSync) {
            return;
        }
        if (now > requestedAt) {
            sync();
        } else {
            at(now + 1, this::serveRequest);
        }
    }

    private void sync() {
        requestedAt = UNSET;
        relistedSinceSync = false;
        recordSync(relisted);
        ContainerHealth health = ContainerHealth.of(
                relisted.id(), relisted.state(), workers.get(ProbeType.STARTUP), workers.get(ProbeType.READINESS));
        boolean triggerFirst = kubelet.path("manualTriggerSeesOldStatus").asBoolean();
        ProbeWorker readiness = workers.get(ProbeType.READINESS);
        if (health.triggersReadinessProbe() && readiness != null) {
            readiness.trigger(now * Times.MILLISECOND);
            if (triggerFirst) {
                tickIfDue(readiness);
            } else {
                scheduleTick(readiness);
            }
        }
        published = relisted;
        started = health.started();
        publishReady(health.ready());
        killIfUnhealthy();
    }

    private void killIfUnhealthy() {
        for (ProbeWorker worker : workers.values()) {
            if (worker.asksToKill(view(relisted)) && running.id() == relisted.id()) {
                transition(worker.type() == ProbeType.LIVENESS ? "killForLiveness" : "killForStartup", running.id());
                syncing = true;
                at(now + kubelet.get("stopToExitMs").longValue(), this::exitAndStartAgain);
                return;
            }
        }
    }

    private void exitAndStartAgain() {
        transition("exited", running.id());
        startContainer(running.id() + 1);
    }

    private ProbedContainer view(Run run) {
        return new ProbedContainer(PodPhase.RUNNING, run.id(), run.state(), started, true);
    }

    private void scheduleTick(ProbeWorker worker) {
        long due = worker.nextTickAt();
        if (due != ProbeWorker.NEVER) {
            at(Math.max(now, due / Times.MILLISECOND), () -> tickIfDue(worker));
        }
    }

    /** Ticks are asked for more than once when triggers come between; the early ones find nothing due. */
    private void tickIfDue(ProbeWorker worker) {
        if (worker.nextTickAt() > now * Times.MILLISECOND) {
            return;
        }
        ProbeStep step = worker.onTick(now * Times.MILLISECOND, view(published));
        apply(worker, step);
        if (step.next() == Next.PROBE) {
            attempt(worker);
        } else {
            scheduleTick(worker);
        }
    }

    private void attempt(ProbeWorker worker) {
        boolean success = succeeds(worker.type());
        String probe = worker.type().name().toLowerCase(Locale.ROOT);
        attempts.add(Json.object()
                .put("atMs", now)
                .put("probe", probe)
                .put("success", success)
                .put("containerId", running.id()));
        at(now + input.at("/app/probeLatencyMs").longValue(), () -> {
            apply(worker, worker.onResult(success ? RawProbeResult.SUCCESS : RawProbeResult.FAILURE));
            scheduleTick(worker);
        });
    }

    private boolean succeeds(ProbeType type) {
        long age = now - running.startedAt();
        JsonNode outage = input.path("firstContainerFailsProbes");
        if (running.id() == 1 && !outage.isMissingNode()) {
            String which = outage.get("which").textValue();
            boolean concerned = which.equals("all") || ProbeInputs.type(which) == type;
            boolean within = age >= outage.get("fromMsAfterStart").longValue()
                    && age < outage.get("toMsAfterStart").longValue();
            if (concerned && within) {
                return false;
            }
        }
        return age >= input.at("/app/startMs").longValue();
    }

    private void apply(ProbeWorker worker, ProbeStep step) {
        if (step.resultChanged()) {
            boolean success = resultOfPublished(worker) == ProbeResult.SUCCESS;
            if (worker.type() == ProbeType.READINESS) {
                publishReady(success);
            } else if (worker.type() == ProbeType.STARTUP) {
                started = success;
                if (success) {
                    transition("started", published.id());
                }
            }
        }
        if (step.syncRequested()) {
            request();
        }
    }

    private @Nullable ProbeResult resultOfPublished(ProbeWorker worker) {
        return worker.resultFor(published.id());
    }

    private void publishReady(boolean nowReady) {
        if (nowReady != ready) {
            ready = nowReady;
            transition(nowReady ? "ready" : "notReady", published.id());
        }
    }

    private void transition(String what, long id) {
        transitions.add(Json.object().put("atMs", now).put("what", what).put("containerId", id));
    }

    private void recordSync(Run seen) {
        ObjectNode sync = Json.object()
                .put("atMs", now)
                .put("containerId", seen.id())
                .put("containerState", seen.id() == ProbedContainer.NO_ID ? "absent" : "running");
        if (seen.startedAt() != UNSET) {
            sync.put("startedAtMs", seen.startedAt());
        }
        if (kubelet.path("manualTriggerSeesOldStatus").asBoolean()) {
            sync.put("manualTriggerSeesOldStatus", true);
        }
        syncs.add(sync);
    }
}
