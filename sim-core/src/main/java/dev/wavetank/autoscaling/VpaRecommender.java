package dev.wavetank.autoscaling;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.metrics.MetricsServer;
import dev.wavetank.autoscaling.metrics.PodMetrics;
import dev.wavetank.autoscaling.vpa.AggregateContainerState;
import dev.wavetank.autoscaling.vpa.ContainerRecommendation;
import dev.wavetank.autoscaling.vpa.ContainerState;
import dev.wavetank.autoscaling.vpa.Recommender;
import dev.wavetank.autoscaling.vpa.ResourceAmounts;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.autoscaling.vpa.VpaStatus;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerState.Terminated;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delays;
import dev.wavetank.model.Informer;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Watches what containers use and, once a minute, writes what they should request into the status of every
 * VerticalPodAutoscaler, as {@link Recommender} decides.
 *
 * <p>Samples of pods with the same labels go to one aggregate, which outlives the pods. What it remembers is in this process
 * alone: it is never restarted, so that there are no checkpoints.
 *
 * <p>Source: vertical-pod-autoscaler 1.8 pkg/recommender/routines/recommender.go and pkg/recommender/input.
 */
public final class VpaRecommender {

    private static final long INTERVAL = 60 * Times.SECOND;
    private static final int ROUNDS_PER_HOUR = 60;

    /** Whose samples are one and the same: containers of that name in pods with exactly these labels. */
    private record AggregateKey(String namespace, String container, ImmutableMap<String, String> labels) {}

    private record Oom(Pod pod, String container, long at, long requestBytes) {}

    private final Simulation simulation;
    private final Store store;
    private final MetricsServer metrics;
    private final Delays delays;
    private final ApiClient client;
    private final DecisionLog decisions;
    private final Map<AggregateKey, AggregateContainerState> aggregates = new LinkedHashMap<>();
    private final Map<String, ContainerState> containers = new LinkedHashMap<>();
    private final List<Oom> ooms = new ArrayList<>();
    private @Nullable VpaObjects autoscalers;
    private @Nullable Informer<Pod> pods;
    private int rounds;

    /** A recommender that rests until it is started. */
    public VpaRecommender(
            Simulation simulation,
            Store store,
            MetricsServer metrics,
            Delays delays,
            ApiClient client,
            DecisionLog decisions) {
        this.simulation = simulation;
        this.store = store;
        this.metrics = metrics;
        this.delays = delays;
        this.client = client;
        this.decisions = decisions;
    }

    /** Begins, somewhere within its minute: it has been there for longer than the first object it is to look at. */
    public void start() {
        autoscalers = new VpaObjects(store, delays.watch(simulation, "vpa-recommender/verticalpodautoscalers"));
        Informer<Pod> seen =
                new Informer<>(store, ResourceKind.POD, Pod.class, delays.watch(simulation, "vpa-recommender/pods"));
        seen.onChange(this::onPod);
        pods = seen;
        double phase = simulation.random().stream("vpa-recommender").nextDouble();
        simulation.after((long) (phase * INTERVAL), this::round);
    }

    /** Queues what a pod tells of processes killed for their memory; a pod that is gone leaves its aggregates behind. */
    private void onPod(@Nullable Pod before, @Nullable Pod after) {
        if (after == null) {
            if (before != null) {
                before.spec().containers().forEach(container -> containers.remove(id(before, container.name())));
            }
            return;
        }
        for (ContainerStatus status : after.status().containerStatuses()) {
            boolean restarted = before != null
                    && status.restartCount()
                            > before.status().containerStatuses().stream()
                                    .filter(was -> was.name().equals(status.name()))
                                    .mapToInt(ContainerStatus::restartCount)
                                    .findFirst()
                                    .orElse(0);
            if (restarted
                    && status.lastState() instanceof Terminated end
                    && end.reason().equals("OOMKilled")) {
                ooms.add(new Oom(after, status.name(), end.finishedAt(), memoryRequest(after, status.name())));
            }
        }
    }

    private static long memoryRequest(Pod pod, String name) {
        for (Container container : pod.spec().containers()) {
            if (container.name().equals(name)) {
                return container.requests().memoryBytes();
            }
        }
        return 0;
    }

    private static String id(Pod pod, String container) {
        return pod.metadata().uid() + "/" + container;
    }

    private void round() {
        simulation.after(INTERVAL, this::round);
        Informer<Pod> known = pods;
        VpaObjects objects = autoscalers;
        if (known == null || objects == null) {
            throw new IllegalStateException("not started");
        }
        sample(known);
        ooms.forEach(oom -> {
            ContainerState.Outcome outcome =
                    stateOf(oom.pod(), oom.container()).recordOom(oom.at(), oom.requestBytes());
            decisions.record(
                    "VpaRecommender",
                    oom.pod().key(),
                    () -> "container " + oom.container() + " was killed for its memory at a request of "
                            + oom.requestBytes() + " bytes: counts as a peak 20 % and at least 100Mi above that ("
                            + outcome + ")");
        });
        ooms.clear();
        objects.list().forEach(autoscaler -> recommend(objects, autoscaler, known));
        if (++rounds % ROUNDS_PER_HOUR == 0) {
            aggregates.values().removeIf(state -> state.isExpired(simulation.now()));
        }
    }

