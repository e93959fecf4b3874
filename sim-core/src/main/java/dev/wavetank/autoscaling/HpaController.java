package dev.wavetank.autoscaling;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.hpa.HpaDecision;
import dev.wavetank.autoscaling.hpa.HpaEvent;
import dev.wavetank.autoscaling.hpa.HpaMemory;
import dev.wavetank.autoscaling.hpa.HpaOptions;
import dev.wavetank.autoscaling.hpa.HpaReconciler;
import dev.wavetank.autoscaling.hpa.HpaScale;
import dev.wavetank.autoscaling.hpa.HpaSpec;
import dev.wavetank.autoscaling.hpa.HpaSyncInput;
import dev.wavetank.autoscaling.hpa.MetricsSnapshot;
import dev.wavetank.autoscaling.hpa.PodSelection;
import dev.wavetank.autoscaling.hpa.Reading;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.Informer;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Syncs every HorizontalPodAutoscaler about every 15 s: reads the target's scale and the metrics, decides as {@link
 * HpaReconciler} does, writes scale, status and events.
 *
 * <p>What it remembers of an HPA is in this process alone, see {@link HpaMemory}. A sync takes its requests' time, so the
 * period is a little more than 15 s and syncs drift against the clock, as they do in a real cluster.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/horizontal.go.
 */
public final class HpaController {

    private static final int CONFLICT_TRIES = 5;
    private static final long CONFLICT_PAUSE = 10 * Times.MILLISECOND;

    private final Simulation simulation;
    private final Store store;
    private final HpaClients clients;
    private final MetricsClient metrics;
    private final ScaleWriter scaleWriter;
    private final Informer<HorizontalPodAutoscaler> autoscalers;
    private final Informer.Index<Pod> podsByNamespace;
    private final Delays delays;
    private final RandomStream random;
    private final EventRecorder events;
    private final DecisionLog decisions;
    private final HpaQueue queue;
    private final HpaOptions options;
    private final Map<ObjectKey, HpaMemory> memory = new HashMap<>();
    private final Map<ObjectKey, String> selectors = new TreeMap<>();

    /**
     * A controller that works from now on.
     *
     * @param podsByNamespace the controller manager's copy of the pods
     */
    public HpaController(
            Simulation simulation,
            Store store,
            HpaClients clients,
            MetricsClient metrics,
            ScaleWriter scaleWriter,
            Informer.Index<Pod> podsByNamespace,
            Delays delays,
            HpaOptions options,
            EventRecorder events,
            DecisionLog decisions) {
        this.simulation = simulation;
        this.store = store;
        this.clients = clients;
        this.metrics = metrics;
        this.scaleWriter = scaleWriter;
        this.podsByNamespace = podsByNamespace;
        this.delays = delays;
        this.options = options;
        this.decisions = decisions;
        this.random = simulation.random().stream("horizontal-pod-autoscaler");
        this.events = events;
        this.queue = new HpaQueue(simulation, this::begin);
        this.autoscalers = new Informer<>(
                store,
                ResourceKind.HORIZONTAL_POD_AUTOSCALER,
                HorizontalPodAutoscaler.class,
                delays.watch(simulation, "controller-manager/horizontalpodautoscalers"));
        autoscalers.onChange(this::onAutoscaler);
        autoscalers.list().forEach(known -> queue.add(known.key()));
    }

    private void onAutoscaler(@Nullable HorizontalPodAutoscaler before, @Nullable HorizontalPodAutoscaler after) {
        if (after != null) {
            queue.add(after.key());
        } else if (before != null) {
            selectors.remove(before.key());
        }
    }

    /** Forgets all recommendations and scale events, as a restart of the controller manager does. */
    public void forgetEverything() {
        memory.clear();
        selectors.clear();
    }

    private void begin(ObjectKey key, Runnable over) {
        long compute = delays.of(Delay.CONTROLLER_SYNC).sampleNanos(random);
        simulation.after(compute, () -> {
            HorizontalPodAutoscaler autoscaler = autoscalers.get(key);
            if (autoscaler == null) {
                memory.remove(key);
                over.run();
            } else {
                new Sync(autoscaler, over).readScale();
            }
        });
    }

    /** One sync's way through its requests, each sent when the one before has been answered. */
    private final class Sync {

        private final HorizontalPodAutoscaler autoscaler;
        private final Runnable over;
        private Reading<HpaScale> scale = Reading.failed("not read yet");
        private ScaleClient.@Nullable Read read;

        Sync(HorizontalPodAutoscaler autoscaler, Runnable over) {
            this.autoscaler = autoscaler;
            this.over = over;
        }

        private String namespace() {
            return autoscaler.metadata().namespace();
        }

