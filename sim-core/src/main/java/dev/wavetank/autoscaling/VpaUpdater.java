package dev.wavetank.autoscaling;

import dev.wavetank.autoscaling.vpa.AdmissionPatch;
import dev.wavetank.autoscaling.vpa.LimitRangeItem;
import dev.wavetank.autoscaling.vpa.ResizeCondition;
import dev.wavetank.autoscaling.vpa.ResizeWatch;
import dev.wavetank.autoscaling.vpa.UpdatablePod;
import dev.wavetank.autoscaling.vpa.UpdatePriority;
import dev.wavetank.autoscaling.vpa.Updater;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.ContainerState.Terminated;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delays;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.Informer;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.ReplicaSet;
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
 * Once a minute evicts or resizes running pods that ask for something else than their VerticalPodAutoscaler recommends, as
 * {@link Updater} decides.
 *
 * <p>Differs from Kubernetes: all requests of a round reach the API server in one instant.
 *
 * <p>Source: vertical-pod-autoscaler 1.8 pkg/updater/logic/updater.go.
 */
public final class VpaUpdater {

    /** The subresources of pods it asks for. */
    public interface PodRequests {
        /**
         * Evicts a pod.
         *
         * @throws ApiException if that is refused
         */
        void evict(Pod pod);

        /**
         * Asks for other resources in a running pod.
         *
         * @throws ApiException if that is refused
         */
        void resize(Pod pod, List<AdmissionPatch> wanted);
    }

    private static final long INTERVAL = 60 * Times.SECOND;

    private final Simulation simulation;
    private final Store store;
    private final Delays delays;
    private final PodRequests requests;
    private final EventRecorder events;
    private final DecisionLog decisions;
    private final ResizeWatch resizes = new ResizeWatch();
    private @Nullable VpaObjects autoscalers;
    private @Nullable Informer<Pod> pods;

    /**
     * An updater that rests until it is started.
     *
     * @param events what it says its events with
     */
    public VpaUpdater(
            Simulation simulation,
            Store store,
            Delays delays,
            PodRequests requests,
            EventRecorder events,
            DecisionLog decisions) {
        this.simulation = simulation;
        this.store = store;
        this.delays = delays;
        this.requests = requests;
        this.decisions = decisions;
        this.events = events;
    }

    /** Begins, somewhere within its minute. */
    public void start() {
        autoscalers = new VpaObjects(store, delays.watch(simulation, "vpa-updater/verticalpodautoscalers"));
        Informer<Pod> seen =
                new Informer<>(store, ResourceKind.POD, Pod.class, delays.watch(simulation, "vpa-updater/pods"));
        seen.onChange((before, after) -> {
            if (after == null && before != null) {
                resizes.forget(before.name());
            }
        });
        pods = seen;
        double phase = simulation.random().stream("vpa-updater").nextDouble();
        simulation.after((long) (phase * INTERVAL), this::round);
    }

    private void round() {
        simulation.after(INTERVAL, this::round);
        VpaObjects objects = autoscalers;
        Informer<Pod> known = pods;
        if (objects == null || known == null) {
            throw new IllegalStateException("not started");
        }
        for (VerticalPodAutoscaler autoscaler : objects.list()) {
            if (autoscaler.mode().updatesRunningPods()
                    && !autoscaler.recommendations().isEmpty()) {
                groups(objects, known, autoscaler)
                        .forEach((controller, group) -> update(autoscaler, controller, group));
            }
        }
    }

    /** The live pods of an autoscaler's target, by the key of the controller that made them. */
    private static Map<KubernetesObject, List<Pod>> groups(
            VpaObjects objects, Informer<Pod> known, VerticalPodAutoscaler autoscaler) {
        Map<String, KubernetesObject> controllers = new LinkedHashMap<>();
        Map<KubernetesObject, List<Pod>> groups = new LinkedHashMap<>();
        for (Pod pod : known.list()) {
            boolean live = pod.isScheduled() && pod.isActive();
            if (!live || !pod.metadata().namespace().equals(autoscaler.namespace())) {
                continue;
            }
            VerticalPodAutoscaler controlling = objects.controlling(pod).orElse(null);
            KubernetesObject owner = objects.ownerOf(pod);
            if (owner != null && controlling != null && controlling.name().equals(autoscaler.name())) {
                KubernetesObject one =
                        controllers.computeIfAbsent(owner.metadata().uid(), unused -> owner);
                groups.computeIfAbsent(one, unused -> new ArrayList<>()).add(pod);
            }
        }
        return groups;
    }

