package dev.wavetank.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.KedaMetricsServer.Said;
import dev.wavetank.autoscaling.keda.Activity;
import dev.wavetank.autoscaling.keda.PollAnnotations;
import dev.wavetank.autoscaling.keda.ScalePoll;
import dev.wavetank.autoscaling.keda.ScaledObject;
import dev.wavetank.autoscaling.keda.ScaledObjectStatus;
import dev.wavetank.autoscaling.keda.Trigger;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delays;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.Informer;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scale loop for every ScaledObject, which takes its target from zero to one and back as {@link ScalePoll} decides,
 * and keeps a HorizontalPodAutoscaler for all that lies above.
 *
 * <p>Source: keda 2.20 controllers/keda/scaledobject_controller.go and pkg/scaling/scale_handler.go.
 */
public final class KedaOperator {

    private static final String PAUSED_REPLICAS = "autoscaling.keda.sh/paused-replicas";
    private static final long CHECK_AGAIN = 30 * Times.SECOND;
    private static final double MILLI = 1000.0;

    /** What is remembered of one ScaledObject from poll to poll. */
    private static final class Loop {
        long timer;
        boolean running;
        boolean paused;
        long generation = -1;
        Map<String, String> annotations = Map.of();
        ScaledObjectStatus status = ScaledObjectStatus.NEW;
        int originalReplicas = -1;
        boolean inFallback;
        boolean ready;
    }

    private final Simulation simulation;
    private final Store store;
    private final ApiClient client;
    private final KedaMetricsServer metrics;
    private final ScaleWriter scaleWriter;
    private final EventRecorder events;
    private final DecisionLog decisions;
    private final Informer<KeptObject> objects;
    private final Map<ObjectKey, Loop> loops = new LinkedHashMap<>();

    /** An operator that works from now on. */
    public KedaOperator(
            Simulation simulation,
            Store store,
            ApiClient client,
            KedaMetricsServer metrics,
            ScaleWriter scaleWriter,
            Delays delays,
            EventRecorder events,
            DecisionLog decisions) {
        this.simulation = simulation;
        this.store = store;
        this.client = client;
        this.metrics = metrics;
        this.scaleWriter = scaleWriter;
        this.events = events;
        this.decisions = decisions;
        this.objects = new Informer<>(
                store, ScaledObject.KIND, KeptObject.class, delays.watch(simulation, "keda-operator/scaledobjects"));
        objects.onChange(this::onObject);
    }

    private void onObject(@Nullable KeptObject before, @Nullable KeptObject after) {
        if (after != null) {
            Loop loop = loops.computeIfAbsent(after.key(), unused -> new Loop());
            boolean news = loop.generation != after.metadata().generation()
                    || !loop.annotations.equals(after.metadata().annotations());
            if (news) {
                loop.generation = after.metadata().generation();
                loop.annotations = after.metadata().annotations();
                reconcile(after.key(), loop);
            }
        } else if (before != null) {
            deleted(before);
        }
    }

    private void deleted(KeptObject gone) {
        Loop loop = loops.remove(gone.key());
        metrics.forget(gone.key());
        if (loop == null) {
            return;
        }
        stop(loop);
        ScaledObject object = ScaledObject.of(gone);
        if (object.restoresReplicas() && loop.originalReplicas >= 0) {
            write(object, loop.originalReplicas, "restored on deletion");
        }
    }

    private void stop(Loop loop) {
        simulation.cancel(loop.timer);
        loop.timer = 0;
        loop.running = false;
    }

    /** Checks the object, keeps its HPA in step and starts or stops its loop. */
    private void reconcile(ObjectKey key, Loop loop) {
        client.send(
                () -> {
                    if (store.get(key) instanceof KeptObject stored && loops.get(key) == loop) {
                        reconcile(ScaledObject.of(stored), loop);
                    }
                    return null;
                },
                (nothing, refused) -> {});
    }