        void readScale() {
            clients.scale().send(this::getScale, (found, refused) -> {
                read = found;
                scale = found == null
                        ? Reading.failed(refused == null ? "no answer" : String.valueOf(refused.getMessage()))
                        : Reading.of(found.scale());
                readMetrics();
            });
        }

        private ScaleClient.Read getScale() {
            return ScaleClient.get(store, namespace(), autoscaler.spec().scaleTargetRef());
        }

        /** One request for each metric, one after another. */
        private void readMetrics() {
            HpaScale found = scale.value();
            if (found == null || found.specReplicas() == 0) {
                decide(new PodSelection(null, List.of(), List.of()), MetricsSnapshot.ofPods(List.of()));
                return;
            }
            selectors.put(autoscaler.key(), found.selector());
            Map<String, Pod> matching = new TreeMap<>();
            PodSelection selection = PodSelection.of(
                    found.selector(),
                    podsByNamespace.get(namespace()),
                    pod -> pod.metadata().labels(),
                    pod -> {
                        matching.put(pod.name(), pod);
                        return HpaPods.of(pod);
                    },
                    otherSelectors());
            ask(autoscaler.spec().metrics().size(), selection, new ArrayList<>(matching.values()));
        }

        private void ask(int requests, PodSelection selection, List<Pod> pods) {
            clients.metrics().send(() -> metrics.snapshot(autoscaler, pods), (answered, refused) -> {
                if (requests > 1) {
                    ask(requests - 1, selection, pods);
                } else {
                    decide(selection, answered == null ? MetricsSnapshot.ofPods(List.of()) : answered);
                }
            });
        }

        private Map<String, String> otherSelectors() {
            ImmutableMap.Builder<String, String> others = ImmutableMap.builder();
            selectors.forEach((key, text) -> {
                if (key.namespace().equals(namespace()) && !key.equals(autoscaler.key())) {
                    others.put(key.namespace() + "/" + key.name(), text);
                }
            });
            return others.buildOrThrow();
        }

        private void decide(PodSelection selection, MetricsSnapshot snapshot) {
            HpaSpec spec = HpaValues.spec(autoscaler);
            HpaDecision decision = HpaReconciler.decide(new HpaSyncInput(
                    spec,
                    HpaValues.status(autoscaler.status()),
                    scale,
                    selection,
                    snapshot,
                    memory.getOrDefault(autoscaler.key(), HpaMemory.NONE),
                    options,
                    simulation.now()));
            decisions.record("HpaController", autoscaler.key(), () -> describe(decision));
            HpaDecision.Rescale rescale = decision.rescale();
            ScaleClient.Read target = read;
            if (rescale == null || target == null) {
                finish(decision);
            } else {
                writeScale(decision, target, rescale.to(), CONFLICT_TRIES);
            }
        }

        private String describe(HpaDecision decision) {
            HpaDecision.Rescale rescale = decision.rescale();
            String outcome = rescale == null ? "stays" : rescale.from() + " → " + rescale.to();
            return outcome + ": " + decision.explain();
        }

        private void writeScale(HpaDecision decision, ScaleClient.Read target, int replicas, int tries) {
            clients.scale().send(() -> ScaleClient.put(store, scaleWriter, target, replicas), (written, refused) -> {
                boolean conflict = refused != null && refused.reason() == ApiException.Reason.CONFLICT;
                if (refused == null) {
                    finish(decision);
                } else if (conflict && tries > 1) {
                    simulation.after(CONFLICT_PAUSE, () -> readAgain(decision, replicas, tries - 1));
                } else {
                    finish(decision.scaleFailed(String.valueOf(refused.getMessage())));
                }
            });
        }

        private void readAgain(HpaDecision decision, int replicas, int tries) {
            clients.scale().send(this::getScale, (found, refused) -> {
                if (found == null) {
                    finish(decision.scaleFailed(refused == null ? "no answer" : String.valueOf(refused.getMessage())));
                } else {
                    writeScale(decision, found, replicas, tries);
                }
            });
        }

        private void finish(HpaDecision decision) {
            memory.put(autoscaler.key(), decision.memory());
            for (HpaEvent event : decision.events()) {
                events.record(autoscaler, "", event.type().text(), event.reason(), event.message());
            }
            if (!decision.statusChanged()) {
                done();
                return;
            }
            HorizontalPodAutoscaler changed = autoscaler.withStatus(HpaValues.status(decision.status()));
            clients.status().updateStatus(changed, (written, refused) -> {
                if (refused != null) {
                    events.warning(autoscaler, "FailedUpdateStatus", String.valueOf(refused.getMessage()));
                }
                done();
            });
        }

        private void done() {
            queue.add(autoscaler.key());
            over.run();
        }
    }
}
