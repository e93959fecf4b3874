package dev.wavetank.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.knative.ActiveCondition;
import dev.wavetank.autoscaling.knative.ActiveStatus;
import dev.wavetank.autoscaling.knative.AutoscalerConfig;
import dev.wavetank.autoscaling.knative.KpaScaler;
import dev.wavetank.autoscaling.knative.MetricWindow;
import dev.wavetank.autoscaling.knative.RevisionConfig;
import dev.wavetank.autoscaling.knative.ScaleToZero;
import dev.wavetank.autoscaling.knative.ScaleToZero.SksMode;
import dev.wavetank.autoscaling.knative.ServerlessServiceMode;
import dev.wavetank.autoscaling.knative.Serving;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delays;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.Informer;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knative's own autoscaler: takes in what passes each revision every second, decides every two seconds how many pods it
 * wants as {@link KpaScaler} does, and writes what {@link ScaleToZero} makes of it, and which way traffic is to take.
 *
 * <p>Differs from Kubernetes: what activators report and what is scraped from queue-proxies comes in one report a second,
 * from all pods and not a sample of them.
 *
 * <p>Source: knative serving pkg/autoscaler/scaling/multiscaler.go and pkg/reconciler/autoscaling/kpa.
 */
public final class KpaAutoscaler {

    private static final long TICK = 2 * Times.SECOND;
    private static final long REPORT = Times.SECOND;
    private static final long PROBE = Times.SECOND;
    private static final long PROGRESS_DEADLINE = 600 * Times.SECOND;

    /** How long the new endpoints of a public Service take to reach whoever sends there. */
    private static final long ENDPOINTS_SPREAD = 200 * Times.MILLISECOND;

    private static final int NEVER = -1;

    /** What is remembered of one revision. */
    private static final class Watched {
        final KeptObject revision;
        RevisionConfig config;
        MetricWindow stable;
        MetricWindow panic;
        KpaScaler scaler;
        int desired = ScaleToZero.UNKNOWN_SCALE;
        int excessBurstCapacity;
        boolean panicking;
        ActiveCondition active = new ActiveCondition(ActiveStatus.UNKNOWN, "Queued", false);
        long activeSince;
        SksMode mode = SksMode.PROXY;
        long proxiedSince;
        double toSubtract;
        int panics;
        long timer;

        Watched(KeptObject revision, RevisionConfig config, long now) {
            this.revision = revision;
            this.config = config;
            this.stable = new MetricWindow(MetricWindow.Algorithm.LINEAR, config.stableWindowNanos());
            this.panic = new MetricWindow(MetricWindow.Algorithm.LINEAR, config.panicWindowNanos());
            this.scaler = new KpaScaler(KpaScaler.Spec.of(config, AutoscalerConfig.DEFAULT), 0, now);
            this.activeSince = now;
            this.proxiedSince = now;
            double burst = config.targetBurstCapacity();
            this.excessBurstCapacity =
                    burst <= 0 ? (int) burst : (int) Math.floor(config.initialScale() * config.total() - burst);
        }

        String name() {
            return revision.metadata().name();
        }
    }

    private final Simulation simulation;
    private final Store store;
    private final ApiClient client;
    private final RevisionTraffic traffic;
    private final ScaleWriter scaleWriter;
    private final DecisionLog decisions;
    private final Informer<KeptObject> revisions;
    private final Informer.Index<Pod> podsByRevision;
    private final Map<ObjectKey, Watched> watched = new LinkedHashMap<>();
    private boolean started;

    /** An autoscaler that works from now on. */
    public KpaAutoscaler(
            Simulation simulation,
            Store store,
            ApiClient client,
            RevisionTraffic traffic,
            ScaleWriter scaleWriter,
            Informer<Pod> pods,
            Delays delays,
            DecisionLog decisions) {
        this.simulation = simulation;
        this.store = store;
        this.client = client;
        this.traffic = traffic;
        this.scaleWriter = scaleWriter;
        this.decisions = decisions;
        this.podsByRevision = pods.indexBy(KpaAutoscaler::revisionOf);
        pods.onChange((before, after) -> {
            Pod pod = after == null ? before : after;
            String revision = pod == null ? Informer.Index.NOWHERE : revisionOf(pod);
            boolean news = before == null || after == null || before.isReady() != after.isReady();
            if (pod != null && news && !revision.equals(Informer.Index.NOWHERE)) {
                Watched found = watched.get(key(pod.metadata().namespace(), revision));
                if (found != null) {
                    reconcileSoon(found);
                }
            }
        });
        this.revisions = new Informer<>(
                store, Serving.REVISION, KeptObject.class, delays.watch(simulation, "knative-autoscaler/revisions"));
        revisions.onChange((before, after) -> onRevision(before, after));
        new Informer<>(store, Serving.ROUTE, KeptObject.class, delays.watch(simulation, "knative-autoscaler/routes"))
                .onChange((before, after) -> reachabilityChanged());
    }

