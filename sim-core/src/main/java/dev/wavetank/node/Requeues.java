package dev.wavetank.node;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.model.Times;

/**
 * When the kubelet looks at a pod again by itself.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/pod_workers.go completeWork.
 */
final class Requeues {

    private static final long AFTER_ERROR = 10 * Times.SECOND;
    private static final long AFTER_CLEAN_SYNC = 60 * Times.SECOND;
    private static final long LONGEST_BACK_OFF_WAIT = 60 * Times.SECOND;
    private static final double JITTER = 0.5;

    private Requeues() {}

    /** What is left of a back-off, at most a minute, and up to half as long again. */
    static long afterBackOff(long remainingNanos, RandomStream random) {
        return jittered(Math.min(Math.max(remainingNanos, 0), LONGEST_BACK_OFF_WAIT), random);
    }

    /** Ten seconds to fifteen after something failed, such as a pull. */
    static long afterError(RandomStream random) {
        return jittered(AFTER_ERROR, random);
    }

    /** A minute to a minute and a half after all went well. */
    static long afterCleanSync(RandomStream random) {
        return jittered(AFTER_CLEAN_SYNC, random);
    }

    private static long jittered(long nanos, RandomStream random) {
        return (long) (nanos * (1 + JITTER * random.nextDouble()));
    }
}