    private void reconcile(ScaledObject object, Loop loop) {
        int replicas;
        try {
            replicas = scale(object).scale().specReplicas();
        } catch (ApiException noScale) {
            stop(loop);
            String problem = String.valueOf(noScale.getMessage());
            events.warning(object.object(), "ScaledObjectCheckFailed", problem);
            decisions.record("KedaOperator", object.object().key(), () -> "not scaled: " + problem);
            patch(object, status -> {
                condition(status, "Ready", "False", "ScaledObjectCheckFailed", problem);
            });
            loop.timer = simulation.after(
                    CHECK_AGAIN, () -> reconcile(object.object().key(), loop));
            return;
        }
        if (loop.originalReplicas < 0) {
            loop.originalReplicas = replicas;
        }
        PollAnnotations annotations =
                PollAnnotations.of(object.object().metadata().annotations());
        if (annotations.paused()) {
            pause(object, loop);
            return;
        }
        keepHpa(KedaHpa.of(object));
        if (loop.paused) {
            loop.paused = false;
            events.normal(object.object(), "ScaledObjectUnpaused", "ScaledObject is unpaused");
        }
        boolean oneWay = annotations.pausedScaleIn() || annotations.pausedScaleOut();
        patch(object, status -> {
            condition(
                    status,
                    "Paused",
                    oneWay ? "True" : "False",
                    oneWay ? "ScaledObjectPaused" : "ScaledObjectUnpaused",
                    "");
            describe(status, object, loop);
        });
        if (!loop.ready) {
            loop.ready = true;
            events.normal(object.object(), "KEDAScalersStarted", "Started scalers watch");
            events.normal(object.object(), "ScaledObjectReady", "ScaledObject is ready for scaling");
        }
        stop(loop);
        loop.running = true;
        poll(object.object().key(), loop);
    }

    private void pause(ScaledObject object, Loop loop) {
        stop(loop);
        ObjectKey hpa = new ObjectKey(ResourceKind.HORIZONTAL_POD_AUTOSCALER, object.namespace(), object.hpaName());
        if (store.get(hpa) != null) {
            store.delete(hpa, DeleteOptions.DEFAULT);
        }
        String wanted = object.object().metadata().annotation(PAUSED_REPLICAS);
        decisions.record(
                "KedaOperator",
                object.object().key(),
                () -> "paused by annotation"
                        + (wanted == null ? ": replicas stay as they are" : " at " + wanted + " replicas"));
        if (wanted != null && wanted.matches("[0-9]{1,6}")) {
            write(object, Integer.parseInt(wanted), "paused at this size");
        }
        if (!loop.paused) {
            loop.paused = true;
            events.normal(object.object(), "KEDAScalersStopped", "Stopped scalers watch");
            events.normal(object.object(), "ScaledObjectPaused", "ScaledObject is paused");
        }
        patch(object, status -> {
            condition(status, "Ready", "True", "ScaledObjectReady", "");
            condition(status, "Paused", "True", "ScaledObjectPaused", "");
            describe(status, object, loop);
        });
    }

    private void keepHpa(HorizontalPodAutoscaler wanted) {
        if (store.get(wanted.key()) instanceof HorizontalPodAutoscaler stored) {
            if (!stored.spec().equals(wanted.spec())) {
                store.update(stored.withSpec(wanted.spec()));
            }
        } else {
            store.create(wanted);
        }
    }

    /** A source says by itself that there is something to do; a poll does not wait for its turn then. */
    public void push(String namespace, String name) {
        ObjectKey key = new ObjectKey(ScaledObject.KIND, namespace, name);
        Loop loop = loops.get(key);
        if (loop != null && loop.running && store.get(key) instanceof KeptObject stored) {
            ScaledObject object = ScaledObject.of(stored);
            try {
                if (scale(object).scale().specReplicas() == 0) {
                    pollNow(key, loop);
                } else {
                    loop.status = loop.status.withLastActiveTime(simulation.now());
                }
            } catch (ApiException gone) {
                // the next reconcile says so
            }
        }
    }

