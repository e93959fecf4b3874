package dev.wavetank.node;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.Container;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.ImageCatalog;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.NodeLeases;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition.Status;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Resources;
import dev.wavetank.model.RunningContainer;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import dev.wavetank.model.WatchEvent;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.PodNetwork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pods bound to one node: hears of them by watch and gives each a {@link PodWorker}. The machine under it can fail;
 * whatever it had begun then ends there.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet.
 */
public final class Kubelet {

    /**
     * How a kubelet is set up.
     *
     * @param onDemandRelist look at a pod's containers right after starting one (1.36), instead of waiting for the next
     *     look of the second (1.35 and before)
     * @param manualTriggerRace how likely a readiness worker, triggered by a sync, still sees the status before that sync
     * @param maxContainerRestartPeriodSeconds the longest CrashLoopBackOff, 1 to 300
     * @param maxParallelImagePulls pulls at a time, ≥ 1; Kubernetes pulls one after the other unless told otherwise
     * @param statsOnDemand what containers use is looked up whenever somebody asks, as where cAdvisor does not see their
     *     cgroups and the runtime is asked instead; else it is as old as cAdvisor's last sample
     * @param correlateEvents thin events out as a real kubelet does
     */
    public record Options(
            boolean onDemandRelist,
            double manualTriggerRace,
            long maxContainerRestartPeriodSeconds,
            int maxParallelImagePulls,
            boolean statsOnDemand,
            boolean correlateEvents) {

        /** As 1.36 comes. */
        public static final Options STANDARD = new Options(true, 0.13, 300, 1, false, false);

        /** With the look right after a start (1.36), or without it (1.35 and before). */
        public Options withOnDemandRelist(boolean onDemandRelist) {
            return new Options(
                    onDemandRelist,
                    manualTriggerRace,
                    maxContainerRestartPeriodSeconds,
                    maxParallelImagePulls,
                    statsOnDemand,
                    correlateEvents);
        }

        CrashLoopBackOff.Limits crashLoopBackOff() {
            return CrashLoopBackOff.Limits.withMaximum(maxContainerRestartPeriodSeconds);
        }
    }

    /** What a runtime says of containers it finds dead after a reboot. */
    static final int EXIT_AT_POWER_OFF = 255;

    private static final int CLIENT_QPS = 50;
    private static final int CLIENT_BURST = 100;

    private final Simulation simulation;
    private final Store store;
    private final String nodeName;
    private final Delays delays;
    private final Options options;
    private final ApiClient client;
    private final EventRecorder events;
    private final StatusManager statusManager;
    private final RelistClock relists;
    private final NodeImages images;
    private final NodeLeases leases;
    private final DecisionLog decisions;
    private final PodNetwork network;
    private final PodAddresses addresses;
    private final BiFunction<Pod, Container, AppBehavior> behaviors;
    private final RandomStream random;
    private final long syncLoopPhase;
    private final Map<String, PodWorker> workersByUid = new LinkedHashMap<>();
    private final List<Pod> deletesToSend = new ArrayList<>();
    private long containersCreated;
    private Consumer<RunningContainer> containerObserver = unobserved -> {};
    private ProbeObserver probeObserver = (pod, container, type, succeeded) -> {};
    private long startedAt = Long.MIN_VALUE / 2;
    private int incarnation;
    private boolean connected = true;
    private boolean poweredOff;

