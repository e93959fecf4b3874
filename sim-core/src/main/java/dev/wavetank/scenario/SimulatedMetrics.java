package dev.wavetank.scenario;

import dev.wavetank.autoscaling.CustomMetrics;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Pod;
import dev.wavetank.model.Times;
import dev.wavetank.scenario.Expressions.ConditionException;
import dev.wavetank.scenario.MetricDeclaration.Owner;
import dev.wavetank.scenario.MetricDeclaration.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Measures a scenario's custom and external metrics at their intervals and serves the latest measurements: a monitoring
 * system and its adapter in one. Rates are those of Prometheus in kind: growth between the first and the last measurement
 * in the window, none from a single one.
 */
final class SimulatedMetrics implements CustomMetrics {

    private static final double MILLI = 1000.0;

    private record Measurement(long at, double value) {}

    /** One metric with what was measured of it, by pod, or under the empty name where it has no pods. */
    private static final class Measured {
        final MetricDeclaration declaration;
        final Expressions.@Nullable Figure expression;
        final Map<String, Deque<Measurement>> byPod = new TreeMap<>();

        Measured(MetricDeclaration declaration, Expressions.@Nullable Figure expression) {
            this.declaration = declaration;
            this.expression = expression;
        }
    }

    private final Cluster cluster;
    private final long origin;
    private final List<Measured> metrics = new ArrayList<>();

    /**
     * Compiles the metrics of a scenario.
     *
     * @throws InputException if an expression is none
     */
    SimulatedMetrics(Scenario scenario, Cluster cluster, long origin) {
        this.cluster = cluster;
        this.origin = origin;
        Expressions expressions =
                scenario.metrics().isEmpty() ? null : new Expressions(new ClusterView(cluster, origin));
        List<InputException.Mistake> mistakes = new ArrayList<>();
        for (MetricDeclaration declaration : scenario.metrics()) {
            try {
                boolean computed = declaration.source() instanceof Source.Expression;
                metrics.add(new Measured(
                        declaration,
                        computed && expressions != null
                                ? expressions.number(((Source.Expression) declaration.source()).cel())
                                : null));
            } catch (ConditionException e) {
                mistakes.add(scenario.source()
                        .mistake(
                                declaration.pointer() + "/value",
                                "the metric " + declaration.name() + " cannot be evaluated: " + e.getMessage(),
                                "A value is a number in CEL over deployment(name), service(name), pods(name), clients,"
                                        + " now and, for a metric of pods, pod."));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new InputException(mistakes);
        }
    }

    /** Measures everything now and from now on. */
    void start() {
        metrics.forEach(this::measureOnAndOn);
    }

    private void measureOnAndOn(Measured metric) {
        measure(metric);
        cluster.simulation().after(metric.declaration.everyNanos(), () -> measureOnAndOn(metric));
    }

    private void measure(Measured metric) {
        Expressions.Figure expression = metric.expression;
        if (expression == null) {
            return;
        }
        if (metric.declaration.owner() instanceof Owner.Pods pods) {
            Map<String, Deque<Measurement>> before = new TreeMap<>(metric.byPod);
            metric.byPod.clear();
            for (Pod pod : cluster.podsOf(pods.deployment())) {
                Deque<Measurement> known = before.getOrDefault(pod.name(), new ArrayDeque<>());
                metric.byPod.put(pod.name(), known);
                add(metric, known, expression, pod.name());
            }
        } else {
            add(metric, metric.byPod.computeIfAbsent("", unused -> new ArrayDeque<>()), expression, "");
        }
    }

    /** An expression that has no value just now, such as a pod's count before its first request, leaves a gap. */
    private void add(Measured metric, Deque<Measurement> known, Expressions.Figure expression, String pod) {
        long window = metric.declaration.source() instanceof Source.Expression of ? of.rateOverNanos() : 0;
        try {
            known.add(new Measurement(cluster.now(), expression.value(pod)));
        } catch (ConditionException gap) {
            known.clear();
        }
        while (known.size() > 1 && known.element().at() < cluster.now() - window) {
            known.remove();
        }
    }

    private static @Nullable Long milli(Measured metric, @Nullable Deque<Measurement> known) {
        Measurement last = known == null ? null : known.peekLast();
        if (known == null || last == null) {
            return null;
        }
        if (!(metric.declaration.source() instanceof Source.Expression of) || of.rateOverNanos() == 0) {
            return Math.round(last.value() * MILLI);
        }
        Measurement first = known.element();
        return first.at() == last.at()
                ? null
                : Math.round((last.value() - first.value()) * MILLI * Times.SECOND / (last.at() - first.at()));
    }

    private @Nullable Long single(Measured metric) {
        return metric.declaration.source() instanceof Source.Series series
                ? Long.valueOf(series.milliAt(cluster.now() - origin))
                : milli(metric, metric.byPod.get(""));
    }

    @Override
    public Map<String, Long> ofPods(String namespace, String name, List<String> pods) {
        Map<String, Long> values = new TreeMap<>();
        for (Measured metric : metrics) {
            if (!metric.declaration.name().equals(name) || !(metric.declaration.owner() instanceof Owner.Pods)) {
                continue;
            }
            for (String pod : pods) {
                Long value = metric.declaration.source() instanceof Source.Series
                        ? single(metric)
                        : milli(metric, metric.byPod.get(pod));
                if (value != null) {
                    values.put(pod, value);
                }
            }
        }
        return values;
    }

    @Override
    public @Nullable Long ofObject(String namespace, String name, String kind, String object) {
        for (Measured metric : metrics) {
            if (metric.declaration.name().equals(name)
                    && metric.declaration.owner() instanceof Owner.ApiObject owner
                    && owner.kind().equals(kind)
                    && owner.name().equals(object)) {
                return single(metric);
            }
        }
        return null;
    }

    @Override
    public List<Long> external(String namespace, String name, @Nullable LabelSelector selector) {
        List<Long> values = new ArrayList<>();
        for (Measured metric : metrics) {
            boolean meant = metric.declaration.name().equals(name)
                    && metric.declaration.owner() instanceof Owner.External owner
                    && (selector == null || selector.matches(owner.labels()));
            Long value = meant ? single(metric) : null;
            if (value != null) {
                values.add(value);
            }
        }
        return values;
    }
}
