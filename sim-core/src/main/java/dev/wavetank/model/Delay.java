package dev.wavetank.model;

/**
 * The named delays that shape timing in a cluster, each a distribution a scenario or a calibration file can replace.
 *
 * <p>The defaults are chosen so that the medians of what an observer sees (created to scheduled, scheduled to running,
 * terminating to exited, exited to gone, action to first pod) fall where recordings of a one-node 1.36 cluster on two busy
 * cores have them, except where Kubernetes itself fixes the value (the volume manager's 300 ms, metrics and relist periods).
 * There, pods that start or stop together slow one another down; here every delay is drawn by itself.
 */
public enum Delay {
    /** One request to the API server, from its turn at the client's limiter to the answer. */
    API_REQUEST("api.request", "lognormal(10ms, 0.25)"),
    /** From a write to its arrival at a watcher. */
    API_WATCH("api.watch", "lognormal(2ms, 0.4)"),
    /** What a sync of a controller computes before its first request. */
    CONTROLLER_SYNC("controller.sync", "lognormal(6ms, 0.3)"),
    /** One scheduling cycle; cycles run one after another. */
    SCHEDULER_CYCLE("scheduler.cycle", "lognormal(4ms, 0.5)"),
    /** From the kubelet's hearing of a pod to its first step: admission, directories, cgroup. */
    KUBELET_ADMISSION("kubelet.admission", "lognormal(20ms, 0.5)"),
    /** Mounting volumes, for pods that have any; the volume manager polls every 300 ms. */
    KUBELET_VOLUMES("kubelet.volumes", "300ms"),
    /** Sandbox and network of a pod. */
    RUNTIME_SANDBOX("runtime.sandbox", "lognormal(300ms, 0.4)"),
    /** Creating one container from an image that is present. */
    RUNTIME_CREATE("runtime.create", "lognormal(60ms, 0.4)"),
    /** Starting one created container. */
    RUNTIME_START("runtime.start", "lognormal(60ms, 0.4)"),
    /** From a signal that ends the process, or its own exit, to the runtime's knowing of it. */
    RUNTIME_STOP("runtime.stop", "lognormal(500ms, 0.35)"),
    /** Taking down sandbox and network. */
    RUNTIME_SANDBOX_STOP("runtime.sandboxStop", "lognormal(90ms, 0.4)"),
    /** From a kubelet's new status of a pod to its patch being sent. */
    KUBELET_STATUS("kubelet.status", "lognormal(10ms, 0.5)"),
    /** Unmounting and cleaning up after the last container of a deleted pod. */
    KUBELET_CLEANUP("kubelet.cleanup", "lognormal(60ms, 0.6)"),
    /** How long one look of the kubelet at all containers takes. */
    KUBELET_RELIST("kubelet.relist", "uniform(2ms, 10ms)"),
    /** A probe's way to the container and back, beside the app's own time. */
    PROBE("probe.roundTrip", "lognormal(2ms, 0.4)"),
    /** One sync of a kube-proxy's rules. */
    PROXY_SYNC("proxy.sync", "lognormal(25ms, 0.4)"),
    /** One way between a client and a pod. */
    NETWORK("network.oneWay", "lognormal(150us, 0.3)"),
    /** What a registry takes to answer, beside the time to fetch an image's layers. */
    IMAGE_REGISTRY("image.registry", "lognormal(400ms, 0.4)");

    private final String key;
    private final String standard;

    Delay(String key, String standard) {
        this.key = key;
        this.standard = standard;
    }

    /** The name scenarios and calibration files use. */
    public String key() {
        return key;
    }

    /** The distribution used where nothing else is said, in scenario notation. */
    public String standard() {
        return standard;
    }
}
