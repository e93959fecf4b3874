package dev.wavetank.node;

import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodSpec.RestartPolicy;
import dev.wavetank.network.AppServer;
import org.jspecify.annotations.Nullable;

/** One container of a pod over all its runs: what it is doing, what the kubelet has seen of that, and what it has told. */
final class ContainerSlot {

    private final Container container;
    private final CrashLoopBackOff backOff = new CrashLoopBackOff(CrashLoopBackOff.Limits.DEFAULT);
    private ContainerState state = new ContainerState.Waiting("", "");
    private @Nullable ContainerState lastState;
    private @Nullable ContainerRun run;
    private ContainerHealth health = new ContainerHealth(false, false, false);
    private @Nullable ProbedContainer published;
    private int restartCount;
    private boolean beingKilled;
    private boolean cleared;
    private @Nullable Runnable onExit;

    ContainerSlot(Container container) {
        this.container = container;
    }

    Container container() {
        return container;
    }

    /** The container as the kubelet last saw it. */
    ContainerState state() {
        return state;
    }

    boolean isRunning() {
        return state instanceof ContainerState.Running;
    }

    /** Seen to have stopped, and not yet on its way to another start. */
    boolean hasStopped() {
        ContainerRun last = run;
        return last != null && last.isFinished() && !isRunning();
    }

    boolean needsStart() {
        return run == null || cleared;
    }

    long runId() {
        ContainerRun current = run;
        return current == null ? ProbedContainer.NO_ID : current.id();
    }

    @Nullable
    AppServer server() {
        ContainerRun current = run;
        return current == null || current.isFinished() ? null : current.server();
    }

    /** The counters of the latest run, if there has been one. */
    @Nullable
    ContainerCounters counters() {
        ContainerRun current = run;
        return current == null ? null : current.counters();
    }

    @Nullable
    ProbedContainer published() {
        return published;
    }

    boolean isBeingKilled() {
        return beingKilled;
    }

    void waitFor(String reason, String message) {
        state = new ContainerState.Waiting(reason, message);
    }

    void started(ContainerRun next) {
        if (run != null) {
            restartCount++;
        }
        run = next;
        cleared = false;
        beingKilled = false;
    }

    /** Sees the container as a look at that instant found it. */
    void look(long seenAt) {
        ContainerRun current = run;
        if (current == null || cleared) {
            return;
        }
        ContainerState found = current.stateAt(seenAt);
        boolean refused = state instanceof ContainerState.Waiting waiting
                && waiting.reason().equals("CrashLoopBackOff");
        if (found instanceof ContainerState.Terminated) {
            lastState = found;
            if (refused) {
                return;
            }
        }
        state = found;
    }

    /** Takes on a new judgement; true if readiness or being started changed. */
    boolean setHealth(ContainerHealth judged) {
        boolean changed = judged.ready() != health.ready() || judged.started() != health.started();
        health = judged;
        return changed;
    }

    ContainerStatus status(boolean terminal) {
        ContainerRun current = run;
        boolean everStarted = current != null;
        ContainerState shown = state;
        if (terminal && current != null && current.isFinished()) {
            shown = current.stateAt(current.finishedAt());
        }
        boolean stopped = shown instanceof ContainerState.Terminated;
        return new ContainerStatus(
                container.name(),
                shown,
                everStarted && !stopped ? lastState : null,
                health.ready() && isRunning(),
                health.started() && isRunning(),
                restartCount);
    }

    void publish(PodPhase phase, boolean willRestart) {
        published = new ProbedContainer(phase, runId(), state, health.started(), willRestart);
    }

    /** True if a run that ended now would be followed by another. */
    boolean willRestart(RestartPolicy policy) {
        ContainerRun current = run;
        int exitCode = current == null || !current.isFinished() ? 1 : current.exitCode();
        return RestartPolicies.restarts(policy, container.sidecar(), exitCode);
    }

    CrashLoopBackOff.Attempt attemptRestart(long now) {
        ContainerRun last = run;
        return backOff.attempt(now, last == null ? now : last.finishedAt());
    }

    void clearForRestart() {
        cleared = true;
    }

    void refuse(CrashLoopBackOff.Attempt attempt, Pod pod) {
        ObjectMeta metadata = pod.metadata();
        waitFor(
                "CrashLoopBackOff",
                CrashLoopBackOff.message(
                        attempt.backOffNanos(),
                        container.name(),
                        metadata.name(),
                        metadata.namespace(),
                        metadata.uid()));
    }

    void markBeingKilled(Runnable onExit) {
        this.beingKilled = true;
        this.onExit = onExit;
    }

    /** The process has ended and the runtime knows. */
    void exited(ContainerRun ended) {
        Runnable next = onExit;
        if (ended == run && next != null) {
            onExit = null;
            next.run();
        }
    }

    void event(Kubelet kubelet, Pod pod, String type, String reason, String message) {
        kubelet.events().record(pod, "spec.containers{" + container.name() + "}", type, reason, message);
    }
}