    /**
     * A kubelet that has been running for a while.
     *
     * @param addresses hands out the IPs of this node's pods
     * @param behaviors says how the process in a container of a pod behaves
     */
    public Kubelet(
            Simulation simulation,
            Store store,
            String nodeName,
            Delays delays,
            Options options,
            ImageCatalog catalog,
            NodeLeases leases,
            DecisionLog decisions,
            PodNetwork network,
            PodAddresses addresses,
            BiFunction<Pod, Container, AppBehavior> behaviors) {
        this.simulation = simulation;
        this.store = store;
        this.nodeName = nodeName;
        this.delays = delays;
        this.options = options;
        this.leases = leases;
        this.decisions = decisions;
        this.network = network;
        this.addresses = addresses;
        this.behaviors = behaviors;
        this.random = simulation.random().stream("kubelet/" + nodeName);
        this.client = new ApiClient(
                simulation, store, delays.of(Delay.API_REQUEST), "kubelet/" + nodeName, CLIENT_QPS, CLIENT_BURST);
        this.events = new EventRecorder(simulation, store, "kubelet", options.correlateEvents());
        this.statusManager = new StatusManager(simulation, client, delays.of(Delay.KUBELET_STATUS), nodeName);
        long phase = (long) (random.nextDouble() * Times.SECOND);
        this.relists = new RelistClock(phase, delay(Delay.KUBELET_RELIST));
        Distribution registry = delays.of(Delay.IMAGE_REGISTRY);
        RandomStream registryRandom = simulation.random().stream("kubelet/" + nodeName + "/images");
        this.images = new NodeImages(
                simulation,
                this::after,
                nodeName,
                catalog,
                () -> registry.sampleNanos(registryRandom),
                options.maxParallelImagePulls(),
                this::reportImages);
        RandomStream clocks = simulation.random().stream("kubelet/" + nodeName + "/clocks");
        this.syncLoopPhase = (long) (clocks.nextDouble() * Times.SECOND);
        leases.start(nodeName, simulation.now() + (long) (clocks.nextDouble() * NodeLeases.PERIOD));
        store.watchPodsOn(nodeName, delays.watch(simulation, "kubelet/" + nodeName), this::onPod);
    }

    public String nodeName() {
        return nodeName;
    }

    /** The process in a pod's first container, if it is running. */
    public @Nullable AppServer serverOf(String podUid) {
        PodWorker worker = workersByUid.get(podUid);
        return worker == null ? null : worker.firstServer();
    }

    /** False while nobody outside reaches the node. */
    public boolean isReachable() {
        return connected && !poweredOff;
    }

    /** Tells {@code observer} of every container that runs now, and of every further one in the instant of its start. */
    public void observeContainers(Consumer<RunningContainer> observer) {
        containerObserver = observer;
        workersByUid.values().forEach(worker -> worker.counters().forEach(observer));
    }

    /** Tells {@code observer}, and nobody before it any more, of every attempt at a probe from now on. */
    public void observeProbes(ProbeObserver observer) {
        probeObserver = observer;
    }

    void probed(Pod pod, String container, ProbeType type, boolean succeeded) {
        probeObserver.probed(pod, container, type, succeeded);
    }

    /** The containers of a pod that run here now, in the order of its spec. */
    public List<RunningContainer> containersOf(String podUid) {
        PodWorker worker = workersByUid.get(podUid);
        return worker == null ? List.of() : List.copyOf(worker.counters());
    }

    /** Keeps a processor busy in a pod's first container; false if it does not run. */
    public boolean burnCpu(String podUid, long cpuMillis, long nanos) {
        PodWorker worker = workersByUid.get(podUid);
        if (worker == null || worker.counters().isEmpty()) {
            return false;
        }
        worker.counters().get(0).burn(cpuMillis, nanos);
        return true;
    }

    private void onPod(WatchEvent event) {
        if (!connected) {
            return;
        }
        Pod pod = (Pod) event.object();
        if (event.type() == WatchEvent.Type.DELETED) {
            PodWorker worker = workersByUid.get(pod.metadata().uid());
            if (worker != null) {
                worker.removedFromApi();
            }
        } else {
            take(pod);
        }
    }

    private void take(Pod pod) {
        String uid = pod.metadata().uid();
        PodWorker worker = workersByUid.get(uid);
        if (worker == null) {
            if (pod.status().phase().isFinal()) {
                return;
            }
            worker = new PodWorker(this, pod);
            workersByUid.put(uid, worker);
            worker.begin();
        }
        if (!worker.pod().spec().equals(pod.spec())) {
            worker.respecified(pod);
        }
        if (pod.metadata().isBeingDeleted()) {
            worker.terminate(pod);
        }
    }

