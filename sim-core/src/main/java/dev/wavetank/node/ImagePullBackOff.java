package dev.wavetank.node;

import dev.wavetank.model.Times;

/**
 * Whether an image may be pulled again after pulls that failed: 10, 20, 40 … 300 s have to pass since the end of the last.
 * One per pod and image.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/images/image_manager.go.
 */
public final class ImagePullBackOff {

    private static final long INITIAL = 10 * Times.SECOND;
    private static final long MAX = 300 * Times.SECOND;

    private BackOff backOff = BackOff.NONE;

    /** True if a pull is refused now: reason ImagePullBackOff. */
    public boolean refuses(long now) {
        backOff = backOff.at(now);
        return !backOff.isOutlivedBy(now) && now - backOff.lastUpdate() < backOff.delayNanos();
    }

    /** Takes note that a pull has just failed. */
    public void failed(long now) {
        backOff = backOff.at(now);
        backOff = backOff.next(now, backOff.isOutlivedBy(now), INITIAL, MAX);
    }
}
