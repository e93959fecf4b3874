package dev.wavetank.http.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.RunningContainer;
import dev.wavetank.network.AppServer;

/** How a pod is shown. */
final class PodLook {

    private static final String CRASH_LOOP = "CrashLoopBackOff";

    private PodLook() {}

    static void add(ArrayNode pods, Cluster cluster, Pod pod, String workload) {
        ObjectNode node = pods.addObject();
        int restarts = pod.status().containerStatuses().stream()
                .mapToInt(ContainerStatus::restartCount)
                .sum();
        String status = status(pod);
        node.put("name", pod.name());
        node.put("namespace", pod.metadata().namespace());
        node.put("workload", workload);
        node.put("node", pod.nodeName());
        node.put("status", status);
        node.put("state", state(pod, status));
        node.put("ready", pod.isReady());
        node.put("restarts", restarts);
        node.put("ip", pod.status().podIp());
        node.put("age", (cluster.now() - pod.metadata().creationTimestamp()) / 1_000_000);
        AppServer process = cluster.processOf(pod);
        node.put("running", process != null && process.isAlive());
        if (process != null) {
            node.put("saysReady", process.isReady());
            node.put("hung", process.isHung());
            node.put("inFlight", process.inFlight());
        }
        long cpu = 0;
        long memory = 0;
        for (RunningContainer container : cluster.containersOf(pod)) {
            cpu += container.cpuNanos();
            memory += container.workingSetBytes();
        }
        node.put("cpuNanos", cpu);
        node.put("memory", memory);
    }

    /** The word in kubectl's STATUS column. */
    static String status(Pod pod) {
        if (pod.isTerminating() || pod.metadata().isBeingDeleted()) {
            return "Terminating";
        }
        for (ContainerStatus container : pod.status().containerStatuses()) {
            String reason = reason(container.state());
            if (!reason.isEmpty()) {
                return reason;
            }
        }
        return pod.status().reason().isEmpty()
                ? pod.status().phase().text()
                : pod.status().reason();
    }

    private static String reason(ContainerState state) {
        if (state instanceof ContainerState.Waiting waiting) {
            return waiting.reason();
        }
        return state instanceof ContainerState.Terminated terminated ? terminated.reason() : "";
    }

    /** One of the states that have a colour. */
    private static String state(Pod pod, String status) {
        if (status.equals("Terminating")) {
            return "terminating";
        }
        if (pod.status().phase() == PodPhase.SUCCEEDED || status.equals("Completed")) {
            return "finished";
        }
        if (status.equals(CRASH_LOOP)
                || status.equals("Error")
                || status.contains("Err")
                || status.equals("OOMKilled")
                || pod.status().phase() == PodPhase.FAILED) {
            return "failing";
        }
        if (pod.isReady()) {
            return "ready";
        }
        if (!pod.isScheduled()) {
            return "pending";
        }
        return status.equals("Running") ? "not-ready" : "starting";
    }
}
