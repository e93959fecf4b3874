package dev.wavetank.cluster;

import dev.wavetank.autoscaling.CustomMetrics;
import dev.wavetank.model.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Custom metrics, and beside them the lengths of queues as external metrics of their names. */
record QueueMetrics(CustomMetrics others, Map<String, WorkQueue> queues) implements CustomMetrics {

    private static final long MILLI = 1000;

    @Override
    public Map<String, Long> ofPods(String namespace, String metric, List<String> pods) {
        return others.ofPods(namespace, metric, pods);
    }

    @Override
    public @Nullable Long ofObject(String namespace, String metric, String kind, String name) {
        return others.ofObject(namespace, metric, kind, name);
    }

    @Override
    public List<Long> external(String namespace, String metric, @Nullable LabelSelector selector) {
        WorkQueue queue = queues.get(metric);
        return queue == null ? others.external(namespace, metric, selector) : List.of(queue.length() * MILLI);
    }
}
