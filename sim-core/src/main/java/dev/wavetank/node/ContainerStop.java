package dev.wavetank.node;

import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Lifecycle.Hook;
import dev.wavetank.model.Times;
import dev.wavetank.network.AppServer;

/** Stops one container as {@link ContainerKill} decides: preStop hook, SIGTERM, and SIGKILL at the end of its grace. */
final class ContainerStop {

    private final ContainerSlot slot;
    private final Simulation simulation;
    private ContainerKill kill;
    private long signalledAt = Times.NONE;
    private long killTimer;

    /** Begins to stop the container now; {@code onExit} runs once it has ended, at once if it is not running. */
    ContainerStop(Simulation simulation, ContainerSlot slot, ContainerKill kill, Runnable onExit) {
        this.slot = slot;
        this.simulation = simulation;
        this.kill = kill;
        if (slot.server() == null) {
            simulation.after(0, onExit::run);
            return;
        }
        slot.markBeingKilled(() -> {
            simulation.cancel(killTimer);
            onExit.run();
        });
        Hook preStop = slot.container().lifecycle().preStop();
        if (preStop == null || !kill.hasTimeLeft()) {
            signal();
        } else {
            runHook(preStop);
        }
    }

    private void runHook(Hook hook) {
        long takes = hook instanceof Hook.Sleep sleep ? sleep.seconds() * Times.SECOND : 0;
        long spent = Math.min(takes, kill.stepLimitNanos());
        simulation.after(spent, () -> {
            kill = kill.after(spent);
            signal();
        });
    }

    private void signal() {
        AppServer server = slot.server();
        if (server != null) {
            signalledAt = simulation.now();
            killTimer = simulation.after(kill.stopTimeoutSeconds() * Times.SECOND, this::kill);
            server.terminate();
        }
    }

    private void kill() {
        AppServer server = slot.server();
        if (server != null) {
            server.kill();
        }
    }

    /** Grants less time than before. */
    void shorten(long graceSeconds) {
        kill = new ContainerKill(Math.min(kill.graceSeconds(), graceSeconds));
        if (Times.isSet(signalledAt)) {
            simulation.cancel(killTimer);
            long at = signalledAt + kill.stopTimeoutSeconds() * Times.SECOND;
            killTimer = simulation.at(Math.max(at, simulation.now()), this::kill);
        }
    }
}
