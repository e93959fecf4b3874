package dev.wavetank.node;

import dev.wavetank.model.Lifecycle.Hook;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ProcessLife;
import dev.wavetank.model.Times;
import dev.wavetank.network.AppServer;
import org.jspecify.annotations.Nullable;

/**
 * Stops one container as {@link ContainerKill} decides: preStop hook, a sidecar's wait for the others, SIGTERM, and SIGKILL
 * at the end of its grace.
 */
final class ContainerStop {

    private final Kubelet kubelet;
    private final Pod pod;
    private final ContainerSlot slot;
    private final ProcessLife life;
    private ContainerKill kill;
    private boolean othersGone;
    private boolean waiting;
    private long stepBegan;
    private long stepDue;
    private long stepTimer;
    private @Nullable Runnable stepEnd;
    private long signalledAt = Times.NONE;
    private long killTimer;

    /**
     * A stop that has not begun.
     *
     * @param waitsForOthers true for a sidecar that is signalled only after others have ended; see {@link #othersGone}
     */
    ContainerStop(Kubelet kubelet, Pod pod, ContainerSlot slot, ContainerKill kill, boolean waitsForOthers) {
        this.kubelet = kubelet;
        this.pod = pod;
        this.slot = slot;
        this.life = kubelet.behaviorOf(pod, slot).life();
        this.kill = kill;
        this.othersGone = !waitsForOthers;
    }

    /** Begins now; {@code onExit} runs once the container has ended, at once if it is not running. */
    void begin(Runnable onExit) {
        if (slot.server() == null) {
            kubelet.after(0, onExit);
            return;
        }
        slot.markBeingKilled(() -> {
            kubelet.cancel(killTimer);
            kubelet.cancel(stepTimer);
            stepEnd = null;
            onExit.run();
        });
        Hook preStop = slot.container().lifecycle().preStop();
        if (preStop == null || !kill.hasTimeLeft()) {
            waitForOthers();
        } else {
            runHook(preStop);
        }
    }

    private void runHook(Hook hook) {
        long takes = HookTime.of(hook, life.preStop(), kubelet.random());
        AppServer server = slot.server();
        boolean unanswered = hook instanceof Hook.HttpGet && (server == null || !server.isListening());
        boolean fails = !(hook instanceof Hook.Sleep) && (life.preStopFails() || unanswered);
        step(Math.min(unanswered ? 0 : takes, kill.stepLimitNanos()), () -> {
            if (fails) {
                kubelet.record(pod, slot.fieldPath(), "Warning", "FailedPreStopHook", "PreStopHook failed");
            }
            waitForOthers();
        });
    }

    private void waitForOthers() {
        if (othersGone || !kill.hasTimeLeft()) {
            signal();
        } else {
            waiting = true;
            step(kill.stepLimitNanos(), this::signal);
        }
    }

    /** All containers this one waits for have ended. */
    void othersGone() {
        othersGone = true;
        if (waiting) {
            waiting = false;
            endStep();
        }
    }

    /** A stretch of time that is taken off the grace when it is over. */
    private void step(long nanos, Runnable then) {
        stepBegan = kubelet.simulation().now();
        stepEnd = then;
        stepDue = stepBegan + nanos;
        stepTimer = kubelet.at(stepDue, this::endStep);
    }

    private void endStep() {
        kubelet.cancel(stepTimer);
        kill = kill.after(kubelet.simulation().now() - stepBegan);
        Runnable then = stepEnd;
        stepEnd = null;
        if (then != null) {
            then.run();
        }
    }

    private void signal() {
        AppServer server = slot.server();
        if (server == null) {
            return;
        }
        signalledAt = kubelet.simulation().now();
        killTimer = kubelet.after(kill.stopTimeoutSeconds() * Times.SECOND, this::kill);
        if (life.ignoresSigterm()) {
            return;
        }
        if (life.sigtermExitCode() == 0) {
            server.terminate();
        } else {
            server.crash(life.sigtermExitCode());
        }
    }

    private void kill() {
        AppServer server = slot.server();
        if (server != null) {
            server.kill();
        }
    }

    /** Grants less time than before, from now on. */
    void shorten(long graceSeconds) {
        long now = kubelet.simulation().now();
        kill = new ContainerKill(Math.min(kill.graceSeconds(), graceSeconds));
        if (Times.isSet(signalledAt)) {
            kubelet.cancel(killTimer);
            long at = signalledAt + kill.stopTimeoutSeconds() * Times.SECOND;
            killTimer = kubelet.at(Math.max(at, now), this::kill);
        } else if (stepEnd != null) {
            stepDue = Math.min(stepDue, Math.max(stepBegan + kill.stepLimitNanos(), now));
            kubelet.cancel(stepTimer);
            stepTimer = kubelet.at(stepDue, this::endStep);
        }
    }
}
