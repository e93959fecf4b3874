package dev.wavetank.cluster;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.AutoscalerWarnings;
import dev.wavetank.autoscaling.CustomMetrics;
import dev.wavetank.autoscaling.HpaClients;
import dev.wavetank.autoscaling.HpaController;
import dev.wavetank.autoscaling.MetricsClient;
import dev.wavetank.autoscaling.hpa.HpaOptions;
import dev.wavetank.autoscaling.knative.Serving;
import dev.wavetank.autoscaling.metrics.Housekeeping;
import dev.wavetank.autoscaling.metrics.MetricsServer;
import dev.wavetank.autoscaling.metrics.PodMetrics;
import dev.wavetank.controllers.DeploymentController;
import dev.wavetank.controllers.DisruptionController;
import dev.wavetank.controllers.EndpointSliceController;
import dev.wavetank.controllers.EvictionApi;
import dev.wavetank.controllers.GarbageCollector;
import dev.wavetank.controllers.NodeLifecycleController;
import dev.wavetank.controllers.PodAdmission;
import dev.wavetank.controllers.ReplicaSetController;
import dev.wavetank.controllers.ResizeApi;
import dev.wavetank.controllers.Scheduler;
import dev.wavetank.controllers.SharedInformers;
import dev.wavetank.controllers.TaintEvictionController;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.Container;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delay;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.NodeLeases;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.QosClass;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Resources;
import dev.wavetank.model.RunningContainer;
import dev.wavetank.model.Service;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import dev.wavetank.model.WatchDelay;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.Caller;
import dev.wavetank.network.CallerSettings;
import dev.wavetank.network.Client;
import dev.wavetank.network.Connections;
import dev.wavetank.network.Gate;
import dev.wavetank.network.KubeProxy;
import dev.wavetank.network.Load;
import dev.wavetank.network.PodAddress;
import dev.wavetank.network.PodNetwork;
import dev.wavetank.network.Retries;
import dev.wavetank.network.Route;
import dev.wavetank.network.ServicePort;
import dev.wavetank.network.ServiceTarget;
import dev.wavetank.network.Traffic;
import dev.wavetank.network.TrafficRoute;
import dev.wavetank.network.Visitors;
import dev.wavetank.node.Kubelet;
import dev.wavetank.node.PodAddresses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One simulated cluster: control plane, nodes, data plane and clients around one store and one virtual clock.
 *
 * <p>Nothing happens by itself; time passes when {@link #runUntil} or {@link #runFor} is called, and the same calls with the
 * same seed lead to the same cluster. Not for use by several threads.
 */
public final class Cluster {

    private static final String DEFAULT_NAMESPACE = "default";
    private static final long CALL_BACK_OFF = 50 * Times.MILLISECOND;
    private static final double MILLIS_PER_CORE = 1000;
    private static final String KNATIVE_PREFIX = "ksvc/";

    /** How many requests wait in a queue-proxy for each it lets through at a time. */
    private static final int QUEUED_PER_SLOT = 10;

    /** 30000 to 32767, less the 86 that are kept for those that ask for a certain one. */
    private static final int FIRST_NODE_PORT = 30_086;

    private static final int NODE_PORTS = 2_682;

    private final Simulation simulation;
    private final Store store;
    private final ClusterSpec spec;
    private final DecisionLog decisions;
    private final PodNetwork network = new PodNetwork();
    private final NodeLeases leases = new NodeLeases();
    private final Map<String, Kubelet> kubelets = new LinkedHashMap<>();
    private final Map<String, KubeProxy> proxies = new LinkedHashMap<>();
    private final Map<String, Client> clients = new LinkedHashMap<>();
    private final Map<String, Traffic> dependencies = new LinkedHashMap<>();
    private final Map<String, AppBehavior> behaviors = new LinkedHashMap<>();
    private final Deployments deployments;
    private final EvictionApi evictions;
    private final RandomStream addresses;
    private final Housekeeping housekeeping;
    private final MetricsServer metricsServer;
    private final MetricsClient metricsClient;
    private final ResizeApi resizes;
    private final VerticalScaling verticalScaling;
    private final EventDrivenScaling eventDriven;
    private final ServerlessScaling serverless;
    private boolean metricsStarted;
    private int clusterIps;

    /** A cluster with its nodes and nothing on them, at virtual time 0. */
    public Cluster(ClusterSpec spec, long seed) {
        this.spec = spec;
        this.simulation = new Simulation(seed);
        this.store = new Store(simulation);
        this.decisions = new DecisionLog(simulation, spec.explain());
        this.evictions = new EvictionApi(simulation, store, decisions);
        this.deployments = new Deployments(simulation, store);
        this.addresses = simulation.random().stream("cluster/addresses");
        SharedInformers informers = new SharedInformers(simulation, store, spec.delays());
        new DeploymentController(simulation, store, informers, spec.delays(), spec.controlPlane(), decisions);
        new ReplicaSetController(simulation, store, informers, spec.delays(), spec.controlPlane(), decisions);
        new EndpointSliceController(simulation, store, informers, spec.delays(), spec.controlPlane());
        new DisruptionController(simulation, store, informers, spec.delays(), spec.controlPlane());
        new GarbageCollector(simulation, store, spec.delays(), spec.controlPlane());
        new NodeLifecycleController(
                simulation, store, informers, leases, spec.delays(), spec.controlPlane(), decisions);
        new TaintEvictionController(simulation, store, informers, spec.delays(), spec.controlPlane(), decisions);
        new Scheduler(simulation, store, spec.delays(), spec.controlPlane(), decisions);
        this.housekeeping = new Housekeeping(simulation, spec.kubelet().statsOnDemand());
        this.metricsServer = new MetricsServer(simulation, housekeeping, this::reachableNodes);
        this.metricsClient = new MetricsClient(simulation, metricsServer);
        new HpaController(
                simulation,
                store,
                hpaClients(),
                metricsClient,
                this::scaleByController,
                informers.podsByNamespace(),
                spec.delays(),
                HpaOptions.DEFAULTS,
                spec.controlPlane().eventRecorder(simulation, store, "horizontal-pod-autoscaler"),
                decisions);
        this.resizes = new ResizeApi(store, decisions);
        this.verticalScaling = new VerticalScaling(
                simulation, store, spec, metricsServer, evictions, resizes, decisions, this::startMetrics);
        this.eventDriven = new EventDrivenScaling(
                simulation,
                store,
                spec,
                metricsClient,
                this::scaleByController,
                decisions,
                (namespace, service) -> route(ServiceTarget.of(service)));
        this.serverless = new ServerlessScaling(
                simulation, store, spec, this::scaleByController, decisions, this::processOf, network);
        PodAdmission admission = new PodAdmission(store);
        store.admitWith(object -> verticalScaling.admit(admission.admit(object)));
        store.watch(ResourceKind.HORIZONTAL_POD_AUTOSCALER, WatchDelay.NONE, event -> startMetrics());
        network.setDialer(this::dial);
        spec.nodes().forEach(this::addNode);
        Invariants.watch(this);
    }

    private List<String> reachableNodes() {
        return kubelets.values().stream()
                .filter(Kubelet::isReachable)
                .map(Kubelet::nodeName)
                .toList();
    }

    private void scaleByController(KubernetesObject workload, int replicas) {
        if (workload instanceof ReplicaSet set) {
            store.update(set.withReplicas(replicas));
        } else {
            deployments.scale(workload.key(), replicas, Deployments.CONTROLLER_MANAGER);
        }
    }

    private HpaClients hpaClients() {
        return new HpaClients(hpaClient("scale"), hpaClient("metrics"), hpaClient("status"));
    }

    private ApiClient hpaClient(String purpose) {
        return spec.controlPlane()
                .controllerClient(simulation, store, spec.delays(), "horizontal-pod-autoscaler/" + purpose);
    }

    private void addNode(NodeSpec node) {
        ImmutableMap.Builder<String, String> labels = ImmutableMap.<String, String>builder()
                .put(Node.HOSTNAME_LABEL, node.name())
                .putAll(node.labels());
        if (!node.zone().isEmpty()) {
            labels.put(Node.ZONE_LABEL, node.zone());
        }
        ObjectMeta metadata = ObjectMeta.named("", node.name()).withLabels(labels.buildKeepingLast());
        store.create(new Node(
                metadata,
                false,
                com.google.common.collect.ImmutableList.of(),
                node.allocatable(),
                node.maxPods(),
                PodCondition.Status.TRUE,
                spec.images().imagesOn(node.name())));
        kubelets.put(
                node.name(),
                new Kubelet(
                        simulation,
                        store,
                        node.name(),
                        spec.delays(),
                        spec.kubelet(),
                        spec.images(),
                        leases,
                        decisions,
                        network,
                        new PodAddresses(kubelets.size()),
                        this::behaviorOf));
    }

    /**
     * Turns on the resource metrics pipeline: containers are sampled and metrics-server scrapes. It costs time, so it rests
     * until the first HorizontalPodAutoscaler comes or somebody calls this. Call it early where an HPA comes late: as in a
     * real cluster, numbers are then there at its first sync.
     */
    public void startMetrics() {
        if (metricsStarted) {
            return;
        }
        metricsStarted = true;
        kubelets.values().forEach(kubelet -> kubelet.observeContainers(housekeeping::add));
        metricsServer.start();
    }

    /**
     * Sets the VerticalPodAutoscaler's recommender, updater and admission webhook to work. They rest until the first
     * VerticalPodAutoscaler comes or somebody calls this; called early, the recommender has seen something by then.
     */
    public void startVerticalPodAutoscaler() {
        verticalScaling.start();
    }

    /** What the resource metrics API serves of a Deployment's pods; none while metrics-server is down. */
    public List<PodMetrics> podMetrics(String deployment) {
        List<PodMetrics> served = metricsServer.metricsOf(podsOf(deployment));
        return served == null ? List.of() : served;
    }

    /** Serves custom and external metrics from here. */
    public void setCustomMetrics(CustomMetrics metrics) {
        metricsClient.setCustom(new QueueMetrics(metrics, eventDriven.queues()));
    }

    /** Takes all metrics APIs down, or brings them back; metrics-server comes back knowing nothing. */
    public void setMetricsDown(boolean down) {
        metricsServer.setDown(down);
        metricsClient.setCustomDown(down);
    }

    /**
     * Keeps a processor busy in a pod beside its requests, as {@code GET /stress} of the demo service does.
     *
     * @return false if nothing runs in the pod
     */
    public boolean burnCpu(Pod pod, long cpuMillis, long nanos) {
        Kubelet kubelet = kubelets.get(pod.nodeName());
        return kubelet != null && kubelet.burnCpu(pod.metadata().uid(), cpuMillis, nanos);
    }

    public @Nullable HorizontalPodAutoscaler autoscaler(String name) {
        return (HorizontalPodAutoscaler)
                store.get(new ObjectKey(ResourceKind.HORIZONTAL_POD_AUTOSCALER, DEFAULT_NAMESPACE, name));
    }

    public Simulation simulation() {
        return simulation;
    }

    /** The cluster's objects; reading is free, writing through it skips the API server's delays. */
    public Store store() {
        return store;
    }

    public DecisionLog decisions() {
        return decisions;
    }

    public ClusterSpec spec() {
        return spec;
    }

    /** Virtual time in nanoseconds since the cluster was built. */
    public long now() {
        return simulation.now();
    }

    public void runFor(long nanos) {
        simulation.runFor(nanos);
    }

    public void runUntil(long timeNanos) {
        simulation.runUntil(timeNanos);
    }

    /** Runs until the condition holds or the deadline has come; true if it holds. */
    public boolean runUntil(BooleanSupplier condition, long deadlineNanos) {
        return simulation.runUntil(condition, deadlineNanos);
    }

    /**
     * Says how the processes of a Deployment's pods behave; {@code name/container} speaks of one container alone, {@code
     * ksvc/name} of the revisions of a Knative Service.
     */
    public void setBehavior(String deployment, AppBehavior behavior) {
        behaviors.put(deployment, behavior);
        behavior.calls().forEach(call -> dependency(deployment, call));
    }

    private AppBehavior behaviorOf(Pod pod, Container container) {
        String service = pod.metadata().labels().get(Serving.SERVICE_LABEL);
        if (service != null) {
            return serverlessBehavior(pod, container, service).withLimits(limitsOf(pod, container));
        }
        Deployment deployment = deploymentOf(pod);
        String name = deployment == null ? pod.name() : deployment.name();
        AppBehavior own = behaviors.get(name + "/" + container.name());
        boolean task = pod.spec().initContainers().contains(container) && !container.sidecar();
        AppBehavior rest = task ? AppBehavior.TASK : behaviors.getOrDefault(name, AppBehavior.STANDARD);
        return (own == null ? rest : own).withLimits(limitsOf(pod, container));
    }

    /** A queue-proxy is up at once; it lets as many requests through at a time as the revision says, and ten times as many wait. */
    private AppBehavior serverlessBehavior(Pod pod, Container container, String service) {
        if (container.name().equals(Serving.QUEUE_PROXY)) {
            return AppBehavior.STANDARD.withStartup(Distribution.parse("20ms"));
        }
        AppBehavior app = behaviors.getOrDefault(KNATIVE_PREFIX + service, AppBehavior.STANDARD);
        int concurrency = serverless.containerConcurrency(pod);
        AppBehavior.Work work = app.request();
        return concurrency == 0
                ? app
                : app.withRequest(new AppBehavior.Work(
                        work.time(),
                        work.cpu(),
                        Math.min(work.concurrency(), concurrency),
                        QUEUED_PER_SLOT * concurrency,
                        work.errorRate()));
    }

    /** What the kernel holds a container to, on its pod's node. */
    private AppBehavior.Limits limitsOf(Pod pod, Container container) {
        Resources limits = container.limits();
        double cores = Double.POSITIVE_INFINITY;
        if (store.get(new ObjectKey(ResourceKind.NODE, "", pod.nodeName())) instanceof Node node) {
            cores = node.allocatable().cpuMillis() / MILLIS_PER_CORE;
        }
        return new AppBehavior.Limits(cores, limits.cpuMillis(), limits.memoryBytes());
    }

    private @Nullable Deployment deploymentOf(Pod pod) {
        KubernetesObject replicaSet = ownerOf(pod);
        KubernetesObject deployment = replicaSet instanceof ReplicaSet ? ownerOf(replicaSet) : null;
        return deployment instanceof Deployment found ? found : null;
    }

    private @Nullable KubernetesObject ownerOf(KubernetesObject object) {
        var controller = object.metadata().controller();
        return controller == null
                ? null
                : store.get(new ObjectKey(controller.kind(), object.metadata().namespace(), controller.name()));
    }

    /**
     * Creates an object, or brings the one of that name to what is given, as {@code kubectl apply} does.
     *
     * <p>A Service without a cluster IP is given one.
     */
    public KubernetesObject apply(KubernetesObject object) {
        if (object instanceof Deployment deployment) {
            return deployments.apply(deployment);
        }
        KubernetesObject complete = object instanceof Service service ? withAddress(service) : object;
        KubernetesObject stored = store.get(complete.key());
        if (stored == null) {
            return store.create(complete);
        }
        return store.patch(complete.key(), before -> Applied.over(before, complete));
    }

    private Service withAddress(Service service) {
        KubernetesObject stored = store.get(service.key());
        if (stored instanceof Service before && service.clusterIp().isEmpty()) {
            return withNodePorts(service.withClusterIp(before.clusterIp()), before);
        }
        boolean needsAddress = service.clusterIp().isEmpty() && service.type() != Service.Type.EXTERNAL_NAME;
        return withNodePorts(needsAddress ? service.withClusterIp(nextClusterIp()) : service, null);
    }

    /** Gives ports of NodePort and LoadBalancer Services a port on every node: as before, or at random above the static band. */
    private Service withNodePorts(Service service, @Nullable Service before) {
        if (service.type() != Service.Type.NODE_PORT && service.type() != Service.Type.LOAD_BALANCER) {
            return service;
        }
        RandomStream random = simulation.random().stream("cluster/nodePorts");
        return service.withPorts(service.ports().stream()
                .map(port -> port.nodePort() != 0 ? port : port.withNodePort(nodePort(port, before, random)))
                .collect(com.google.common.collect.ImmutableList.toImmutableList()));
    }

    private static int nodePort(Service.Port port, @Nullable Service before, RandomStream random) {
        if (before != null) {
            for (Service.Port earlier : before.ports()) {
                if (earlier.name().equals(port.name()) && earlier.nodePort() != 0) {
                    return earlier.nodePort();
                }
            }
        }
        return FIRST_NODE_PORT + random.nextInt(NODE_PORTS);
    }

    /** Addresses above the static band of 10.96.0.0/16, each used once. */
    private String nextClusterIp() {
        clusterIps++;
        return "10.96." + (1 + clusterIps / 250) + "." + (1 + (clusterIps % 250 + addresses.nextInt(4)) % 254);
    }

    /**
     * Sets the replicas of a Deployment through its scale subresource, as {@code kubectl scale} does.
     *
     * @throws dev.wavetank.model.ApiException NOT_FOUND
     */
    public void scale(String deployment, int replicas) {
        deployments.scale(deploymentKey(deployment), replicas, "kubectl");
    }

    /** What people do to Deployments: apply, patch, scale, roll out and back. */
    public Deployments deployments() {
        return deployments;
    }

    /** Changes a Deployment of the default namespace. */
    public void change(String deployment, UnaryOperator<Deployment> change) {
        store.patch(deploymentKey(deployment), stored -> change.apply((Deployment) stored));
    }

    public void delete(ObjectKey key, DeleteOptions options) {
        store.delete(key, options);
    }

    /**
     * Asks the API to evict a pod; it refuses if a PodDisruptionBudget forbids it.
     *
     * @throws dev.wavetank.model.ApiException NOT_FOUND, TOO_MANY_REQUESTS or INTERNAL
     */
    public void evict(ObjectKey pod) {
        evictions.evict(pod, DeleteOptions.DEFAULT);
    }

    /**
     * Changes what the containers of a running pod may use, as {@code kubectl patch --subresource resize} does.
     *
     * @param claims what main containers are to have by name, whole
     * @throws dev.wavetank.model.ApiException NOT_FOUND, or INVALID if the pod cannot be like that
     */
    public Pod resize(ObjectKey pod, Map<String, QosClass.Claim> claims) {
        return resizes.resize(pod, claims);
    }

    /** The eviction subresource, for actors that evict. */
    public EvictionApi evictions() {
        return evictions;
    }

    public @Nullable Deployment deployment(String name) {
        return (Deployment) store.get(deploymentKey(name));
    }

    public @Nullable Service service(String name) {
        return (Service) store.get(new ObjectKey(ResourceKind.SERVICE, DEFAULT_NAMESPACE, name));
    }

    private static ObjectKey deploymentKey(String name) {
        return new ObjectKey(ResourceKind.DEPLOYMENT, DEFAULT_NAMESPACE, name);
    }

    /** The pods of a Deployment, oldest first; pods on their way out included. */
    public List<Pod> podsOf(String deployment) {
        List<Pod> pods = new ArrayList<>();
        for (KubernetesObject object : store.list(ResourceKind.POD)) {
            Deployment owner = deploymentOf((Pod) object);
            if (owner != null && owner.name().equals(deployment)) {
                pods.add((Pod) object);
            }
        }
        pods.sort(java.util.Comparator.comparingLong((Pod pod) -> pod.metadata().creationTimestamp())
                .thenComparing(Pod::name));
        return pods;
    }

    /** The kubelet of a node, by which the machine under it can be made to fail; null if there is no such node. */
    public @Nullable Kubelet kubelet(String node) {
        return kubelets.get(node);
    }

    /** Keeps new pods off a node, or lets them on it again, as {@code kubectl cordon} and {@code uncordon} do. */
    public void cordon(String node, boolean unschedulable) {
        store.patch(
                new ObjectKey(ResourceKind.NODE, "", node), stored -> ((Node) stored).withUnschedulable(unschedulable));
    }

    /** Cordons a node and evicts its pods until none is left, as {@code kubectl drain} does. */
    public void drain(String node) {
        new Drain(simulation, store, evictions, node).begin();
    }

    /** The kernel kills the process in a pod's first container for its memory; false if none runs. */
    public boolean runOutOfMemory(Pod pod) {
        Kubelet kubelet = kubelets.get(pod.nodeName());
        return kubelet != null && kubelet.runOutOfMemory(pod.metadata().uid());
    }

    /** The containers of a pod that run now, with the counters the kernel keeps of them. */
    public List<RunningContainer> containersOf(Pod pod) {
        Kubelet kubelet = kubelets.get(pod.nodeName());
        return kubelet == null ? List.of() : kubelet.containersOf(pod.metadata().uid());
    }

    /** The process in a pod, or null if none runs. */
    public @Nullable AppServer processOf(Pod pod) {
        Kubelet kubelet = kubelets.get(pod.nodeName());
        return kubelet == null ? null : kubelet.serverOf(pod.metadata().uid());
    }

    /**
     * Adds a client of a Service that sends from the first node, a new connection for every request. It begins when {@link
     * Client#start} is called.
     */
    public Client addClient(String name, String service, List<Load> load, Client.Observer observer) {
        return addClient(name, ServiceTarget.of(service), CallerSettings.STANDARD, load, observer);
    }

    /** Adds a client of a Service. It begins when {@link Client#start} is called. */
    public Client addClient(
            String name, ServiceTarget target, CallerSettings settings, List<Load> load, Client.Observer observer) {
        boolean hidden = target.via() == TrafficRoute.Via.LOAD_BALANCER_IP
                && spec.proxy().hiddenSources();
        CallerSettings seen = settings.withAddresses(
                settings.firstAddress() + 65_536 * clients.size(), hidden ? 1 : settings.addresses());
        Caller caller = caller("client/" + name, new Traffic(name, route(target)), target, seen, observer);
        Client client = new Client(simulation, name, caller, load);
        clients.put(name, client);
        return client;
    }

    /**
     * Lets those call a Service who are not part of the simulation, such as real clients of a server in front of it.
     *
     * @param name names their random streams and account
     */
    public Visitors addVisitors(String name, String namespace, ServiceTarget target, CallerSettings settings) {
        return new Visitors(
                simulation,
                name,
                route(namespace, target),
                settings,
                spec.delays().of(Delay.NETWORK));
    }

    private Caller caller(
            String name, Traffic traffic, ServiceTarget target, CallerSettings settings, Client.Observer observer) {
        return new Caller(
                simulation, name, route(target), settings, spec.delays().of(Delay.NETWORK), traffic, observer);
    }

    private Route route(ServiceTarget target) {
        return route(DEFAULT_NAMESPACE, target);
    }

    private Route route(String namespace, ServiceTarget target) {
        List<Supplier<@Nullable ServicePort>> ports = new ArrayList<>();
        for (KubernetesObject object : store.list(ResourceKind.NODE)) {
            Node node = (Node) object;
            boolean passed = target.anyNode() || target.node().equals(node.name());
            if (passed || (target.node().isEmpty() && ports.isEmpty())) {
                KubeProxy proxy = proxyOf(node);
                ports.add(() -> proxy.port(namespace, target.service(), target.port()));
            }
        }
        return new Route(
                ports,
                target.source(),
                target.via(),
                simulation.random().stream("load-balancer/" + target.service()),
                gate(target));
    }

    private @Nullable Supplier<@Nullable Gate> gate(ServiceTarget target) {
        // asked for every request, so the key is made once
        ResourceKind kind = target.intercepted() ? ResourceKind.SERVICE : Serving.SERVICE;
        ObjectKey key = new ObjectKey(kind, DEFAULT_NAMESPACE, target.service());
        return target.intercepted() ? () -> eventDriven.before(key) : () -> serverless.before(key);
    }

    /**
     * Adds a queue outside the cluster that the pods of a Deployment work off; its length is an external metric of its name.
     * Messages come once {@link WorkQueue#start} is called.
     *
     * @param arrivals when messages come; phases of open loads
     * @param time how long a pod works on a message
     * @param concurrency how many messages a pod works on at a time, ≥ 1
     */
    public WorkQueue addQueue(String name, List<Load> arrivals, String deployment, Distribution time, int concurrency) {
        WorkQueue queue = new WorkQueue(simulation, this, name, arrivals, deployment, time, concurrency);
        eventDriven.add(queue);
        return queue;
    }

    /** The queues outside the cluster, by name. */
    public Map<String, WorkQueue> queues() {
        return Collections.unmodifiableMap(eventDriven.queues());
    }

    /** Autoscalers that get in each other's way, a sentence for each problem. */
    public List<String> warnings() {
        List<KubernetesObject> objects = new ArrayList<>();
        List.copyOf(store.kinds()).forEach(kind -> objects.addAll(store.list(kind)));
        return AutoscalerWarnings.of(objects);
    }

    /** Cold starts of a revision of a Knative Service; null if there is none of that name. */
    public @Nullable ColdStarts coldStartsOfRevision(String revision) {
        return serverless.coldStarts(DEFAULT_NAMESPACE, revision);
    }

    /** Requests of a revision that wait for a pod now. */
    public int heldRequests(String revision) {
        return serverless.held(DEFAULT_NAMESPACE, revision);
    }

    /** Cold starts behind the interceptor of an HTTPScaledObject; null if there is none of that name. */
    public @Nullable ColdStarts coldStarts(String httpScaledObject) {
        Interceptor interceptor = eventDriven.interceptor(DEFAULT_NAMESPACE, httpScaledObject);
        return interceptor == null ? null : interceptor.coldStarts();
    }

    private KubeProxy proxyOf(Node node) {
        KubeProxy known = proxies.get(node.name());
        if (known != null) {
            return known;
        }
        KubeProxy proxy =
                new KubeProxy(simulation, store, spec.proxy(), node.name(), node.zone(), spec.delays(), network);
        proxy.observeRules((service, port, endpoints) -> decisions.record(
                "kube-proxy " + node.name(), service.key(), () -> RulesText.of(service.name(), port, endpoints)));
        proxies.put(node.name(), proxy);
        return proxy;
    }

    /** The kube-proxy of a node; null if no client has used one yet. */
    public @Nullable KubeProxy kubeProxy(String node) {
        return proxies.get(node);
    }

    /** What a pod calls another Service with; all pods of a Deployment share one account of it. */
    private Caller dial(PodAddress from, AppBehavior.Call call) {
        Pod pod = (Pod) store.get(new ObjectKey(ResourceKind.POD, DEFAULT_NAMESPACE, from.podName()));
        Deployment deployment = pod == null ? null : deploymentOf(pod);
        String who = deployment == null ? from.podName() : deployment.name();
        ServiceTarget target = ServiceTarget.of(call.service())
                .withPort(call.port())
                .from(TrafficRoute.Source.POD, pod == null ? "" : pod.nodeName());
        CallerSettings settings = CallerSettings.STANDARD
                .withTimeout(call.timeoutNanos())
                .withRetries(new Retries(call.retries(), CALL_BACK_OFF, 0, Double.POSITIVE_INFINITY))
                .withConnections(call.keepsConnections() ? Connections.KEEP_ALIVE : Connections.PER_REQUEST);
        return caller(
                "pod/" + from.podName() + "/" + call.service(),
                dependency(who, call),
                target,
                settings,
                (sentAt, endedAt, name, why) -> {});
    }

    private Traffic dependency(String who, AppBehavior.Call call) {
        return dependencies.computeIfAbsent(who + " -> " + call.service(), name -> {
            Traffic counted =
                    new Traffic(name, route(ServiceTarget.of(call.service()).withPort(call.port())));
            counted.begin(simulation);
            return counted;
        });
    }

    /** What became of the requests that pods sent to other Services, by {@code Deployment -> Service}. */
    public Map<String, Traffic> dependencies() {
        return Collections.unmodifiableMap(dependencies);
    }

    public Map<String, Client> clients() {
        return Collections.unmodifiableMap(clients);
    }

    /** True if every Deployment has all its pods updated and available, and none is still on its way out. */
    public boolean isSettled() {
        for (KubernetesObject object : store.list(ResourceKind.DEPLOYMENT)) {
            Deployment deployment = (Deployment) object;
            if (!isSettled(deployment)) {
                return false;
            }
        }
        return store.list(ResourceKind.POD).stream()
                .noneMatch(pod -> pod.metadata().isBeingDeleted());
    }

    /** What still keeps a Deployment from being settled, if anything. */
    private static boolean isSettled(Deployment deployment) {
        int wanted = deployment.spec().replicas();
        var status = deployment.status();
        return status.observedGeneration() >= deployment.metadata().generation()
                && status.replicas() == wanted
                && status.updatedReplicas() == wanted
                && status.availableReplicas() == wanted;
    }
}
