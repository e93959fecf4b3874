package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.WorkQueue.Outcome;
import dev.wavetank.controllers.endpoints.EndpointConditions;
import dev.wavetank.controllers.endpoints.EndpointPorts;
import dev.wavetank.controllers.endpoints.IpFamily;
import dev.wavetank.controllers.endpoints.PodFacts;
import dev.wavetank.controllers.endpoints.SlicePacking;
import dev.wavetank.controllers.endpoints.SlicePlan;
import dev.wavetank.controllers.endpoints.TrafficDistribution;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Names;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Service;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lists the pods behind every Service in EndpointSlices.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/endpointslice and staging/src/k8s.io/endpointslice.
 */
public final class EndpointSliceController {

    private static final int WORKERS = 5;
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";
    private static final String MANAGER = "endpointslice-controller.k8s.io";

    /** A sync that finds its own last write missing from the informer comes back after this, doubled each time. */
    private static final long STALE_RETRY_NANOS = Times.SECOND;

    private final Names names;
    private final long batchPeriodNanos;
    private final SharedInformers informers;
    private final ApiClient client;
    private final WorkQueue<ObjectKey> queue;
    private final Map<ObjectKey, SliceTracker> trackers = new HashMap<>();

    /** A controller that works from now on. */
    public EndpointSliceController(
            Simulation simulation, Store store, SharedInformers informers, Delays delays, ControlPlane settings) {
        this.names = store.names();
        this.batchPeriodNanos = settings.endpointSliceUpdatesBatchNanos();
        this.informers = informers;
        this.client = settings.controllerClient(simulation, store, delays, "endpointslice-controller");
        this.queue =
                new WorkQueue<>(simulation, "endpointslice", WORKERS, delays.of(Delay.CONTROLLER_SYNC), this::sync);
        informers.services().onChange(this::onService);
        informers.pods().onChange(this::onPod);
    }

    private void onService(@Nullable Service before, @Nullable Service after) {
        Service service = after == null ? before : after;
        if (service != null) {
            queue.add(service.key());
        }
    }

    private void onPod(@Nullable Pod before, @Nullable Pod after) {
        if (before != null && after != null && !matters(before, after)) {
            return;
        }
        Pod any = after == null ? before : after;
        if (any == null) {
            return;
        }
        for (Service service : informers.services().list()) {
            boolean selects =
                    service.metadata().namespace().equals(any.metadata().namespace())
                            && (selects(service, before) || selects(service, after));
            if (selects) {
                queue.addAfter(service.key(), batchPeriodNanos);
            }
        }
    }

    /** Changes of a pod that can change its endpoint; its phase alone is none of them. */
    private static boolean matters(Pod before, Pod after) {
        return after.metadata().isBeingDeleted()
                || before.isReady() != after.isReady()
                || !before.status().podIp().equals(after.status().podIp())
                || !before.nodeName().equals(after.nodeName())
                || !before.metadata().labels().equals(after.metadata().labels());
    }

    private static boolean selects(Service service, @Nullable Pod pod) {
        ImmutableMap<String, String> selector = service.selector();
        return pod != null
                && selector != null
                && LabelSelector.matching(selector).matches(pod.metadata().labels());
    }

    private void sync(ObjectKey key, Consumer<Outcome> done) {
        Service service = informers.services().get(key);
        List<EndpointSlice> existing = new ArrayList<>();
        informers.slicesByService().get(key.namespace() + "/" + key.name()).forEach(existing::add);
        if (service == null || service.selector() == null) {
            trackers.remove(key);
            if (service == null) {
                existing.forEach(slice -> client.delete(slice.key(), DeleteOptions.DEFAULT, (nothing, refused) -> {}));
            }
            done.accept(Outcome.DONE);
            return;
        }
        SliceTracker tracker = trackers.computeIfAbsent(key, unused -> new SliceTracker());
        if (tracker.isAheadOf(existing)) {
            queue.addAfter(key, STALE_RETRY_NANOS << Math.min(tracker.staleSyncs++, 9));
            done.accept(Outcome.DONE);
            return;
        }
        tracker.staleSyncs = 0;
        boolean retry = reconcile(service, existing, tracker, done);
        if (retry) {
            queue.addAfter(key, STALE_RETRY_NANOS);
        }
    }