    void forget(String podUid) {
        if (workersByUid.remove(podUid) != null) {
            roomHasChanged();
        }
    }

    /** Pods that wait to be resized may fit now. */
    void roomHasChanged() {
        List.copyOf(workersByUid.values()).forEach(worker -> worker.resizer().tryAgain());
    }

    /** What the node has for pods. */
    Resources allocatable() {
        return store.get(nodeKey()) instanceof Node node ? node.allocatable() : Resources.NONE;
    }

    /** What is set aside for all pods of the node but one. */
    Resources allocatedToOthers(Pod pod) {
        Resources sum = Resources.NONE;
        for (Map.Entry<String, PodWorker> worker : workersByUid.entrySet()) {
            if (!worker.getKey().equals(pod.metadata().uid())) {
                sum = sum.plus(worker.getValue().resizer().allocated());
            }
        }
        return sum;
    }

    /** The pod has ended here and goes from the API, unless another of its name has taken its place. */
    void deletePod(Pod pod) {
        if (!connected) {
            deletesToSend.add(pod);
            return;
        }
        String uid = pod.metadata().uid();
        client.send(
                () -> {
                    KubernetesObject stored = store.get(pod.key());
                    if (stored != null && stored.metadata().uid().equals(uid)) {
                        store.delete(pod.key(), DeleteOptions.withGrace(0));
                    }
                    return null;
                },
                (result, refused) -> forget(uid));
    }

    /** The kernel kills the process in a pod's first container for its memory; false if none runs. */
    public boolean runOutOfMemory(String podUid) {
        PodWorker worker = workersByUid.get(podUid);
        return worker != null && worker.runOutOfMemory();
    }

    /** The node loses its network: pods live on, but neither the API nor anybody else reaches them. */
    public void disconnect() {
        if (connected) {
            connected = false;
            leases.stop(nodeName, simulation.now());
            statusManager.setOnline(false);
            workersByUid.values().forEach(PodWorker::cutOff);
        }
    }

    /** The machine stops at once, and everything on it. */
    public void powerOff() {
        disconnect();
        if (!poweredOff) {
            poweredOff = true;
            incarnation++;
            statusManager.forgetAll();
            deletesToSend.clear();
            images.powerOff();
            workersByUid.values().forEach(PodWorker::powerOff);
        }
    }

    /**
     * The machine is told to go down: pods are stopped within the time given, then it stops.
     *
     * <p>Source: kubernetes 1.36 pkg/kubelet/nodeshutdown. Differs from Kubernetes: there is one group of pods, critical
     * ones included.
     */
    public void shutDown(long graceSeconds) {
        if (!connected) {
            powerOff();
            return;
        }
        postReady(Status.FALSE, "NodeNotReady");
        for (PodWorker worker : List.copyOf(workersByUid.values())) {
            worker.shutDown(Math.min(graceSeconds, worker.pod().spec().terminationGracePeriodSeconds()));
        }
        after(graceSeconds * Times.SECOND, this::powerOff);
    }

    /** The machine, or its network, is back. */
    public void recover() {
        if (connected) {
            return;
        }
        boolean rebooted = poweredOff;
        connected = true;
        poweredOff = false;
        leases.start(nodeName, simulation.now());
        statusManager.setOnline(true);
        postReady(Status.TRUE, "NodeReady");
        if (rebooted) {
            startedAt = simulation.now();
        }
        after(delay(Delay.API_WATCH), () -> catchUp(rebooted));
    }

    /** Lists the pods anew: much may have happened that the watch did not tell. */
    private void catchUp(boolean rebooted) {
        List<Pod> unsent = List.copyOf(deletesToSend);
        deletesToSend.clear();
        unsent.forEach(this::deletePod);
        for (PodWorker worker : List.copyOf(workersByUid.values())) {
            Pod known = worker.pod();
            if (store.get(known.key()) instanceof Pod stored
                    && stored.metadata().uid().equals(known.metadata().uid())) {
                if (rebooted) {
                    worker.resume(stored);
                } else {
                    worker.reconnect(stored);
                }
            } else if (rebooted) {
                forget(known.metadata().uid());
            } else {
                worker.removedFromApi();
            }
        }
        for (KubernetesObject object : store.list(ResourceKind.POD)) {
            Pod pod = (Pod) object;
            if (pod.nodeName().equals(nodeName)
                    && !workersByUid.containsKey(pod.metadata().uid())) {
                take(pod);
            }
        }
    }