    private void poll(ObjectKey key, Loop loop) {
        KeptObject known = objects.get(key);
        if (!loop.running || known == null || loops.get(key) != loop) {
            return;
        }
        // the timer is set before the check, which only eats into the wait
        loop.timer = simulation.after(ScaledObject.of(known).pollingNanos(), () -> poll(key, loop));
        pollNow(key, loop);
    }

    private void pollNow(ObjectKey key, Loop loop) {
        client.send(
                () -> {
                    if (loop.running && store.get(key) instanceof KeptObject stored && loops.get(key) == loop) {
                        check(ScaledObject.of(stored), loop);
                    }
                    return null;
                },
                (nothing, refused) -> {});
    }

    private void check(ScaledObject object, Loop loop) {
        int replicas;
        try {
            replicas = scale(object).scale().specReplicas();
        } catch (ApiException gone) {
            patch(object, status -> condition(status, "Ready", "False", "ErrorGettingCurrentReplicas", ""));
            return;
        }
        List<Activity.Trigger> said = new ArrayList<>();
        List<String> words = new ArrayList<>();
        List<String> active = new ArrayList<>();
        boolean fallback = false;
        for (Trigger trigger : object.triggers()) {
            Said one = metrics.poll(object, trigger);
            said.add(one.activity());
            fallback |= one.inFallback();
            words.add(describe(trigger, one));
            if (one.activity() == Activity.Trigger.ACTIVE) {
                active.add(trigger.metricName());
            }
            if (one.activity() == Activity.Trigger.FAILED) {
                events.warning(object.object(), "KEDAScalerFailed", "error getting metric " + trigger.metricName());
            }
        }
        Activity activity = Activity.of(said);
        ScalePoll.Decision decision = ScalePoll.decide(
                object.spec(),
                PollAnnotations.of(object.object().metadata().annotations()),
                object.object().metadata().creationTimestamp(),
                loop.status,
                new ScalePoll.Input(simulation.now(), activity.active(), activity.failing(), replicas));
        loop.status = decision.status();
        noteFallback(object, loop, fallback);
        Integer wanted = decision.replicas();
        decisions.record(
                "KedaOperator",
                object.object().key(),
                () -> (wanted == null ? "stays at " + replicas : replicas + " → " + wanted) + ": "
                        + decision.reason().phrase() + " (" + String.join("; ", words) + ")" + cooldown(object, loop));
        if (wanted != null) {
            scaleTo(object, replicas, wanted, decision.event(), active);
        }
        patch(object, status -> describe(status, object, loop));
    }

    private String cooldown(ScaledObject object, Loop loop) {
        Long lastActive = loop.status.lastActiveTimeNanos();
        if (lastActive == null || loop.status.active() == ScaledObjectStatus.ConditionStatus.TRUE) {
            return "";
        }
        return String.format(
                Locale.ROOT,
                ", last active %.1f s ago, cooldownPeriod %d s",
                (simulation.now() - lastActive) / (double) Times.SECOND,
                object.spec().cooldownNanos() / Times.SECOND);
    }

    private static String describe(Trigger trigger, Said said) {
        Long value = said.valueMilli();
        return switch (said.activity()) {
            case ACTIVE, INACTIVE ->
                String.format(
                        Locale.ROOT,
                        "%s %s %s %s%s",
                        trigger.metricName(),
                        value == null ? "?" : number(value),
                        said.activity() == Activity.Trigger.ACTIVE ? ">" : "<=",
                        number(trigger.activationMillis()),
                        said.inFallback() ? " by fallback" : "");
            case FAILED -> trigger.metricName() + " cannot be read";
            case RESOURCE -> trigger.metricName() + " is the HPA's";
        };
    }

    private static String number(long milli) {
        return milli % 1000 == 0 ? Long.toString(milli / 1000) : String.format(Locale.ROOT, "%.3f", milli / MILLI);
    }

