package dev.wavetank.cluster;

import dev.wavetank.model.Container;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.WatchEvent;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a cluster's pods have cost from a given moment on: a pod is paid for from its being bound to a node until it is gone,
 * with what it requests, used or not.
 */
public final class Cost {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final double MILLIS_PER_CORE = 1000;
    private static final double BYTES_PER_GIBIBYTE = 1L << 30;

    private final Cluster cluster;

    /** By uid, the pods that are paid for now. */
    private final Map<String, Pod> bound = new LinkedHashMap<>();

    private long updatedAt;
    private int pods;
    private long cpuMillis;
    private long memoryBytes;
    private double podNanos;
    private double milliNanos;
    private double byteNanos;

    /** Counts from now on. */
    public Cost(Cluster cluster) {
        this.cluster = cluster;
        this.updatedAt = cluster.now();
        for (KubernetesObject pod : cluster.store().list(ResourceKind.POD)) {
            add((Pod) pod);
        }
        cluster.store().observe(this::on);
    }

    private void on(WatchEvent event) {
        if (!(event.object() instanceof Pod pod)) {
            return;
        }
        if (event.type() == WatchEvent.Type.DELETED) {
            Pod paid = bound.remove(pod.metadata().uid());
            if (paid != null) {
                change(paid, -1);
            }
        } else {
            add(pod);
            Pod paid = bound.get(pod.metadata().uid());
            if (paid != null && !paid.spec().equals(pod.spec())) {
                change(paid, -1);
                bound.put(pod.metadata().uid(), pod);
                change(pod, 1);
            }
        }
    }

    private void add(Pod pod) {
        if (pod.isScheduled() && bound.putIfAbsent(pod.metadata().uid(), pod) == null) {
            change(pod, 1);
        }
    }

    private void change(Pod pod, int sign) {
        update();
        pods += sign;
        for (Container container : pod.spec().containers()) {
            cpuMillis += sign * container.requests().cpuMillis();
            memoryBytes += sign * container.requests().memoryBytes();
        }
    }

    private void update() {
        double elapsed = cluster.now() - updatedAt;
        podNanos += elapsed * pods;
        milliNanos += elapsed * cpuMillis;
        byteNanos += elapsed * memoryBytes;
        updatedAt = cluster.now();
    }

    /** Seconds of pods. */
    public double podSeconds() {
        update();
        return podNanos / NANOS_PER_SECOND;
    }

    /** Hours of requested processors. */
    public double coreHours() {
        update();
        return milliNanos / MILLIS_PER_CORE / NANOS_PER_SECOND / SECONDS_PER_HOUR;
    }

    /** Hours of requested memory, in GiB. */
    public double gibibyteHours() {
        update();
        return byteNanos / BYTES_PER_GIBIBYTE / NANOS_PER_SECOND / SECONDS_PER_HOUR;
    }
}
