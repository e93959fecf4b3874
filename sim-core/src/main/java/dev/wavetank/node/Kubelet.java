package dev.wavetank.node;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.Pod;
import dev.wavetank.model.RunningContainer;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import dev.wavetank.model.WatchEvent;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.PodNetwork;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the pods bound to one node: hears of them by watch and gives each a {@link PodWorker}.
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
     */
    public record Options(boolean onDemandRelist, double manualTriggerRace) {
        /** As 1.36 comes. */
        public static final Options STANDARD = new Options(true, 0.13);
    }

    private static final int CLIENT_QPS = 50;
    private static final int CLIENT_BURST = 100;

    private final Simulation simulation;
    private final String nodeName;
    private final Delays delays;
    private final Options options;
    private final ApiClient client;
    private final EventRecorder events;
    private final StatusManager statusManager;
    private final RelistClock relists;
    private final PodNetwork network;
    private final PodAddresses addresses;
    private final Function<Pod, AppBehavior> behaviors;
    private final RandomStream random;
    private final Map<String, PodWorker> workersByUid = new LinkedHashMap<>();
    private long containersCreated;
    private Consumer<RunningContainer> containerObserver = unobserved -> {};

    /**
     * A kubelet that has been running for a while.
     *
     * @param addresses hands out the IPs of this node's pods
     * @param behaviors says how the process in a pod behaves
     */
    public Kubelet(
            Simulation simulation,
            Store store,
            String nodeName,
            Delays delays,
            Options options,
            PodNetwork network,
            PodAddresses addresses,
            Function<Pod, AppBehavior> behaviors) {
        this.simulation = simulation;
        this.nodeName = nodeName;
        this.delays = delays;
        this.options = options;
        this.network = network;
        this.addresses = addresses;
        this.behaviors = behaviors;
        this.random = simulation.random().stream("kubelet/" + nodeName);
        this.client = new ApiClient(
                simulation, store, delays.of(Delay.API_REQUEST), "kubelet/" + nodeName, CLIENT_QPS, CLIENT_BURST);
        this.events = new EventRecorder(simulation, store, "kubelet");
        this.statusManager = new StatusManager(simulation, client, delays.of(Delay.KUBELET_STATUS), nodeName);
        long phase = (long) (random.nextDouble() * Times.SECOND);
        this.relists = new RelistClock(phase, delay(Delay.KUBELET_RELIST));
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

    /** Tells {@code observer} of every container that runs now, and of every further one in the instant of its start. */
    public void observeContainers(Consumer<RunningContainer> observer) {
        containerObserver = observer;
        workersByUid.values().forEach(worker -> worker.counters().forEach(observer));
    }

    void containerStarted(RunningContainer container) {
        containerObserver.accept(container);
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
        Pod pod = (Pod) event.object();
        String uid = pod.metadata().uid();
        PodWorker worker = workersByUid.get(uid);
        if (event.type() == WatchEvent.Type.DELETED) {
            if (worker != null) {
                worker.removedFromApi();
            }
            return;
        }
        if (worker == null) {
            if (pod.status().phase().isFinal()) {
                return;
            }
            worker = new PodWorker(this, pod);
            workersByUid.put(uid, worker);
            worker.begin();
        }
        if (pod.metadata().isBeingDeleted()) {
            worker.terminate(pod);
        }
    }

    void forget(String podUid) {
        workersByUid.remove(podUid);
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

    ApiClient client() {
        return client;
    }

    EventRecorder events() {
        return events;
    }

    StatusManager statusManager() {
        return statusManager;
    }

    RelistClock relists() {
        return relists;
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

    AppBehavior behaviorOf(Pod pod) {
        return behaviors.apply(pod);
    }
}
