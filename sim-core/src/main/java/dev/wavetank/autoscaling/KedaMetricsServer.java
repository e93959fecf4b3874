package dev.wavetank.autoscaling;

import dev.wavetank.autoscaling.keda.Activity;
import dev.wavetank.autoscaling.keda.Fallback;
import dev.wavetank.autoscaling.keda.ScaledObject;
import dev.wavetank.autoscaling.keda.Trigger;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the triggers of ScaledObjects, for the polls of {@link KedaOperator} and for the HPAs it makes. Both share the count
 * of failed reads, by which {@link Fallback} decides.
 *
 * <p>Source: keda 2.20 pkg/provider and pkg/scaling/scale_handler.go.
 */
public final class KedaMetricsServer {

    /** The label by which an HPA names the ScaledObject its metric belongs to. */
    static final String LABEL = "scaledobject.keda.sh/name";

    /**
     * What a trigger said.
     *
     * @param valueMilli the value, times 1000; null if it could not be read and there is no fallback
     * @param activity what that means for activation
     * @param inFallback true while the fallback's value stands for it
     */
    record Said(@Nullable Long valueMilli, Activity.Trigger activity, boolean inFallback) {}

    private final Simulation simulation;
    private final Store store;
    private final EventSources sources;
    private final Map<ObjectKey, Map<String, Integer>> failures = new LinkedHashMap<>();
    private final Map<ObjectKey, Map<String, Said>> lastPolls = new LinkedHashMap<>();

    public KedaMetricsServer(Simulation simulation, Store store, EventSources sources) {
        this.simulation = simulation;
        this.store = store;
        this.sources = sources;
    }

    /** The answer to an HPA that asks for a metric by name; null if it cannot be given. */
    public @Nullable Long external(String namespace, String scaledObject, String metric) {
        if (!(store.get(new ObjectKey(ScaledObject.KIND, namespace, scaledObject)) instanceof KeptObject found)) {
            return null;
        }
        ScaledObject object = ScaledObject.of(found);
        for (Trigger trigger : object.triggers()) {
            if (trigger.metricName().equals(metric)) {
                Said cached = trigger.cached()
                        ? lastPolls.getOrDefault(found.key(), Map.of()).get(metric)
                        : null;
                return cached == null ? read(object, trigger).valueMilli() : cached.valueMilli();
            }
        }
        return null;
    }

    /** Reads a trigger for a poll. */
    Said poll(ScaledObject object, Trigger trigger) {
        Said said = read(object, trigger);
        lastPolls
                .computeIfAbsent(object.object().key(), unused -> new TreeMap<>())
                .put(trigger.metricName(), said);
        return said;
    }

    /** Failed reads in a row, by metric. */
    Map<String, Integer> failures(ObjectKey object) {
        return failures.getOrDefault(object, Map.of());
    }

    void forget(ObjectKey object) {
        failures.remove(object);
        lastPolls.remove(object);
    }

    private Said read(ScaledObject object, Trigger trigger) {
        if (trigger.kind() == Trigger.Kind.RESOURCE) {
            return new Said(null, Activity.Trigger.RESOURCE, false);
        }
        Long value = valueOf(object, trigger);
        Fallback fallback = object.fallback();
        if (fallback == null) {
            return value == null
                    ? new Said(null, Activity.Trigger.FAILED, false)
                    : new Said(value, activity(trigger, value), false);
        }
        Map<String, Integer> counts = failures.computeIfAbsent(object.object().key(), unused -> new TreeMap<>());
        Deployment target = target(object);
        Fallback.Reading reading = fallback.read(
                value,
                counts.getOrDefault(trigger.metricName(), 0),
                trigger.targetType(),
                trigger.targetMillis(),
                target == null ? 0 : target.spec().replicas(),
                target == null ? 0 : target.status().readyReplicas());
        counts.put(trigger.metricName(), reading.failures());
        Long handedOn = reading.valueMillis();
        if (reading.origin() == Fallback.Origin.FALLBACK) {
            return new Said(handedOn, Activity.Trigger.ACTIVE, true);
        }
        return handedOn == null
                ? new Said(null, Activity.Trigger.FAILED, reading.fallbackCondition())
                : new Said(handedOn, activity(trigger, handedOn), false);
    }

    private static Activity.Trigger activity(Trigger trigger, long valueMilli) {
        return Activity.trigger((double) valueMilli, (double) trigger.activationMillis());
    }

    private @Nullable Deployment target(ScaledObject object) {
        return (Deployment) store.get(new ObjectKey(
                ResourceKind.DEPLOYMENT, object.namespace(), object.target().name()));
    }

    private @Nullable Long valueOf(ScaledObject object, Trigger trigger) {
        return switch (trigger.kind()) {
            case CRON -> {
                var cron = trigger.cron();
                yield cron == null
                        ? null
                        : Long.valueOf(1000L * cron.metric(Instant.ofEpochSecond(0, simulation.now())));
            }
            case PUSH -> Long.valueOf(sources.httpMilli(object.namespace(), trigger.source()));
            case EXTERNAL -> {
                Long value = sources.areDown() ? null : sources.valueMilli(object.namespace(), trigger.source());
                boolean empty = value == null && trigger.missingIsZero() && !sources.areDown();
                yield empty ? Long.valueOf(0) : value == null ? null : Long.valueOf(Math.max(0, value));
            }
            case RESOURCE -> null;
        };
    }
}
