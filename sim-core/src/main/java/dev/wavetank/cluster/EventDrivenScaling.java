package dev.wavetank.cluster;

import dev.wavetank.autoscaling.EventSources;
import dev.wavetank.autoscaling.HttpAddOnOperator;
import dev.wavetank.autoscaling.KedaMetricsServer;
import dev.wavetank.autoscaling.KedaOperator;
import dev.wavetank.autoscaling.MetricsClient;
import dev.wavetank.autoscaling.ScaleWriter;
import dev.wavetank.autoscaling.keda.HttpScaledObject;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delay;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.network.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** KEDA in one cluster: its operator, its metrics server, the HTTP add-on, and the queues that triggers look at. */
final class EventDrivenScaling implements EventSources {

    /** {@code --kube-api-qps} and {@code --kube-api-burst} of the operator. */
    private static final int CLIENT_QPS = 20;

    private static final int CLIENT_BURST = 30;

    private final Simulation simulation;
    private final Store store;
    private final ClusterSpec spec;
    private final MetricsClient metrics;
    private final DecisionLog decisions;
    private final KedaOperator operator;
    private final BiFunction<String, String, Route> routes;
    private final Map<ObjectKey, Interceptor> interceptors = new LinkedHashMap<>();
    private final Map<String, WorkQueue> queues = new LinkedHashMap<>();

    /** By Service, as of a version of the objects: asked for every request. */
    private final Map<ObjectKey, Interceptor> byService = new LinkedHashMap<>();

    private long versionSeen;

    /**
     * KEDA, doing nothing as long as there is no object of its kinds.
     *
     * @param routes makes a way to a Service by namespace and name
     */
    EventDrivenScaling(
            Simulation simulation,
            Store store,
            ClusterSpec spec,
            MetricsClient metrics,
            ScaleWriter scaleWriter,
            DecisionLog decisions,
            BiFunction<String, String, Route> routes) {
        this.simulation = simulation;
        this.store = store;
        this.spec = spec;
        this.metrics = metrics;
        this.decisions = decisions;
        this.routes = routes;
        KedaMetricsServer server = new KedaMetricsServer(simulation, store, this);
        metrics.setKeda(server);
        this.operator = new KedaOperator(
                simulation,
                store,
                client("keda-operator"),
                server,
                scaleWriter,
                spec.delays(),
                spec.controlPlane().eventRecorder(simulation, store, "keda-operator"),
                decisions);
        new HttpAddOnOperator(simulation, store, client("keda-http-operator"), spec.delays());
    }

    private ApiClient client(String name) {
        return new ApiClient(simulation, store, spec.delays().of(Delay.API_REQUEST), name, CLIENT_QPS, CLIENT_BURST);
    }

    void add(WorkQueue queue) {
        queues.put(queue.name(), queue);
    }

    Map<String, WorkQueue> queues() {
        return queues;
    }

    /** The interceptor of an HTTPScaledObject; null if there is none of that name. */
    @Nullable
    Interceptor interceptor(String namespace, String name) {
        ObjectKey key = new ObjectKey(HttpScaledObject.KIND, namespace, name);
        Interceptor known = interceptors.get(key);
        if (known == null && store.get(key) instanceof KeptObject object) {
            known = new Interceptor(
                    simulation,
                    store,
                    spec.delays().watch(simulation, "keda-http/" + name),
                    decisions,
                    key,
                    routes.apply(namespace, HttpScaledObject.of(object).service()),
                    operator::push);
            interceptors.put(key, known);
        }
        return known == null || !known.isThere() ? null : known;
    }

    /** The interceptor that stands before a Service; null if none does. */
    @Nullable
    Interceptor before(ObjectKey service) {
        long version = store.resourceVersionOf(HttpScaledObject.KIND);
        if (version != versionSeen) {
            versionSeen = version;
            byService.clear();
            for (KubernetesObject object : store.list(HttpScaledObject.KIND)) {
                HttpScaledObject http = HttpScaledObject.of((KeptObject) object);
                Interceptor found = interceptor(http.namespace(), http.name());
                if (found != null) {
                    byService.put(new ObjectKey(ResourceKind.SERVICE, http.namespace(), http.service()), found);
                }
            }
        }
        return byService.get(service);
    }

    @Override
    public @Nullable Long valueMilli(String namespace, String source) {
        WorkQueue queue = queues.get(source);
        return queue == null ? metrics.source(namespace, source) : Long.valueOf(1000L * queue.length());
    }

    @Override
    public boolean areDown() {
        return metrics.isCustomDown();
    }

    @Override
    public long httpMilli(String namespace, String name) {
        Interceptor interceptor = interceptor(namespace, name);
        return interceptor == null ? 0 : interceptor.metricMilli();
    }
}