    private ObjectKey nodeKey() {
        return new ObjectKey(ResourceKind.NODE, "", nodeName);
    }

    private void postReady(Status ready, String reason) {
        client.patch(nodeKey(), stored -> ((Node) stored).withReady(ready), (written, refused) -> {
            if (written != null) {
                events.normal(written, reason, "Node " + nodeName + " status is now: " + reason);
            }
        });
    }

    private void reportImages(ImmutableMap<String, Long> present) {
        if (connected) {
            client.patch(nodeKey(), stored -> ((Node) stored).withImages(present), (written, refused) -> {});
        }
    }

    /** Runs something later, unless the machine stops before; on one that is off nothing runs. */
    long after(long nanos, Runnable then) {
        return at(simulation.now() + nanos, then);
    }

    /** As {@link #after}, at an instant. */
    long at(long instant, Runnable then) {
        if (poweredOff) {
            return 0;
        }
        int begunIn = incarnation;
        return simulation.at(instant, () -> {
            if (incarnation == begunIn) {
                then.run();
            }
        });
    }

    void cancel(long timer) {
        simulation.cancel(timer);
    }

    /** The first turn of the sync loop, which looks once a second what is due, at or after an instant. */
    long syncLoopTickAfter(long instant) {
        return syncLoopPhase - Math.floorDiv(syncLoopPhase - instant, Times.SECOND) * Times.SECOND;
    }

    /** When a probe worker that is created now makes its first tick. */
    long firstTick(int periodSeconds) {
        long now = simulation.now();
        long age = now - startedAt;
        double fraction = periodSeconds * Times.SECOND > age ? random.nextDouble() : 0;
        return ProbeWorker.startTime(now, age, periodSeconds, fraction);
    }

    /** Records an event about a pod, or a part of it; without the network it is lost. */
    void record(Pod pod, String fieldPath, String type, String reason, String message) {
        if (connected) {
            events.record(pod, fieldPath, type, reason, message);
        }
    }

    /** Notes why something is done to a pod, for those who ask. */
    void explain(Pod pod, Supplier<String> text) {
        decisions.record("Kubelet", pod.key(), text);
    }

    AppServer startProcess(Pod pod, ContainerSlot slot, ContainerRun run, AppServer.ExitListener onExit) {
        AppBehavior behavior = behaviorOf(pod, slot);
        String name = pod.name() + "/" + run.id();
        AppServer server = new AppServer(simulation, behavior, simulation.random().stream("app/" + name), onExit);
        ContainerCounters counters = new ContainerCounters(simulation, nodeName, pod, slot.container(), server);
        run.setCounters(counters);
        containerObserver.accept(counters);
        Distribution runs = behavior.life().runs();
        if (runs != null) {
            long lives = runs.sampleNanos(simulation.random().stream("app-life/" + name));
            after(lives, () -> server.crash(behavior.life().exitCode()));
        }
        return server;
    }

    AppBehavior behaviorOf(Pod pod, ContainerSlot slot) {
        return behaviors.apply(pod, slot.container());
    }

    long delay(Delay delay) {
        return delays.of(delay).sampleNanos(random);
    }

    long nextContainerId() {
        return ++containersCreated;
    }

    Simulation simulation() {
        return simulation;
    }

    Options options() {
        return options;
    }

    StatusManager statusManager() {
        return statusManager;
    }

    RelistClock relists() {
        return relists;
    }

    NodeImages images() {
        return images;
    }

    PodNetwork network() {
        return network;
    }

    PodAddresses addresses() {
        return addresses;
    }

    RandomStream random() {
        return random;
    }
}
