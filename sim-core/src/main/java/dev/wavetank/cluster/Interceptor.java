package dev.wavetank.cluster;

import dev.wavetank.autoscaling.keda.HttpScaledObject;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import dev.wavetank.model.WatchDelay;
import dev.wavetank.network.Failure;
import dev.wavetank.network.Gate;
import dev.wavetank.network.Passage;
import dev.wavetank.network.Route;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The interceptor of KEDA's HTTP add-on for one HTTPScaledObject: counts requests, keeps them waiting while no pod is ready
 * and lets all of them go at once when the first is.
 *
 * <p>There is no limit to how many wait. A request goes on to the Service's cluster IP, so that kube-proxy picks the pod; as
 * its rules are younger than the endpoints the interceptor sees, it tries again every 50 ms if nobody answers there.
 *
 * <p>Source: keda http-add-on interceptor and scaler.
 */
final class Interceptor implements Gate {

    private static final long RETRY = 50 * Times.MILLISECOND;
    private static final long RETRY_FOR = 60 * Times.SECOND;
    private static final long STREAM_INTERVAL = 200 * Times.MILLISECOND;

    private final Simulation simulation;
    private final Store store;
    private final DecisionLog decisions;
    private final ObjectKey key;
    private final Route route;
    private final BiConsumer<String, String> push;
    private final long streamPhase;
    private final ColdStarts coldStarts = new ColdStarts();

    /** Those that are here, waiting ones first seen first. */
    private final Set<Passage> waiting = new LinkedHashSet<>();

    private final Deque<Long> arrivals = new ArrayDeque<>();
    private boolean readyPods;
    private boolean streaming;
    private int inFlight;
    private int mostWaiting;

    /**
     * An interceptor that follows the endpoints of a Service.
     *
     * @param route to the Service itself
     * @param push tells KEDA that there is something to do, by namespace and name
     */
    Interceptor(
            Simulation simulation,
            Store store,
            WatchDelay delay,
            DecisionLog decisions,
            ObjectKey key,
            Route route,
            BiConsumer<String, String> push) {
        this.simulation = simulation;
        this.store = store;
        this.decisions = decisions;
        this.key = key;
        this.route = route;
        this.push = push;
        this.streamPhase =
                (long) (simulation.random().stream("keda-http/" + key.name()).nextDouble() * STREAM_INTERVAL);
        this.readyPods = hasReadyEndpoint();
        store.watch(ResourceKind.ENDPOINT_SLICE, delay, event -> {
            readyPods = hasReadyEndpoint();
            if (readyPods) {
                releaseAll();
            }
        });
    }

    private HttpScaledObject spec() {
        return store.get(key) instanceof KeptObject object ? HttpScaledObject.of(object) : throwGone();
    }

    private HttpScaledObject throwGone() {
        throw new IllegalStateException(key + " is gone");
    }

    boolean isThere() {
        return store.get(key) != null;
    }

    private boolean hasReadyEndpoint() {
        if (!isThere()) {
            return false;
        }
        String service = spec().service();
        for (KubernetesObject object : store.list(ResourceKind.ENDPOINT_SLICE)) {
            EndpointSlice slice = (EndpointSlice) object;
            if (slice.serviceName().equals(service)
                    && slice.metadata().namespace().equals(key.namespace())
                    && slice.endpoints().stream().anyMatch(Endpoint::ready)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void arrived(Passage request) {
        inFlight++;
        arrivals.add(simulation.now());
        if (readyPods && waiting.isEmpty() && request.sendOver(route) == null) {
            stream();
            return;
        }
        if (waiting.isEmpty() && !readyPods) {
            coldStarts.begin(simulation.now());
            decisions.record("Interceptor", key, () -> "holds a request: no pod of the Service is ready");
        }
        waiting.add(request);
        mostWaiting = Math.max(mostWaiting, waiting.size());
        stream();
        if (readyPods) {
            simulation.after(RETRY, this::releaseAll);
        }
    }

    @Override
    public void ended(Passage request) {
        inFlight--;
        waiting.remove(request);
    }

    /** The stream of activity: every 200 ms it says whether there is anything. */
    private void stream() {
        if (!streaming) {
            streaming = true;
            long next = streamPhase - Math.floorDiv(streamPhase - simulation.now(), STREAM_INTERVAL) * STREAM_INTERVAL;
            simulation.at(Math.max(next, simulation.now()), this::tell);
        }
    }

    private void tell() {
        streaming = false;
        if (inFlight > 0) {
            push.accept(key.namespace(), key.name());
            if (!waiting.isEmpty()) {
                streaming = true;
                simulation.after(STREAM_INTERVAL, this::tell);
            }
        }
    }

    private void releaseAll() {
        boolean held = false;
        int released = 0;
        for (Passage request : List.copyOf(waiting)) {
            Failure refused = request.sendOver(route);
            if (refused == null) {
                waiting.remove(request);
                released++;
            } else if (simulation.now() - request.arrivedAt() > RETRY_FOR && readyPods) {
                request.fail(Failure.ERROR);
            } else {
                held = true;
            }
        }
        if (released > 0) {
            long took = coldStarts.end(simulation.now());
            int count = released;
            decisions.record(
                    "Interceptor",
                    key,
                    () -> "lets " + count + " held requests go: a pod is ready"
                            + (took < 0
                                    ? ""
                                    : String.format(Locale.ROOT, ", %.3f s after the first came", took / 1e9)));
        }
        if (held && readyPods) {
            simulation.after(RETRY, this::releaseAll);
        }
    }

    /** The metric KEDA asks for, times 1000. */
    long metricMilli() {
        HttpScaledObject spec = spec();
        if (!spec.byRate()) {
            arrivals.clear();
            return inFlight * 1000L;
        }
        while (!arrivals.isEmpty() && arrivals.getFirst() < simulation.now() - spec.windowNanos()) {
            arrivals.removeFirst();
        }
        return arrivals.size() * 1000L * Times.SECOND / spec.windowNanos();
    }

    int inFlight() {
        return inFlight;
    }

    int waiting() {
        return waiting.size();
    }

    int mostWaiting() {
        return mostWaiting;
    }

    ColdStarts coldStarts() {
        return coldStarts;
    }
}
