package dev.wavetank.autoscaling.knative;

import org.jspecify.annotations.Nullable;

/**
 * The KPA of one revision: how many pods it wants, from the stable and panic averages and the pods that are ready. It is mutable
 * and owns what must be remembered from one decision to the next: panic mode and the scale-down delay.
 *
 * <p>Bounds such as min-scale are not applied here, see {@link ScaleToZero}. Nor is there any clock: a decision is asked for
 * every 2 seconds, or at once when a request arrives at zero pods.
 *
 * <p>Source: knative serving pkg/autoscaler/scaling/autoscaler.go.
 */
public final class KpaScaler {

    /**
     * What the KPA is told about its revision.
     *
     * @param target what one pod is to take, in requests at a time or per second
     * @param total what one pod can take
     * @param targetBurstCapacity requests to be able to take at once without the activator; 0 or -1 as in {@link RevisionConfig}
     * @param panicThreshold wanted pods over ready pods from which on the KPA panics
     * @param maxScaleUpRate how many times the ready pods may be wanted at most
     * @param maxScaleDownRate what part of the ready pods may be wanted at least: one in so many
     * @param stableWindowNanos how long panic lasts after its last cause
     * @param scaleDownDelayNanos how long a lower wish must last before it counts
     * @param reachable false if no route leads to the revision; then it may go down at once
     * @param activationScale pods wanted at least if any are wanted; 0 or 1 for no such bound
     */
    public record Spec(
            double target,
            double total,
            double targetBurstCapacity,
            double panicThreshold,
            double maxScaleUpRate,
            double maxScaleDownRate,
            long stableWindowNanos,
            long scaleDownDelayNanos,
            boolean reachable,
            int activationScale) {

        /** The spec that a revision's settings amount to. */
        public static Spec of(RevisionConfig revision, AutoscalerConfig config) {
            return new Spec(
                    revision.target(),
                    revision.total(),
                    revision.targetBurstCapacity(),
                    revision.panicThreshold(),
                    config.maxScaleUpRate(),
                    config.maxScaleDownRate(),
                    revision.stableWindowNanos(),
                    revision.scaleDownDelayNanos(),
                    revision.reachable(),
                    revision.activationScale());
        }
    }

    /** What settled the number of pods. */
    public enum Reason {
        /** Not settled: the pod count could not be read, or nothing was reported within the stable window. */
        NO_DATA,
        /** The stable average over the target. */
        STABLE,
        /** The stable average would want more than maxScaleUpRate allows. */
        SCALE_UP_RATE,
        /** The stable average would want less than maxScaleDownRate allows. */
        SCALE_DOWN_RATE,
        /** activation-scale is more than the stable average wants. */
        ACTIVATION_SCALE,
        /** Panic: never less than what has been wanted since it began. */
        PANIC,
        /** A higher wish within the scale-down delay still holds. */
        SCALE_DOWN_DELAY
    }

    /**
     * One decision.
     *
     * @param desiredPods pods wanted, or null if nothing can be decided
     * @param excessBurstCapacity requests that could come on top at once; below 0 the activator goes into the path. Null if nothing
     *     can be decided
     * @param panicking true while in panic mode
     * @param reason what settled the number of pods
     */
    public record Decision(
            @Nullable Integer desiredPods, @Nullable Integer excessBurstCapacity, boolean panicking, Reason reason) {}

    private record Wish(int pods, Reason reason) {}

    private static final long NOT_PANICKING = Long.MIN_VALUE;

    private final Spec spec;
    private final @Nullable DelayWindow delay;
    private long panicSinceNanos = NOT_PANICKING;
    private int maxPanicPods;

    /**
     * Makes the KPA of a revision. If it finds more than one pod, it has been restarted under load and begins in panic mode,
     * lest it scale down before it has seen a whole window.
     *
     * @param readyPods pods ready now
     */
    public KpaScaler(Spec spec, int readyPods, long nowNanos) {
        this.spec = spec;
        this.delay = spec.scaleDownDelayNanos() > 0 ? new DelayWindow(spec.scaleDownDelayNanos()) : null;
        if (readyPods > 1) {
            panicSinceNanos = nowNanos;
            maxPanicPods = readyPods;
        }
    }

    /**
     * Decides how many pods to want.
     *
     * @param stable average over the stable window, null if nothing was reported within it
     * @param panic average over the panic window, null likewise
     * @param readyPods pods that are ready and not terminating, null if that cannot be read
     */
    public Decision scale(long nowNanos, @Nullable Double stable, @Nullable Double panic, @Nullable Integer readyPods) {
        if (stable == null || panic == null || readyPods == null) {
            return new Decision(null, null, isPanicking(), Reason.NO_DATA);
        }
        int ready = Math.max(1, readyPods);
        Wish stableWish = wish(stable, ready);
        Wish panicWish = wish(panic, ready);
        updatePanic(nowNanos, Math.ceil(panic / spec.target()) / ready);
        Wish wish = stableWish;
        if (isPanicking()) {
            maxPanicPods = Math.max(maxPanicPods, Math.max(stableWish.pods(), panicWish.pods()));
            wish = new Wish(maxPanicPods, Reason.PANIC);
        }
        if (spec.reachable() && delay != null) {
            int highest = delay.highestWith(nowNanos, wish.pods());
            wish = highest > wish.pods() ? new Wish(highest, Reason.SCALE_DOWN_DELAY) : wish;
        }
        return new Decision(wish.pods(), excessBurstCapacity(readyPods, panic), isPanicking(), wish.reason());
    }

    private Wish wish(double average, int ready) {
        double up = Math.ceil(spec.maxScaleUpRate() * ready);
        double down = spec.reachable() ? Math.floor(ready / spec.maxScaleDownRate()) : 0;
        double wanted = Math.ceil(average / spec.target());
        double allowed = Math.min(Math.max(wanted, down), up);
        if (wanted > 0 && spec.activationScale() > 1 && allowed < spec.activationScale()) {
            return new Wish(spec.activationScale(), Reason.ACTIVATION_SCALE);
        }
        Reason reason =
                allowed < wanted ? Reason.SCALE_UP_RATE : allowed > wanted ? Reason.SCALE_DOWN_RATE : Reason.STABLE;
        return new Wish((int) allowed, reason);
    }

    /** The pods wanted before any rate limit are compared, so a single pod that should be two is cause enough by default. */
    private void updatePanic(long nowNanos, double wantedOverReady) {
        if (wantedOverReady >= spec.panicThreshold()) {
            panicSinceNanos = nowNanos;
        } else if (isPanicking() && panicSinceNanos + spec.stableWindowNanos() < nowNanos) {
            panicSinceNanos = NOT_PANICKING;
            maxPanicPods = 0;
        }
    }

    private boolean isPanicking() {
        return panicSinceNanos != NOT_PANICKING;
    }

    private int excessBurstCapacity(int readyPods, double panic) {
        double burst = spec.targetBurstCapacity();
        if (burst == 0) {
            return 0;
        }
        return burst < 0 ? -1 : (int) Math.floor(readyPods * spec.total() - burst - panic);
    }
}
