package dev.wavetank.node;

import dev.wavetank.model.ContainerState;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.Probe;
import dev.wavetank.model.Times;
import dev.wavetank.node.ProbeStep.Next;
import org.jspecify.annotations.Nullable;

/**
 * Probes one container for one purpose: decides at each tick whether to probe, and what the results add up to. It is
 * created once per pod and lives across restarts of the container.
 *
 * <p>It has no clock and touches nothing: the kubelet calls {@link #onTick} at {@link #nextTickAt}, makes the attempt if
 * asked to, and hands in what came of it.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/prober/worker.go.
 */
public final class ProbeWorker {

    /** No tick is due until something else happens. */
    public static final long NEVER = Long.MAX_VALUE;

    private final ProbeType type;
    private final Probe probe;
    private final boolean podWasBeingDeleted;
    private final ProbeTicker ticker;

    private long containerId = ProbedContainer.NO_ID;
    private @Nullable ProbeResult result;
    private @Nullable ProbeResult lastResult;
    private int resultRun;
    private boolean onHold;
    private boolean probing;
    private boolean ended;
    private boolean resultChanged;
    private boolean syncRequested;

    /**
     * A worker whose first tick is at {@code start}.
     *
     * @param podWasBeingDeleted true if the pod is on its way out already, as after a restart of the kubelet
     * @param start nanoseconds; see {@link #startTime}
     */
    public ProbeWorker(ProbeType type, Probe probe, boolean podWasBeingDeleted, long start) {
        this.type = type;
        this.probe = probe;
        this.podWasBeingDeleted = podWasBeingDeleted;
        this.ticker = new ProbeTicker(start, probe.periodSeconds());
    }

    /**
     * When a worker created at {@code now} begins. A kubelet younger than the period spreads its workers over one, so that
     * its restart does not make all pods be probed together.
     *
     * @param kubeletAge nanoseconds since the kubelet started
     * @param fraction a random number from 0 to 1
     */
    public static long startTime(long now, long kubeletAge, int periodSeconds, double fraction) {
        long period = periodSeconds * Times.SECOND;
        return period > kubeletAge ? now + (long) (fraction * period) : now;
    }

    public ProbeType type() {
        return type;
    }

    public Probe probe() {
        return probe;
    }

    /** When {@link #onTick} is due; at once if that is past, {@link #NEVER} while an attempt is under way or once ended. */
    public long nextTickAt() {
        return probing || ended ? NEVER : ticker.nextTickAt();
    }

    /** Asks for an attempt right away. The kubelet does so at every sync that finds a started container not ready. */
    public void trigger(long now) {
        ticker.trigger(now);
    }

    /**
     * Decides whether to probe. Only while no attempt is under way.
     *
     * @param now nanoseconds
     * @param seen the container in the status last published; null if there is none yet
     */
    public ProbeStep onTick(long now, @Nullable ProbedContainer seen) {
        ticker.take(now);
        resultChanged = false;
        syncRequested = false;
        Next next = seen == null ? Next.WAIT : decide(now, seen);
        probing = next == Next.PROBE;
        ended = next == Next.END;
        return new ProbeStep(next, resultChanged, syncRequested);
    }

    private Next decide(long now, ProbedContainer seen) {
        if (seen.podPhase() == PodPhase.SUCCEEDED || seen.podPhase() == PodPhase.FAILED) {
            return Next.END;
        }
        if (seen.id() == ProbedContainer.NO_ID) {
            return Next.WAIT;
        }
        if (seen.id() != containerId) {
            adopt(seen.id());
        }
        if (onHold) {
            return Next.WAIT;
        }
        if (!(seen.state() instanceof ContainerState.Running running)) {
            store(ProbeResult.FAILURE);
            return seen.willRestart() ? Next.WAIT : Next.END;
        }
        if (podWasBeingDeleted && type != ProbeType.READINESS) {
            store(ProbeResult.SUCCESS);
            return Next.END;
        }
        // startedAt is known in whole seconds, so the delay runs up to a second short
        long firstAttempt = Times.stored(running.startedAt()) + probe.initialDelaySeconds() * Times.SECOND;
        if (now < firstAttempt) {
            return Next.WAIT;
        }
        boolean startingUp = type == ProbeType.STARTUP;
        return startingUp == seen.started() ? Next.WAIT : Next.PROBE;
    }

    /** The counters stay as they are: failures of the run before count on. */
    private void adopt(long newContainerId) {
        containerId = newContainerId;
        onHold = false;
        result = null;
        store(type.initialResult());
    }

    /** Takes in how the attempt ended that the last tick asked for. */
    public ProbeStep onResult(RawProbeResult raw) {
        probing = false;
        resultChanged = false;
        syncRequested = false;
        ProbeResult counted = raw.counted();
        if (counted != null) {
            count(counted);
        }
        return new ProbeStep(Next.WAIT, resultChanged, syncRequested);
    }

    private void count(ProbeResult counted) {
        resultRun = counted == lastResult ? resultRun + 1 : 1;
        lastResult = counted;
        int threshold = counted == ProbeResult.SUCCESS ? probe.successThreshold() : probe.failureThreshold();
        if (resultRun < threshold) {
            return;
        }
        store(counted);
        boolean settled = type == ProbeType.STARTUP || (type == ProbeType.LIVENESS && counted == ProbeResult.FAILURE);
        if (settled) {
            onHold = true;
            resultRun = 0;
        }
    }

    private void store(ProbeResult newResult) {
        if (newResult != result) {
            result = newResult;
            resultChanged = true;
            syncRequested |= type.syncsOn(newResult);
        }
    }

    /** The stored result for a run of the container, or null if this worker does not know that run. */
    public @Nullable ProbeResult resultFor(long id) {
        return id != ProbedContainer.NO_ID && id == containerId ? result : null;
    }

    /** True if the kubelet's next sync kills this running container: it failed its liveness or startup probe. */
    public boolean asksToKill(ProbedContainer container) {
        return type != ProbeType.READINESS
                && container.state() instanceof ContainerState.Running
                && resultFor(container.id()) == ProbeResult.FAILURE;
    }

    /** Attempts in a row that counted the same; 0 after one that settled the matter for this container. */
    public int resultRun() {
        return resultRun;
    }

    /** True if this container is not probed any more: it is up, or is to be killed. */
    public boolean onHold() {
        return onHold;
    }
}