    private static String revisionOf(Pod pod) {
        return pod.metadata().labels().getOrDefault(Serving.REVISION_LABEL, Informer.Index.NOWHERE);
    }

    private static ObjectKey key(String namespace, String revision) {
        return new ObjectKey(Serving.REVISION, namespace, revision);
    }

    private void onRevision(@Nullable KeptObject before, @Nullable KeptObject after) {
        if (after == null) {
            if (before != null) {
                watched.remove(before.key());
            }
            return;
        }
        if (!watched.containsKey(after.key())) {
            watched.put(after.key(), new Watched(after, RevisionObjects.config(after, true), simulation.now()));
            start();
        }
    }

    private void start() {
        if (!started) {
            started = true;
            var random = simulation.random().stream("knative-autoscaler");
            simulation.after((long) (random.nextDouble() * TICK), this::tick);
            simulation.after((long) (random.nextDouble() * REPORT), this::takeReports);
        }
    }

    /** A revision no route leads to is let go; one it leads to again starts anew. */
    private void reachabilityChanged() {
        Set<String> reached = new LinkedHashSet<>();
        for (KubernetesObject route : store.list(Serving.ROUTE)) {
            for (JsonNode share : CustomResource.status((KeptObject) route).path("traffic")) {
                if (share.path("percent").asInt() > 0) {
                    reached.add(share.path("revisionName").asText());
                }
            }
        }
        for (Watched each : watched.values()) {
            boolean waitsForItsTurn =
                    each.active.status() == ActiveStatus.UNKNOWN && !each.active.scaleTargetInitialized();
            boolean reachable = reached.contains(each.name()) || waitsForItsTurn;
            if (reachable != each.config.reachable()) {
                each.config = RevisionObjects.config(each.revision, reachable);
                each.scaler =
                        new KpaScaler(KpaScaler.Spec.of(each.config, AutoscalerConfig.DEFAULT), 0, simulation.now());
                reconcileSoon(each);
            }
        }
    }

    private void takeReports() {
        simulation.after(REPORT, this::takeReports);
        long now = simulation.now();
        for (Watched each : watched.values()) {
            RevisionTraffic.Report report =
                    traffic.report(each.revision.metadata().namespace(), each.name());
            double value = each.config.metric() == RevisionConfig.Metric.RPS ? report.requests() : report.concurrency();
            record(each, now, Math.max(0, value - each.toSubtract));
            each.toSubtract = 0;
        }
    }

    private static void record(Watched each, long now, double value) {
        each.stable.record(now, value);
        each.panic.record(now, value);
    }

    /** An activator has got the first request after an idle second and does not wait with its report. */
    public void poke(String namespace, String revision) {
        Watched found = watched.get(key(namespace, revision));
        if (found != null) {
            record(found, simulation.now(), 1);
            found.toSubtract = 1;
            if (found.desired == 0) {
                decide(found, "poked by the activator");
            }
        }
    }

    private void tick() {
        simulation.after(TICK, this::tick);
        for (Watched each : List.copyOf(watched.values())) {
            decide(each, "");
        }
    }

    private int readyPods(Watched each) {
        int ready = 0;
        for (Pod pod : podsByRevision.get(each.name())) {
            boolean ours =
                    pod.metadata().namespace().equals(each.revision.metadata().namespace());
            ready += ours && pod.isReady() && !pod.metadata().isBeingDeleted() ? 1 : 0;
        }
        return ready;
    }

    private void decide(Watched each, String why) {
        long now = simulation.now();
        Double stable = each.stable.isEmpty(now) ? null : Double.valueOf(each.stable.average(now));
        Double panic = each.stable.isEmpty(now) ? null : Double.valueOf(each.panic.average(now));
        int ready = readyPods(each);
        KpaScaler.Decision decision = each.scaler.scale(now, stable, panic, ready);
        Integer wanted = decision.desiredPods();
        Integer burst = decision.excessBurstCapacity();
        if (wanted == null || burst == null) {
            return;
        }
        if (decision.panicking() && !each.panicking) {
            each.panics++;
        }
        boolean news = wanted != each.desired || (burst < 0) != (each.excessBurstCapacity < 0);
        boolean turned = news || decision.panicking() != each.panicking;
        int before = each.desired;
        each.desired = wanted;
        each.excessBurstCapacity = burst;
        each.panicking = decision.panicking();
        if (turned) {
            decisions.record(
                    "KpaAutoscaler",
                    each.revision.key(),
                    () -> String.format(
                            Locale.ROOT,
                            "wants %s → %d: %s%s (stable %.2f, panic %.2f, target %.2f a pod, %d ready, excess burst"
                                    + " capacity %d)%s",
                            before == NEVER ? "nothing yet" : Integer.toString(before),
                            wanted,
                            decision.reason().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            decision.panicking() ? ", panicking" : "",
                            stable,
                            panic,
                            each.config.target(),
                            ready,
                            burst,
                            why.isEmpty() ? "" : ", " + why));
        }
        if (news) {
            reconcileSoon(each);
        }
    }

