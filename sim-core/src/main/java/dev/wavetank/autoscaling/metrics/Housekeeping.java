package dev.wavetank.autoscaling.metrics;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.RunningContainer;
import dev.wavetank.model.Times;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The kubelets' cAdvisor: samples every container when it appears and again every 10 to 20 s, each at a pace of its own,
 * and hands out the latest sample, not a fresh one.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/cadvisor and cAdvisor manager/container.go. A container whose counters stand still
 * is looked at less often.
 */
public final class Housekeeping {

    /** From a container's creation to its first sample: the cgroup has to be noticed. */
    private static final long DISCOVERY = 50 * Times.MILLISECOND;

    private static final long INTERVAL = 10 * Times.SECOND;
    private static final long LONGEST_INTERVAL = 15 * Times.SECOND;

    private static final class Sampled {
        final RunningContainer container;
        final RandomStream random;

        @Nullable
        MetricsPoint latest;

        long interval = INTERVAL;

        Sampled(RunningContainer container, RandomStream random) {
            this.container = container;
            this.random = random;
        }
    }

    private final Simulation simulation;
    private final boolean onDemand;
    private final Map<String, Map<String, Map<String, Sampled>>> byNodeAndPod = new LinkedHashMap<>();

    /**
     * Samples nothing before a container is added.
     *
     * @param onDemand true if every question gets a fresh answer, which is the container runtime's and not cAdvisor's
     */
    public Housekeeping(Simulation simulation, boolean onDemand) {
        this.simulation = simulation;
        this.onDemand = onDemand;
    }

    /** Takes a container on that has just appeared. */
    public void add(RunningContainer container) {
        String podKey = podKey(container.namespace(), container.pod());
        Sampled sampled =
                new Sampled(container, simulation.random().stream("cadvisor/" + podKey + "/" + container.container()));
        byNodeAndPod
                .computeIfAbsent(container.node(), unused -> new TreeMap<>())
                .computeIfAbsent(podKey, unused -> new TreeMap<>())
                .put(container.container(), sampled);
        simulation.after(DISCOVERY, () -> lookAgain(sampled));
    }

    static String podKey(String namespace, String pod) {
        return namespace + "/" + pod;
    }

    private void planNext(Sampled sampled) {
        long gap = (long) (sampled.interval * (1 + sampled.random.nextDouble()));
        simulation.after(gap, () -> lookAgain(sampled));
    }

    private void lookAgain(Sampled sampled) {
        if (!sampled.container.isRunning()) {
            forget(sampled);
            return;
        }
        MetricsPoint before = sampled.latest;
        MetricsPoint now = sample(sampled.container);
        sampled.latest = now;
        boolean stoodStill = before != null
                && before.cumulativeCpuNanos() == now.cumulativeCpuNanos()
                && before.memoryBytes() == now.memoryBytes();
        sampled.interval = stoodStill ? LONGEST_INTERVAL : INTERVAL;
        planNext(sampled);
    }

    private void forget(Sampled sampled) {
        RunningContainer gone = sampled.container;
        Map<String, Map<String, Sampled>> pods = byNodeAndPod.getOrDefault(gone.node(), Map.of());
        String podKey = podKey(gone.namespace(), gone.pod());
        Map<String, Sampled> ofPod = pods.get(podKey);
        // a restarted container has taken the name over
        if (ofPod != null && ofPod.remove(gone.container(), sampled) && ofPod.isEmpty()) {
            pods.remove(podKey);
        }
    }

    /** Prometheus text carries timestamps in whole milliseconds. */
    private MetricsPoint sample(RunningContainer container) {
        long timestamp = Math.floorDiv(simulation.now(), Times.MILLISECOND) * Times.MILLISECOND;
        return new MetricsPoint(container.createdAt(), timestamp, container.cpuNanos(), container.workingSetBytes());
    }

    /** What {@code GET /metrics/resource} of a node says: the latest sample of each running container, by pod. */
    Map<String, Map<String, MetricsPoint>> samplesOf(String node) {
        Map<String, Map<String, MetricsPoint>> samples = new LinkedHashMap<>();
        byNodeAndPod.getOrDefault(node, Map.of()).forEach((pod, containers) -> {
            Map<String, MetricsPoint> ofPod = new LinkedHashMap<>();
            containers.forEach((name, sampled) -> {
                MetricsPoint latest = onDemand && sampled.latest != null ? sample(sampled.container) : sampled.latest;
                if (latest != null && sampled.container.isRunning()) {
                    ofPod.put(name, latest);
                }
            });
            if (!ofPod.isEmpty()) {
                samples.put(pod, ofPod);
            }
        });
        return samples;
    }
}