    private void update(VerticalPodAutoscaler autoscaler, KubernetesObject controller, List<Pod> group) {
        int configured = controller instanceof ReplicaSet set ? set.replicas() : group.size();
        Updater.Target target = new Updater.Target(
                autoscaler.mode(),
                autoscaler.fewestReplicas(),
                configured,
                autoscaler.recommendations(),
                autoscaler.policy(),
                autoscaler.evictionRequirements(),
                LimitRangeItem.NONE,
                null);
        Map<String, Pod> byName = new LinkedHashMap<>();
        group.forEach(pod -> byName.put(pod.name(), pod));
        Asked asked = new Asked(autoscaler, byName);
        List<Updater.Decision> taken =
                Updater.run(target, group.stream().map(this::updatable).toList(), resizes, simulation.now(), asked);
        for (Updater.Decision decision : taken) {
            Pod pod = byName.get(decision.pod());
            if (pod != null) {
                decisions.record("VpaUpdater", pod.key(), () -> describe(autoscaler, decision, asked));
            }
        }
    }

    private UpdatablePod updatable(Pod pod) {
        long started = pod.status().startTime();
        return new UpdatablePod(
                pod.name(),
                pod.status().phase() == PodPhase.PENDING,
                Times.isSet(started) ? Long.valueOf(simulation.now() - started) : null,
                VpaObjects.inForce(pod),
                quickestOom(pod),
                resize(pod));
    }

    private static @Nullable Long quickestOom(Pod pod) {
        Long quickest = null;
        for (ContainerStatus status : pod.status().containerStatuses()) {
            if (status.lastState() instanceof Terminated end && end.reason().equals("OOMKilled")) {
                long ran = end.finishedAt() - end.startedAt();
                quickest = quickest == null ? ran : Math.min(quickest, ran);
            }
        }
        return quickest;
    }

    private static @Nullable ResizeCondition resize(Pod pod) {
        PodCondition pending = pod.status().condition(PodCondition.Type.POD_RESIZE_PENDING);
        if (pending != null && pending.status() == PodCondition.Status.TRUE) {
            return new ResizeCondition(ResizeCondition.Type.PENDING, pending.reason());
        }
        PodCondition underWay = pod.status().condition(PodCondition.Type.POD_RESIZE_IN_PROGRESS);
        return underWay != null && underWay.status() == PodCondition.Status.TRUE
                ? new ResizeCondition(ResizeCondition.Type.IN_PROGRESS, underWay.reason())
                : null;
    }

    private static String describe(VerticalPodAutoscaler autoscaler, Updater.Decision decision, Asked asked) {
        String deed = switch (decision.action()) {
            case EVICT -> "evicted";
            case RESIZE -> "resized in place";
            case NONE -> "left alone";
        };
        UpdatePriority priority = decision.priority();
        UpdatePriority.Verdict verdict = decision.verdict();
        String numbers = priority == null || verdict == null
                ? ""
                : String.format(
                        Locale.ROOT,
                        " (%s, requests are %.0f %% off the target%s)",
                        verdict.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        priority.resourceDiff() * 100,
                        priority.grows() ? ", wants to grow" : "");
        return deed + " for vpa " + autoscaler.name() + " (mode "
                + autoscaler.mode().apiName() + "): " + decision.reason().phrase() + numbers
                + asked.refusal(decision.pod());
    }

    /** The requests of one round, with what became of them. */
    private final class Asked implements Updater.Requests {

        private final VerticalPodAutoscaler autoscaler;
        private final Map<String, Pod> pods;
        private final Map<String, String> refusals = new LinkedHashMap<>();

        Asked(VerticalPodAutoscaler autoscaler, Map<String, Pod> pods) {
            this.autoscaler = autoscaler;
            this.pods = pods;
        }

        String refusal(String pod) {
            String message = refusals.get(pod);
            return message == null ? "" : ": " + message;
        }

        @Override
        public boolean evict(String podName) {
            Pod pod = pods.get(podName);
            if (pod == null || !granted(podName, () -> requests.evict(pod))) {
                return false;
            }
            events.normal(pod, "EvictedByVPA", "Pod was evicted by VPA Updater to apply resource recommendation.");
            events.normal(
                    autoscaler.object(),
                    "EvictedPod",
                    "VPA Updater evicted Pod " + podName + " to apply resource recommendation.");
            return true;
        }

        @Override
        public boolean resize(String podName) {
            Pod pod = pods.get(podName);
            if (pod == null) {
                return false;
            }
            List<AdmissionPatch> wanted = AdmissionPatch.decide(
                    VpaObjects.specified(pod),
                    autoscaler.recommendations(),
                    autoscaler.policy(),
                    LimitRangeItem.NONE,
                    null);
            if (!granted(podName, () -> requests.resize(pod, wanted))) {
                return false;
            }
            events.normal(pod, "InPlaceResizedByVPA", "Pod was resized in place by VPA Updater.");
            return true;
        }

        private boolean granted(String podName, Runnable request) {
            try {
                request.run();
                return true;
            } catch (ApiException refused) {
                refusals.put(podName, String.valueOf(refused.getMessage()));
                return false;
            }
        }
    }
}