    /** Plans and writes; true if a pod's node was missing, so that the sync is repeated. */
    private boolean reconcile(
            Service service, List<EndpointSlice> existing, SliceTracker tracker, Consumer<Outcome> done) {
        boolean retry = false;
        Map<ImmutableList<EndpointSlice.Port>, List<Endpoint>> desired = new LinkedHashMap<>();
        TrafficDistribution distribution = TrafficDistribution.named(service.trafficDistribution());
        for (Pod pod : informers.podsByNamespace().get(service.metadata().namespace())) {
            if (!selects(service, pod)) {
                continue;
            }
            PodFacts facts =
                    PodFacts.of(pod, informers.nodes().get(new ObjectKey(ResourceKind.NODE, "", pod.nodeName())));
            EndpointConditions.Verdict verdict = EndpointConditions.of(
                    facts, service.name(), service.publishNotReadyAddresses(), distribution, IpFamily.IPV4);
            retry |= verdict.retry();
            Endpoint endpoint = verdict.endpoint();
            if (endpoint != null) {
                desired.computeIfAbsent(EndpointPorts.of(service.ports(), pod.spec()), unused -> new ArrayList<>())
                        .add(endpoint);
            }
        }
        SlicePlan plan = SlicePacking.plan(existing, desired, SlicePacking.DEFAULT_MAX_ENDPOINTS);
        new Writing(service, plan, tracker, done).start();
        return retry;
    }

    /** What the controller has written itself, to notice an informer that has not caught up. */
    private static final class SliceTracker {

        private final Map<ObjectKey, Long> generations = new HashMap<>();
        private int staleSyncs;

        boolean isAheadOf(List<EndpointSlice> informed) {
            Map<ObjectKey, Long> seen = new HashMap<>();
            informed.forEach(slice -> seen.put(slice.key(), slice.metadata().generation()));
            return generations.entrySet().stream()
                    .anyMatch(written -> seen.getOrDefault(written.getKey(), -1L) < written.getValue());
        }

        void wrote(EndpointSlice slice) {
            generations.put(slice.key(), slice.metadata().generation());
        }

        void deleted(ObjectKey key) {
            generations.remove(key);
        }
    }

    /** The writes of one sync, one after the other. */
    private final class Writing {

        private final Service service;
        private final SlicePlan plan;
        private final SliceTracker tracker;
        private final Consumer<Outcome> done;
        private final List<Runnable> steps = new ArrayList<>();
        private int next;

        Writing(Service service, SlicePlan plan, SliceTracker tracker, Consumer<Outcome> done) {
            this.service = service;
            this.plan = plan;
            this.tracker = tracker;
            this.done = done;
        }

        void start() {
            for (SlicePlan.Create create : plan.creates()) {
                EndpointSlice slice = new EndpointSlice(metadata(), create.endpoints(), create.ports());
                steps.add(() -> client.create(slice, this::wrote));
            }
            for (SlicePlan.Update update : plan.updates()) {
                steps.add(() -> client.update(update.slice(), this::wrote));
            }
            for (SlicePlan.Delete delete : plan.deletes()) {
                ObjectKey key = delete.slice().key();
                steps.add(() -> client.delete(key, DeleteOptions.DEFAULT, (nothing, refused) -> {
                    tracker.deleted(key);
                    step();
                }));
            }
            step();
        }

        private ObjectMeta metadata() {
            return ObjectMeta.named(service.metadata().namespace(), names.generate(service.name() + "-"))
                    .withLabels(ImmutableMap.of(EndpointSlice.SERVICE_NAME_LABEL, service.name(), MANAGED_BY, MANAGER))
                    .withOwnerReferences(ImmutableList.of(OwnerReference.controllerOf(service)));
        }

        private void wrote(dev.wavetank.model.@Nullable KubernetesObject written, @Nullable ApiException refused) {
            if (written == null) {
                done.accept(Outcome.RETRY);
                return;
            }
            tracker.wrote((EndpointSlice) written);
            step();
        }

        private void step() {
            if (next == steps.size()) {
                done.accept(Outcome.DONE);
            } else {
                steps.get(next++).run();
            }
        }
    }
}