    private void reconcileSoon(Watched each) {
        client.send(
                () -> {
                    if (watched.get(each.revision.key()) == each) {
                        reconcile(each);
                    }
                    return null;
                },
                (nothing, refused) -> {});
    }

    private void reconcile(Watched each) {
        long now = simulation.now();
        simulation.cancel(each.timer);
        each.timer = 0;
        boolean proxied = each.mode == SksMode.PROXY;
        ScaleToZero.Decision decision = ScaleToZero.decide(
                each.config,
                AutoscalerConfig.DEFAULT,
                new ScaleToZero.Input(
                        each.desired,
                        each.active.status(),
                        now - each.activeSince,
                        each.active.scaleTargetInitialized(),
                        PROGRESS_DEADLINE,
                        each.mode,
                        proxied ? now - each.proxiedSince : 0,
                        proxied && now - each.proxiedSince >= ENDPOINTS_SPREAD));
        if (decision.apply()) {
            scale(each, decision);
        }
        SksMode mode = ServerlessServiceMode.decide(decision.scale(), each.excessBurstCapacity, each.active.status());
        if (mode != each.mode) {
            decisions.record(
                    "KpaAutoscaler",
                    each.revision.key(),
                    () -> "traffic goes " + (mode == SksMode.PROXY ? "through the activator" : "straight to the pods")
                            + ": excess burst capacity " + each.excessBurstCapacity + ", scale " + decision.scale());
            each.mode = mode;
            each.proxiedSince = now;
        }
        ActiveCondition after = ActiveCondition.after(each.config, each.active, decision.scale(), readyPods(each));
        if (after.status() != each.active.status()) {
            each.activeSince = now;
            decisions.record(
                    "KpaAutoscaler",
                    each.revision.key(),
                    () -> "Active=" + after.status().apiName() + " " + after.reason() + ": "
                            + decision.reason().phrase());
        }
        boolean turned = !after.equals(each.active);
        each.active = after;
        report(each);
        Long again = decision.reconcileAfterNanos();
        if (turned) {
            // the write of the status brings it back at once
            reconcileSoon(each);
        } else if (decision.probeActivator()) {
            each.timer = simulation.after(PROBE, () -> reconcileSoon(each));
        } else if (again != null) {
            each.timer = simulation.after(Math.max(1, again), () -> reconcileSoon(each));
        }
    }

    private void scale(Watched each, ScaleToZero.Decision decision) {
        TargetRef target = new TargetRef("apps/v1", "Deployment", RevisionObjects.deploymentName(each.name()));
        try {
            ScaleClient.Read read =
                    ScaleClient.get(store, each.revision.metadata().namespace(), target);
            int before = read.scale().specReplicas();
            if (before != decision.scale()) {
                ScaleClient.put(store, scaleWriter, read, decision.scale());
                decisions.record(
                        "KpaAutoscaler",
                        each.revision.key(),
                        () -> "scales " + before + " → " + decision.scale() + ": "
                                + decision.reason().phrase());
            }
        } catch (ApiException gone) {
            // the Deployment is not there yet, or no longer
        }
    }

    /** Brings the statuses of PodAutoscaler and ServerlessService up to date. */
    private void report(Watched each) {
        String namespace = each.revision.metadata().namespace();
        int ready = readyPods(each);
        long now = simulation.now();
        patch(new ObjectKey(Serving.POD_AUTOSCALER, namespace, each.name()), status -> {
            status.put("desiredScale", each.desired).put("actualScale", ready);
            status.put("panicking", each.panicking).put("panics", each.panics);
            CustomResource.setCondition(
                    status, "Active", each.active.status().apiName(), each.active.reason(), message(each), now);
            CustomResource.setCondition(
                    status, "Ready", each.active.status().apiName(), each.active.reason(), message(each), now);
        });
        patch(new ObjectKey(Serving.SERVERLESS_SERVICE, namespace, each.name()), status -> {
            status.put("mode", each.mode == SksMode.PROXY ? "Proxy" : "Serve");
            status.put("numActivators", each.config.numActivators(ready, AutoscalerConfig.DEFAULT.activatorCapacity()));
        });
    }

    private static String message(Watched each) {
        return switch (each.active.reason()) {
            case "Queued" -> "Requests to the target are being buffered as resources are provisioned.";
            case "NoTraffic" -> "The target is not receiving traffic.";
            default -> "";
        };
    }

    private void patch(ObjectKey key, java.util.function.Consumer<ObjectNode> change) {
        if (store.get(key) != null) {
            store.patch(key, stored -> {
                ObjectNode status = CustomResource.statusToChange((KeptObject) stored);
                change.accept(status);
                return CustomResource.withStatus((KeptObject) stored, status);
            });
        }
    }
}
