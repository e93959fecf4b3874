package dev.wavetank.node;

import dev.wavetank.model.ContainerState;
import dev.wavetank.model.Times;
import dev.wavetank.network.AppServer;
import org.jspecify.annotations.Nullable;

/** One run of a container: from its creation until its process has ended and the runtime knows. */
final class ContainerRun {

    private final long id;
    private final long startedAt;
    private @Nullable AppServer server;
    private @Nullable ContainerCounters counters;
    private long finishedAt = Times.NONE;
    private int exitCode;

    /** A run that starts now. The id is unique on its node and above 0. */
    ContainerRun(long id, long startedAt) {
        this.id = id;
        this.startedAt = startedAt;
    }

    long id() {
        return id;
    }

    /** The process; null only before it has been started. */
    @Nullable
    AppServer server() {
        return server;
    }

    void setServer(AppServer server) {
        this.server = server;
    }

    @Nullable
    ContainerCounters counters() {
        return counters;
    }

    void setCounters(ContainerCounters counters) {
        this.counters = counters;
    }

    boolean isFinished() {
        return Times.isSet(finishedAt);
    }

    long finishedAt() {
        return finishedAt;
    }

    int exitCode() {
        return exitCode;
    }

    void finish(int exitCode, long now) {
        this.exitCode = exitCode;
        this.finishedAt = now;
    }

    /** The state as a look at {@code seenAt} finds it; times are in whole seconds, as the runtime's report is stored. */
    ContainerState stateAt(long seenAt) {
        if (!isFinished() || finishedAt > seenAt) {
            return new ContainerState.Running(Times.stored(startedAt));
        }
        return new ContainerState.Terminated(
                exitCode, exitCode == 0 ? "Completed" : "Error", Times.stored(startedAt), Times.stored(finishedAt));
    }
}
