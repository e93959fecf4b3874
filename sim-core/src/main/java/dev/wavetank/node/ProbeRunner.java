package dev.wavetank.node;

import dev.wavetank.model.Delay;
import dev.wavetank.model.Times;
import org.jspecify.annotations.Nullable;

/**
 * Drives one probe worker in time: calls it when its ticks are due, makes the attempts it asks for on the process, and
 * hands the results back.
 */
final class ProbeRunner {

    /** What a runner needs to know of, and tell, the pod it belongs to. */
    interface Host {
        /** The container as last published, or null before that. */
        @Nullable
        ProbedContainer seen(int container);

        /** Asks the process in it, as it is now. */
        ProbeAttempt attempt(int container, ProbeWorker worker);

        void resultChanged();

        void requestSync();

        /** An attempt ended; {@code failure} is null if it succeeded. */
        void probed(int container, ProbeType type, @Nullable String failure);
    }

    private final Kubelet kubelet;
    private final Host host;
    private final int container;
    private final ProbeWorker worker;
    private long timer;
    private boolean stopped;

    ProbeRunner(Kubelet kubelet, Host host, int container, ProbeWorker worker) {
        this.kubelet = kubelet;
        this.host = host;
        this.container = container;
        this.worker = worker;
        schedule();
    }

    ProbeWorker worker() {
        return worker;
    }

    int container() {
        return container;
    }

    void stop() {
        stopped = true;
        kubelet.cancel(timer);
    }

    /** Asks for an attempt right away. */
    void trigger() {
        worker.trigger(kubelet.simulation().now());
        schedule();
    }

    private void schedule() {
        kubelet.cancel(timer);
        timer = 0;
        long next = worker.nextTickAt();
        if (!stopped && next != ProbeWorker.NEVER) {
            timer = kubelet.at(Math.max(next, kubelet.simulation().now()), this::tick);
        }
    }

    private void tick() {
        timer = 0;
        ProbeStep step = worker.onTick(kubelet.simulation().now(), host.seen(container));
        report(step);
        if (step.next() == ProbeStep.Next.PROBE) {
            attempt();
        } else {
            schedule();
        }
    }

    private void attempt() {
        ProbeAttempt attempt = host.attempt(container, worker);
        String failure = attempt.failure();
        long takes = attempt.timesOut() ? worker.probe().timeoutSeconds() * Times.SECOND : kubelet.delay(Delay.PROBE);
        kubelet.after(takes, () -> {
            if (stopped) {
                return;
            }
            host.probed(container, worker.type(), failure);
            report(worker.onResult(failure == null ? RawProbeResult.SUCCESS : RawProbeResult.FAILURE));
            schedule();
        });
    }

    private void report(ProbeStep step) {
        if (step.resultChanged() && worker.type() != ProbeType.LIVENESS) {
            host.resultChanged();
        }
        if (step.syncRequested()) {
            host.requestSync();
        }
    }
}
