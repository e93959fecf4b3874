package dev.wavetank.node;

import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodSpec.RestartPolicy;
import dev.wavetank.model.Resources;
import dev.wavetank.network.AppServer;
import dev.wavetank.node.ObservedContainer.Role;
import org.jspecify.annotations.Nullable;

/** One container of a pod over all its runs: what it is doing, what the kubelet has seen of that, and what it has told. */
final class ContainerSlot {

    private static final int EXIT_LOST = 137;

    private Container container;
    private boolean resized;
    private final Role role;
    private final CrashLoopBackOff restartBackOff;
    private final ImagePullBackOff pullBackOff = new ImagePullBackOff();
    private final String firstWaitingReason;
    private ContainerState state;
    private @Nullable ContainerState lastState;
    private @Nullable ContainerRun run;
    private ContainerHealth health = new ContainerHealth(false, false, false);
    private @Nullable ProbedContainer published;
    private int restartCount;
    private boolean beingKilled;
    private @Nullable Runnable onExit;

    /** A container that has never run; until it does it waits for the reason given. */
    ContainerSlot(Container container, Role role, CrashLoopBackOff.Limits limits, String firstWaitingReason) {
        this.container = container;
        this.role = role;
        this.restartBackOff = new CrashLoopBackOff(limits);
        this.firstWaitingReason = firstWaitingReason;
        this.state = new ContainerState.Waiting(firstWaitingReason, "");
    }

    Container container() {
        return container;
    }

    /** Other resources are in force from now on, in the process that runs as in those to come. */
    void resize(Container changed) {
        container = changed;
        resized = true;
        AppServer process = server();
        if (process != null) {
            Resources limits = changed.limits();
            process.setLimits(
                    new AppBehavior.Limits(process.limits().cores(), limits.cpuMillis(), limits.memoryBytes()));
        }
        ContainerCounters counted = counters();
        if (counted != null) {
            counted.resized(changed);
        }
    }

    /** What its process has in use now. */
    long memoryBytes() {
        AppServer process = server();
        return process == null ? 0 : process.memoryBytes();
    }

    String name() {
        return container.name();
    }

    Role role() {
        return role;
    }

    CrashLoopBackOff restartBackOff() {
        return restartBackOff;
    }

    ImagePullBackOff pullBackOff() {
        return pullBackOff;
    }

    /** The container as the kubelet last saw it. */
    ContainerState state() {
        return state;
    }

    @Nullable
    ContainerRun run() {
        return run;
    }

    long runId() {
        ContainerRun current = run;
        return current == null ? ProbedContainer.NO_ID : current.id();
    }

    /** The process, while one runs. */
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

    ContainerHealth health() {
        return health;
    }

    /** What the last look found, in the words a sync decides by. */
    PodActions.Member observed(@Nullable ProbeType failedProbe) {
        ContainerRun current = run;
        if (current == null) {
            return new PodActions.Member(role, PodActions.Stage.NEW, false, 0, null);
        }
        if (state instanceof ContainerState.Running) {
            return new PodActions.Member(role, PodActions.Stage.RUNNING, health.started(), 0, failedProbe);
        }
        return new PodActions.Member(role, PodActions.Stage.EXITED, false, current.exitCode(), null);
    }

    void waitFor(String reason, String message) {
        state = new ContainerState.Waiting(reason, message);
    }

    void started(ContainerRun next) {
        if (run != null) {
            restartCount++;
        }
        run = next;
        beingKilled = false;
        if (state instanceof ContainerState.Waiting) {
            state = new ContainerState.Waiting(firstWaitingReason, "");
        }
    }

    /** Sees the container as a look at that instant found it. */
    void look(long seenAt) {
        ContainerRun current = run;
        if (current == null) {
            return;
        }
        ContainerState found = current.stateAt(seenAt);
        boolean ended = found instanceof ContainerState.Terminated;
        boolean waits = state instanceof ContainerState.Waiting && found.equals(lastState);
        if (ended) {
            lastState = found;
        }
        if (!waits) {
            state = found;
        }
    }

    /** Takes on a new judgement; true if readiness or being started changed. */
    boolean setHealth(ContainerHealth judged) {
        boolean changed = judged.ready() != health.ready() || judged.started() != health.started();
        health = judged;
        return changed;
    }

    /**
     * What is told of it.
     *
     * @param lost true if nothing more will happen and one that never ran counts as lost
     */
    ContainerStatus status(boolean lost) {
        ContainerRun current = run;
        ContainerState shown = state;
        if (lost && current != null && current.isFinished()) {
            shown = current.stateAt(current.finishedAt());
        } else if (lost && current == null) {
            shown = new ContainerState.Terminated(EXIT_LOST, "ContainerStatusUnknown", 0, 0);
        }
        boolean runs = shown instanceof ContainerState.Running;
        boolean done = role == Role.INIT && shown instanceof ContainerState.Terminated end && end.exitCode() == 0;
        return new ContainerStatus(
                container.name(),
                shown,
                shown instanceof ContainerState.Terminated ? null : lastState,
                done || (role != Role.INIT && runs && health.ready()),
                runs && health.started(),
                restartCount,
                resized ? container.claim() : null);
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

    /** Where its events say they come from. */
    String fieldPath() {
        String list = role == Role.MAIN ? "containers" : "initContainers";
        return "spec." + list + "{" + container.name() + "}";
    }
}
