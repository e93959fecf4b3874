package dev.wavetank.node;

import dev.wavetank.model.ContainerState;
import dev.wavetank.model.Times;
import dev.wavetank.network.AppServer;
import org.jspecify.annotations.Nullable;

/** One run of a container: from its creation until its process has ended and the runtime knows. */
final class ContainerRun {

    private static final String COMPLETED = "Completed";
    private static final String ERROR = "Error";
    private static final String OOM_KILLED = "OOMKilled";

    private final long id;
    private final long startedAt;
    private @Nullable AppServer server;
    private @Nullable ContainerCounters counters;
    private boolean outOfMemory;
    private long finishedAt = Times.NONE;
    private int exitCode;
    private String reason = "";

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

    /** The kernel is about to kill it for its memory. */
    void markOutOfMemory() {
        outOfMemory = true;
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
        finish(exitCode, outOfMemory ? OOM_KILLED : exitCode == 0 ? COMPLETED : ERROR, now);
    }

    void finish(int exitCode, String reason, long now) {
        this.exitCode = exitCode;
        this.reason = reason;
        this.finishedAt = now;
    }

    /** The state as a look at {@code seenAt} finds it; times are in whole seconds, as the runtime's report is stored. */
    ContainerState stateAt(long seenAt) {
        if (!isFinished() || finishedAt > seenAt) {
            return new ContainerState.Running(Times.stored(startedAt));
        }
        return new ContainerState.Terminated(exitCode, reason, Times.stored(startedAt), Times.stored(finishedAt));
    }
}
