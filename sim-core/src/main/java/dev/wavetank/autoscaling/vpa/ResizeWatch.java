package dev.wavetank.autoscaling.vpa;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers when the updater first saw each pod resizing; time-outs run from there, not from the patch that began the resize.
 * Mutable, owned by the updater, kept from loop to loop.
 */
public final class ResizeWatch {

    private final Map<String, Long> firstSeenNanos = new LinkedHashMap<>();

    /** Nanoseconds since the pod was first seen resizing; 0 at the first time, which is remembered. */
    long watchedNanos(String podName, long nowNanos) {
        return nowNanos - firstSeenNanos.computeIfAbsent(podName, name -> nowNanos);
    }

    /** Forgets a pod that is gone. */
    public void forget(String podName) {
        firstSeenNanos.remove(podName);
    }
}
