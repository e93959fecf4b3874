package dev.wavetank.controllers;

/**
 * Creates many pods in batches that double, so that a cluster that refuses pods is not asked for hundreds in vain.
 *
 * <p>The calls of a batch run side by side and are awaited together; one failure ends the whole run after its batch.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/replicaset slowStartBatch.
 *
 * @param remaining calls not made yet, this batch included
 * @param batch calls to make next; 0 once done
 * @param successes calls that worked so far
 * @param failed true once a call has failed
 */
public record SlowStart(int remaining, int batch, int successes, boolean failed) {

    /** The size a ReplicaSet starts with. */
    public static final int INITIAL_BATCH_SIZE = 1;

    public static SlowStart of(int count, int initialBatchSize) {
        return new SlowStart(count, Math.min(count, initialBatchSize), 0, false);
    }

    public boolean isDone() {
        return batch == 0;
    }

    /** What is left to do once the batch is back with {@code failures} refusals. */
    public SlowStart after(int failures) {
        int left = remaining - batch;
        int worked = successes + batch - failures;
        return failures > 0
                ? new SlowStart(left, 0, worked, true)
                : new SlowStart(left, Math.min(2 * batch, left), worked, false);
    }
}
