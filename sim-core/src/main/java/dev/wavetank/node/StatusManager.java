package dev.wavetank.node;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brings the kubelet's view of its pods to the API server, one pod at a time. A pod whose status changes again while it
 * waits is sent once, with the latest.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/status/status_manager.go.
 */
final class StatusManager {

    private record Waiting(ObjectKey key, String uid, PodStatus status, Runnable onSent) {}

    private final Simulation simulation;
    private final ApiClient client;
    private final Distribution latency;
    private final RandomStream random;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();
    private boolean sending;
    private boolean online = true;

    StatusManager(Simulation simulation, ApiClient client, Distribution latency, String nodeName) {
        this.simulation = simulation;
        this.client = client;
        this.latency = latency;
        this.random = simulation.random().stream("kubelet/" + nodeName + "/status");
    }

    /** Sends a pod's status as soon as those before it are sent, then runs {@code onSent}. */
    void publish(Pod pod, PodStatus status, Runnable onSent) {
        String uid = pod.metadata().uid();
        Waiting replaced = waiting.get(uid);
        Runnable after = replaced == null
                ? onSent
                : () -> {
                    replaced.onSent().run();
                    onSent.run();
                };
        waiting.put(uid, new Waiting(pod.key(), uid, status, after));
        sendIfIdle();
    }

    /** Holds everything back while the API is out of reach, and sends it then. */
    void setOnline(boolean online) {
        this.online = online;
        sendIfIdle();
    }

    /** Drops what was to be sent. */
    void forgetAll() {
        waiting.clear();
    }

    private void sendIfIdle() {
        if (!sending && online && !waiting.isEmpty()) {
            sending = true;
            simulation.after(latency.sampleNanos(random), this::sendNext);
        }
    }

    private void sendNext() {
        if (!online || waiting.isEmpty()) {
            sending = false;
            return;
        }
        Map.Entry<String, Waiting> first = waiting.entrySet().iterator().next();
        waiting.remove(first.getKey());
        Waiting next = first.getValue();
        client.patch(
                next.key(),
                stored -> {
                    Pod pod = (Pod) stored;
                    return pod.metadata().uid().equals(next.uid()) ? withKubeletStatus(pod, next.status()) : pod;
                },
                (result, refused) -> {
                    next.onSent().run();
                    sending = false;
                    sendIfIdle();
                });
    }

    /** The scheduler's and the eviction API's conditions are theirs; all others are the kubelet's. */
    private static Pod withKubeletStatus(Pod pod, PodStatus status) {
        return pod.withStatus(PodStatuses.merge(pod.status(), status));
    }
}