    private void noteFallback(ScaledObject object, Loop loop, boolean fallback) {
        if (fallback != loop.inFallback) {
            loop.inFallback = fallback;
            if (fallback) {
                events.warning(object.object(), "ScaledObjectFallbackActivated", "Fallback is in force");
            } else {
                events.normal(object.object(), "ScaledObjectFallbackDeactivated", "Fallback is no longer in force");
            }
        }
    }

    private void scaleTo(ScaledObject object, int from, int to, @Nullable String event, List<String> active) {
        String target = object.target().apiVersion() + "." + object.target().kind() + " " + object.namespace() + "/"
                + object.target().name();
        String problem = write(object, to, "");
        if (event == null) {
            return;
        }
        boolean activation = event.equals("KEDAScaleTargetActivated");
        if (problem != null) {
            events.warning(
                    object.object(),
                    activation ? "KEDAScaleTargetActivationFailed" : "KEDAScaleTargetDeactivationFailed",
                    problem);
        } else if (activation) {
            events.normal(
                    object.object(),
                    event,
                    "Scaled " + target + " from " + from + " to " + to + ", triggered by " + String.join(";", active));
        } else {
            events.normal(object.object(), event, "Deactivated " + target + " from " + from + " to " + to);
        }
    }

    private ScaleClient.Read scale(ScaledObject object) {
        return ScaleClient.get(store, object.namespace(), object.target());
    }

    /** Writes the target's replicas now; returns why it cannot, or null. */
    private @Nullable String write(ScaledObject object, int replicas, String why) {
        try {
            ScaleClient.Read read = scale(object);
            if (read.scale().specReplicas() != replicas) {
                ScaleClient.put(store, scaleWriter, read, replicas);
                if (!why.isEmpty()) {
                    decisions.record(
                            "KedaOperator",
                            object.object().key(),
                            () -> read.scale().specReplicas() + " → " + replicas + ": " + why);
                }
            }
            return null;
        } catch (ApiException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private void patch(ScaledObject object, java.util.function.Consumer<ObjectNode> change) {
        if (store.get(object.object().key()) == null) {
            return;
        }
        store.patch(object.object().key(), stored -> {
            ObjectNode status = CustomResource.statusToChange((KeptObject) stored);
            change.accept(status);
            return CustomResource.withStatus((KeptObject) stored, status);
        });
    }

    /** Its conditions carry no times. */
    private static void condition(ObjectNode status, String type, String value, String reason, String message) {
        CustomResource.setCondition(status, type, value, reason, message, 0);
        if (CustomResource.condition(status, type) instanceof ObjectNode condition) {
            condition.remove("lastTransitionTime");
        }
    }

    private void describe(ObjectNode status, ScaledObject object, Loop loop) {
        status.put(
                "scaleTargetKind",
                object.target().apiVersion() + "." + object.target().kind());
        status.put("hpaName", object.hpaName());
        status.put("originalReplicaCount", loop.originalReplicas);
        status.put(
                "triggersTypes",
                String.join(
                        ",",
                        object.triggers().stream().map(Trigger::type).distinct().toList()));
        Long lastActive = loop.status.lastActiveTimeNanos();
        if (lastActive != null) {
            status.put("lastActiveTime", CustomResource.time(lastActive));
        }
        if (!loop.status.readyReason().isEmpty()) {
            condition(status, "Ready", loop.status.ready().apiName(), loop.status.readyReason(), "");
        }
        if (!loop.status.activeReason().isEmpty()) {
            condition(status, "Active", loop.status.active().apiName(), loop.status.activeReason(), "");
        }
        condition(
                status,
                "Fallback",
                loop.inFallback ? "True" : "False",
                loop.inFallback ? "FallbackExists" : "NoFallbackFound",
                "");
        ObjectNode health = status.putObject("health");
        metrics.failures(object.object().key())
                .forEach((metric, count) -> health.putObject(metric)
                        .put("numberOfFailures", count)
                        .put("status", count == 0 ? "Happy" : "Failing"));
        if (health.isEmpty()) {
            status.remove("health");
        }
    }
}
