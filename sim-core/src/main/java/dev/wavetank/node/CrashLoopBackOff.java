package dev.wavetank.node;

import dev.wavetank.model.Times;

/**
 * How long a container that keeps stopping waits for its next start. The first restart is immediate; then 10, 20, 40 …
 * 300 s have to pass since the last exit. A container that ran for ten minutes starts over.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/kuberuntime/kuberuntime_manager.go, doBackOff.
 */
public final class CrashLoopBackOff {

    /**
     * Bounds of the delay, in nanoseconds.
     *
     * @param initialNanos the first delay, by default 10 s
     * @param maxNanos the longest delay, by default 300 s
     */
    public record Limits(long initialNanos, long maxNanos) {

        public static final Limits DEFAULT = new Limits(10 * Times.SECOND, 300 * Times.SECOND);

        /** What the kubelet setting {@code crashLoopBackOff.maxContainerRestartPeriod}, 1 to 300 s, makes of the defaults. */
        public static Limits withMaximum(long maxSeconds) {
            long max = maxSeconds * Times.SECOND;
            return new Limits(Math.min(DEFAULT.initialNanos, max), max);
        }
    }

    /**
     * Whether a container may start now.
     *
     * @param refused true if it has to wait: reason CrashLoopBackOff
     * @param backOffNanos the delay it waits out, or the one armed for its next exit
     * @param retryAt when a refused start may be tried again; otherwise {@code now}
     */
    public record Attempt(boolean refused, long backOffNanos, long retryAt) {}

    private final Limits limits;
    private BackOff backOff = BackOff.NONE;

    public CrashLoopBackOff(Limits limits) {
        this.limits = limits;
    }

    /**
     * Decides on a start, and counts it if it may go ahead. Not asked for a container's very first start.
     *
     * @param now nanoseconds
     * @param previousExit when the run before ended
     */
    public Attempt attempt(long now, long previousExit) {
        backOff = backOff.at(now);
        boolean afresh = backOff.isOutlivedBy(previousExit);
        if (!afresh && now - previousExit < backOff.delayNanos()) {
            return new Attempt(true, backOff.delayNanos(), previousExit + backOff.delayNanos());
        }
        backOff = backOff.next(now, afresh, limits.initialNanos(), limits.maxNanos());
        return new Attempt(false, backOff.delayNanos(), now);
    }

    /** The message of the waiting state. */
    public static String message(long backOffNanos, String container, String podName, String namespace, String uid) {
        return "back-off " + GoText.duration(backOffNanos) + " restarting failed container=" + container + " pod="
                + podName + "_" + namespace + "(" + uid + ")";
    }
}