    private void sample(Informer<Pod> known) {
        SortedMap<String, List<Pod>> byNamespace = new TreeMap<>();
        for (Pod pod : known.list()) {
            byNamespace
                    .computeIfAbsent(pod.metadata().namespace(), unused -> new ArrayList<>())
                    .add(pod);
        }
        byNamespace.values().forEach(this::sample);
    }

    private void sample(List<Pod> ofNamespace) {
        List<PodMetrics> served = metrics.metricsOf(ofNamespace);
        if (served == null) {
            return;
        }
        Map<String, Pod> byName = new LinkedHashMap<>();
        ofNamespace.forEach(pod -> byName.put(pod.name(), pod));
        for (PodMetrics each : served) {
            Pod pod = byName.get(each.pod());
            for (PodMetrics.ContainerMetrics use : each.containers()) {
                boolean main = pod != null
                        && pod.spec().containers().stream()
                                .anyMatch(container -> container.name().equals(use.name()));
                if (pod != null && main) {
                    ContainerState state = stateOf(pod, use.name());
                    long at = Times.stored(each.timestamp());
                    state.addCpuSample(at, use.cpuMillicores());
                    state.addMemorySample(at, use.memoryBytes());
                }
            }
        }
    }

    private ContainerState stateOf(Pod pod, String container) {
        return containers.computeIfAbsent(
                id(pod, container),
                unused -> new ContainerState(aggregates.computeIfAbsent(
                        new AggregateKey(
                                pod.metadata().namespace(),
                                container,
                                pod.metadata().labels()),
                        key -> new AggregateContainerState())));
    }

    private void recommend(VpaObjects objects, VerticalPodAutoscaler autoscaler, Informer<Pod> known) {
        KubernetesObject target = objects.target(autoscaler);
        SortedMap<String, AggregateContainerState> usage = new TreeMap<>();
        boolean matched = false;
        if (target != null) {
            LabelSelector selector = VpaObjects.selector(target);
            matched = known.list().stream()
                    .anyMatch(pod -> pod.metadata().namespace().equals(autoscaler.namespace())
                            && selector.matches(pod.metadata().labels()));
            aggregates.forEach((key, state) -> {
                if (key.namespace().equals(autoscaler.namespace())
                        && selector.matches(key.labels())
                        && state.cpuSamples() > 0) {
                    usage.computeIfAbsent(key.container(), unused -> new AggregateContainerState())
                            .merge(state);
                }
            });
        }
        List<ContainerRecommendation> recommended =
                usage.isEmpty() ? List.of() : Recommender.recommend(usage, autoscaler.policy(), ResourceAmounts.NONE);
        ObjectNode status = status(autoscaler, target, matched, recommended);
        decisions.record(
                "VpaRecommender", autoscaler.object().key(), () -> describe(autoscaler, target, recommended, usage));
        if (!status.equals(CustomResource.status(autoscaler.object()))) {
            client.patch(
                    autoscaler.object().key(),
                    stored -> CustomResource.withStatus((KeptObject) stored, status),
                    (written, refused) -> {});
        }
    }

    private ObjectNode status(
            VerticalPodAutoscaler autoscaler,
            @Nullable KubernetesObject target,
            boolean matched,
            List<ContainerRecommendation> recommended) {
        ObjectNode status = CustomResource.statusToChange(autoscaler.object());
        long now = simulation.now();
        if (!recommended.isEmpty()) {
            VpaStatus.write(status, recommended);
        }
        boolean provided = !status.path("recommendation").isMissingNode();
        CustomResource.setCondition(status, "RecommendationProvided", provided ? "True" : "False", "", "", now);
        if (target == null) {
            CustomResource.setCondition(status, "ConfigUnsupported", "True", "", unsupported(autoscaler), now);
        } else {
            CustomResource.removeCondition(status, "ConfigUnsupported");
        }
        if (matched) {
            CustomResource.removeCondition(status, "NoPodsMatched");
        } else {
            CustomResource.setCondition(
                    status, "NoPodsMatched", "True", "NoPodsMatched", "No pods match this VPA object", now);
        }
        return status;
    }

    private static String unsupported(VerticalPodAutoscaler autoscaler) {
        return "Cannot read targetRef " + autoscaler.target().kind() + " " + autoscaler.namespace() + "/"
                + autoscaler.target().name()
                + ": it does not exist, has no pods of its own, or is controlled by another object";
    }

    private static String describe(
            VerticalPodAutoscaler autoscaler,
            @Nullable KubernetesObject target,
            List<ContainerRecommendation> recommended,
            SortedMap<String, AggregateContainerState> usage) {
        if (target == null) {
            return "nothing to recommend: " + unsupported(autoscaler);
        }
        if (recommended.isEmpty()) {
            return "nothing to recommend yet: no container has a sample";
        }
        List<String> lines = new ArrayList<>();
        for (ContainerRecommendation each : recommended) {
            AggregateContainerState seen = usage.get(each.containerName());
            if (seen != null) {
                lines.add(Recommender.explain(each, seen) + " from " + seen.cpuSamples() + " samples");
            }
        }
        return "recommends for " + String.join(" | ", lines);
    }
}
