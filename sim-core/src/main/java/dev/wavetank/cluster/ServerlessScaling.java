package dev.wavetank.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.autoscaling.KpaAutoscaler;
import dev.wavetank.autoscaling.RevisionTraffic;
import dev.wavetank.autoscaling.ScaleWriter;
import dev.wavetank.autoscaling.ServingController;
import dev.wavetank.autoscaling.knative.Serving;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Informer;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.WatchDelay;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.Failure;
import dev.wavetank.network.Gate;
import dev.wavetank.network.Passage;
import dev.wavetank.network.PodNetwork;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Knative Serving in one cluster: its controllers, and the way of requests through ingress and activator. */
final class ServerlessScaling implements RevisionTraffic {

    private static final int CLIENT_QPS = 50;
    private static final int CLIENT_BURST = 100;
    private static final int ALL = 100;

    private final Simulation simulation;
    private final Store store;
    private final ClusterSpec spec;
    private final ScaleWriter scaleWriter;
    private final DecisionLog decisions;
    private final Function<Pod, @Nullable AppServer> processes;
    private final PodNetwork network;
    private final Map<ObjectKey, RevisionGate> revisions = new LinkedHashMap<>();
    private final Map<ObjectKey, Gate> services = new LinkedHashMap<>();
    private @Nullable KpaAutoscaler autoscaler;
    private @Nullable Informer<Pod> pods;

    /** Knative Serving, which is set up when the first Service of its kind comes. */
    ServerlessScaling(
            Simulation simulation,
            Store store,
            ClusterSpec spec,
            ScaleWriter scaleWriter,
            DecisionLog decisions,
            Function<Pod, @Nullable AppServer> processes,
            PodNetwork network) {
        this.simulation = simulation;
        this.store = store;
        this.spec = spec;
        this.scaleWriter = scaleWriter;
        this.decisions = decisions;
        this.processes = processes;
        this.network = network;
        // it has to be there before it can hear of the Service
        new ServingController(simulation, store, client("knative-controller"), spec.delays(), decisions);
        store.watch(Serving.SERVICE, WatchDelay.NONE, event -> start());
    }

    private ApiClient client(String name) {
        return new ApiClient(simulation, store, spec.delays().of(Delay.API_REQUEST), name, CLIENT_QPS, CLIENT_BURST);
    }

    private void start() {
        if (autoscaler != null) {
            return;
        }
        Informer<Pod> seen = new Informer<>(
                store, ResourceKind.POD, Pod.class, spec.delays().watch(simulation, "knative-activator/pods"));
        seen.onChange((before, after) -> {
            Pod pod = after == null ? before : after;
            RevisionGate gate = pod == null ? null : gateOf(pod);
            if (pod != null && gate != null) {
                gate.onPod(pod, after == null);
            }
        });
        pods = seen;
        autoscaler = new KpaAutoscaler(
                simulation, store, client("knative-autoscaler"), this, scaleWriter, seen, spec.delays(), decisions);
    }

    private @Nullable RevisionGate gateOf(Pod pod) {
        String revision = pod.metadata().labels().get(Serving.REVISION_LABEL);
        return revision == null ? null : revision(pod.metadata().namespace(), revision);
    }

    private @Nullable RevisionGate revision(String namespace, String name) {
        ObjectKey key = new ObjectKey(Serving.REVISION, namespace, name);
        RevisionGate known = revisions.get(key);
        if (known == null && store.get(key) instanceof KeptObject object) {
            known = new RevisionGate(
                    simulation,
                    decisions,
                    object,
                    processes,
                    pod -> network.address(pod.status().podIp(), pod.name()),
                    this::poke,
                    each -> (KeptObject) store.get(each));
            revisions.put(key, known);
            Informer<Pod> seen = pods;
            if (seen != null) {
                for (Pod pod : seen.list()) {
                    if (name.equals(pod.metadata().labels().get(Serving.REVISION_LABEL))) {
                        known.onPod(pod, false);
                    }
                }
            }
        }
        return known;
    }

    private void poke(String namespace, String revision) {
        KpaAutoscaler listening = autoscaler;
        if (listening != null) {
            listening.poke(namespace, revision);
        }
    }

    /** The way to a Knative Service; null if there is none of that key. */
    @Nullable
    Gate before(ObjectKey service) {
        if (autoscaler == null || store.get(service) == null) {
            return null;
        }
        return services.computeIfAbsent(service, Ingress::new);
    }

    /** What stands before a Knative Service: sends each request to a revision, as the shares of traffic say. */
    private final class Ingress implements Gate {

        private final ObjectKey service;
        private final RandomStream dice;
        private final IdentityHashMap<Passage, RevisionGate> taken = new IdentityHashMap<>();

        Ingress(ObjectKey service) {
            this.service = service;
            this.dice = simulation.random().stream("knative-ingress/" + service.name());
        }

        @Override
        public void arrived(Passage request) {
            String name = pick();
            RevisionGate gate = name.isEmpty() ? null : revision(service.namespace(), name);
            if (gate == null) {
                // no revision has ever been ready
                request.fail(Failure.OVERLOADED);
                return;
            }
            taken.put(request, gate);
            gate.arrived(request);
        }

        private String pick() {
            if (!(store.get(service) instanceof KeptObject object)) {
                return "";
            }
            JsonNode traffic = CustomResource.status(object).path("traffic");
            if (traffic.size() == 1) {
                return traffic.get(0).path("revisionName").asText();
            }
            int left = traffic.isEmpty() ? 0 : dice.nextInt(ALL);
            for (JsonNode share : traffic) {
                left -= share.path("percent").asInt();
                if (left < 0) {
                    return share.path("revisionName").asText();
                }
            }
            return "";
        }

        @Override
        public void ended(Passage request) {
            RevisionGate gate = taken.remove(request);
            if (gate != null) {
                gate.ended(request);
            }
        }
    }

    @Override
    public Report report(String namespace, String revision) {
        RevisionGate gate = revision(namespace, revision);
        return gate == null ? new Report(0, 0) : gate.report();
    }

    @Override
    public int inFlight(String namespace, String revision) {
        RevisionGate gate = revision(namespace, revision);
        return gate == null ? 0 : gate.inFlight();
    }

    /** Cold starts of a revision; null if there is none of that name. */
    @Nullable
    ColdStarts coldStarts(String namespace, String revision) {
        RevisionGate gate = revision(namespace, revision);
        return gate == null ? null : gate.coldStarts();
    }

    /** Requests of a revision that wait for a pod now. */
    int held(String namespace, String revision) {
        RevisionGate gate = revision(namespace, revision);
        return gate == null ? 0 : gate.held();
    }

    /** How many requests at a time a pod accepts beside its own limit; 0 for any number. */
    int containerConcurrency(Pod pod) {
        String revision = pod.metadata().labels().get(Serving.REVISION_LABEL);
        return revision != null
                        && store.get(new ObjectKey(
                                        Serving.REVISION, pod.metadata().namespace(), revision))
                                instanceof KeptObject object
                ? CustomResource.spec(object).path("containerConcurrency").asInt()
                : 0;
    }
}
