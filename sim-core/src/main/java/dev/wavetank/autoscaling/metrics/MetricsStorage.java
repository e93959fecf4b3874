package dev.wavetank.autoscaling.metrics;

import com.google.common.collect.ImmutableSortedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What metrics-server remembers: of every container its latest sample and the one before, from which it serves a rate.
 *
 * <p>A value: storing a batch gives a new storage. Each batch replaces the one before, so what a scrape does not find is gone at once.
 * Memory of a restarted metrics-server is {@link #EMPTY}.
 *
 * <p>Source: metrics-server (after v0.9.0) pkg/storage/pod.go and types.go.
 */
public final class MetricsStorage {

    /** Nothing scraped yet. */
    public static final MetricsStorage EMPTY = new MetricsStorage(ImmutableSortedMap.of(), ImmutableSortedMap.of());

    /** Youngest age at which a container's own start may serve as its earlier sample. */
    private static final long FRESH_CONTAINER_MIN_AGE_NANOS = 10_000_000_000L;

    private final SortedMap<String, SortedMap<String, MetricsPoint>> last;
    private final SortedMap<String, SortedMap<String, MetricsPoint>> previous;

    private MetricsStorage(
            SortedMap<String, SortedMap<String, MetricsPoint>> last,
            SortedMap<String, SortedMap<String, MetricsPoint>> previous) {
        this.last = last;
        this.previous = previous;
    }

    /** A kubelet's samples without the pods that have a container with no CPU or no memory counted: those are dropped whole. */
    public static Map<String, Map<String, MetricsPoint>> usable(Map<String, Map<String, MetricsPoint>> scraped) {
        Map<String, Map<String, MetricsPoint>> kept = new TreeMap<>();
        scraped.forEach((pod, containers) -> {
            if (containers.values().stream().allMatch(MetricsPoint::isUsable)) {
                kept.put(pod, containers);
            }
        });
        return kept;
    }

    /**
     * Takes in one scrape of all nodes.
     *
     * <p>Differs from what one would expect, but not from metrics-server: in a pod of several containers, one that is found unchanged
     * while it has no earlier sample, but a sibling does, gets an earlier sample from the beginning of time, hence a rate of 0 over the
     * longest window there is.
     *
     * @param batch samples by pod, then by container
     * @param resolutionNanos time between scrapes, {@code --metric-resolution}
     */
    public MetricsStorage store(Map<String, ? extends Map<String, MetricsPoint>> batch, long resolutionNanos) {
        SortedMap<String, SortedMap<String, MetricsPoint>> newLast = new TreeMap<>();
        SortedMap<String, SortedMap<String, MetricsPoint>> newPrevious = new TreeMap<>();
        batch.forEach((pod, containers) -> {
            SortedMap<String, MetricsPoint> previousOfPod = new TreeMap<>();
            containers.forEach((container, point) -> {
                MetricsPoint earlier = earlierPoint(pod, container, point, resolutionNanos);
                if (earlier != null) {
                    previousOfPod.put(container, earlier);
                }
            });
            newLast.put(pod, new TreeMap<>(containers));
            if (!previousOfPod.isEmpty()) {
                newPrevious.put(pod, previousOfPod);
            }
        });
        return new MetricsStorage(newLast, newPrevious);
    }

    private @Nullable MetricsPoint earlierPoint(
            String pod, String container, MetricsPoint point, long resolutionNanos) {
        long age = point.timestamp() - point.startTime();
        if (age >= FRESH_CONTAINER_MIN_AGE_NANOS && age < resolutionNanos) {
            return point.atStart();
        }
        SortedMap<String, MetricsPoint> lastOfPod = last.get(pod);
        MetricsPoint stored = lastOfPod == null ? null : lastOfPod.get(container);
        boolean restarted = stored != null && point.startTime() >= stored.timestamp();
        if (stored == null || restarted) {
            return null;
        }
        if (point.timestamp() > stored.timestamp()) {
            return stored;
        }
        SortedMap<String, MetricsPoint> previousOfPod = previous.get(pod);
        if (previousOfPod == null) {
            return null;
        }
        MetricsPoint kept = previousOfPod.getOrDefault(container, MetricsPoint.ZERO);
        return kept.timestamp() < point.timestamp() ? kept : null;
    }

    /**
     * Returns what the API serves of a pod, or null if it serves nothing: the pod is not known, or one of its containers has been sampled
     * only once. Only running pods should be asked for; the API looks no others up.
     */
    public @Nullable PodMetrics metricsOf(String pod) {
        SortedMap<String, MetricsPoint> lastOfPod = last.get(pod);
        SortedMap<String, MetricsPoint> previousOfPod = previous.get(pod);
        if (lastOfPod == null
                || previousOfPod == null
                || !previousOfPod.keySet().containsAll(lastOfPod.keySet())) {
            return null;
        }
        List<PodMetrics.ContainerMetrics> containers = new ArrayList<>();
        long timestamp = Long.MAX_VALUE;
        long window = 0;
        for (Map.Entry<String, MetricsPoint> entry : lastOfPod.entrySet()) {
            MetricsPoint now = entry.getValue();
            MetricsPoint before = previousOfPod.getOrDefault(entry.getKey(), MetricsPoint.ZERO);
            if (now.cumulativeCpuNanos() < before.cumulativeCpuNanos()) {
                continue;
            }
            long ownWindow = before.timestamp() == MetricsPoint.ZERO.timestamp()
                    ? Long.MAX_VALUE
                    : now.timestamp() - before.timestamp();
            long cpu = rate(now.cumulativeCpuNanos() - before.cumulativeCpuNanos(), ownWindow);
            containers.add(new PodMetrics.ContainerMetrics(entry.getKey(), cpu, now.memoryBytes()));
            if (now.timestamp() < timestamp) {
                timestamp = now.timestamp();
                window = ownWindow;
            }
        }
        return new PodMetrics(pod, containers.isEmpty() ? 0 : timestamp, window, containers);
    }

    /** Per second, cut to a whole number; the window is turned into seconds the way Go's Duration.Seconds does. */
    private static long rate(long used, long windowNanos) {
        long wholeSeconds = windowNanos / 1_000_000_000L;
        double seconds = wholeSeconds + windowNanos % 1_000_000_000L / 1e9;
        return (long) (used / seconds);
    }

    /** What the API serves of all pods it knows, by pod. */
    public List<PodMetrics> metrics() {
        List<PodMetrics> served = new ArrayList<>();
        for (String pod : last.keySet()) {
            PodMetrics metrics = metricsOf(pod);
            if (metrics != null) {
                served.add(metrics);
            }
        }
        return served;
    }

    /** True once some pod can be served; {@code /readyz} waits for it (and for a node). */
    public boolean isReady() {
        return !previous.isEmpty();
    }
}
