package dev.wavetank.controllers;

import dev.wavetank.model.ApiException;
import dev.wavetank.model.Container;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.QosClass;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Store;
import java.util.Map;

/**
 * The resize subresource of pods: changes what the containers of a running pod may use. What {@code kubectl patch pod
 * --subresource resize} and the VPA's updater call. Whether the node has room is then the kubelet's to say.
 *
 * <p>Source: kubernetes 1.36 pkg/apis/core/validation ValidatePodResize, KEP-1287.
 */
public final class ResizeApi {

    private final Store store;
    private final DecisionLog decisions;

    public ResizeApi(Store store, DecisionLog decisions) {
        this.store = store;
        this.decisions = decisions;
    }

    /**
     * Resizes a pod, in this instant.
     *
     * @param claims what main containers are to have by name, whole; containers not named stay as they are
     * @throws ApiException NOT_FOUND, or INVALID if the pod cannot be like that
     */
    public Pod resize(ObjectKey key, Map<String, QosClass.Claim> claims) {
        if (!(store.get(key) instanceof Pod pod)) {
            throw new ApiException(ApiException.Reason.NOT_FOUND, "pods \"" + key.name() + "\" not found");
        }
        if (pod.status().phase().isFinal()) {
            throw invalid(pod, "a pod that has ended cannot be resized");
        }
        for (Map.Entry<String, QosClass.Claim> claim : claims.entrySet()) {
            if (pod.spec().containers().stream().noneMatch(each -> each.name().equals(claim.getKey()))) {
                throw invalid(
                        pod,
                        "it has no container \"" + claim.getKey() + "\", but "
                                + pod.spec().containers().stream()
                                        .map(Container::name)
                                        .toList());
            }
            check(pod, claim.getKey(), claim.getValue());
        }
        PodSpec wanted = pod.spec().withClaims(claims);
        QosClass before = QosClass.of(pod.spec());
        QosClass after = QosClass.of(wanted);
        if (before != after) {
            throw invalid(
                    pod,
                    "Pod QOS Class may not change as a result of resizing, but would from " + before.text() + " to "
                            + after.text());
        }
        decisions.record(
                "Resize", key, () -> "accepted: requests " + pod.spec().requests() + " → " + wanted.requests());
        return (Pod) store.patch(key, stored -> ((Pod) stored).withSpec(wanted));
    }

    private static void check(Pod pod, String container, QosClass.Claim claim) {
        Resources requests = claim.requests();
        Resources limits = claim.limits();
        if (limits.cpuMillis() > 0 && requests.cpuMillis() > limits.cpuMillis()) {
            throw invalid(
                    pod,
                    "container " + container + " requests " + requests.cpuMillis() + "m of cpu, more than its limit of "
                            + limits.cpuMillis() + "m");
        }
        if (limits.memoryBytes() > 0 && requests.memoryBytes() > limits.memoryBytes()) {
            throw invalid(
                    pod,
                    "container " + container + " requests " + requests.memoryBytes()
                            + " bytes of memory, more than its limit of " + limits.memoryBytes());
        }
    }

    private static ApiException invalid(Pod pod, String problem) {
        return new ApiException(ApiException.Reason.INVALID, "Pod \"" + pod.name() + "\" is invalid: " + problem);
    }
}
