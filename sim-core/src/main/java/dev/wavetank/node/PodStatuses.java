package dev.wavetank.node;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodCondition.Status;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodStatus;
import java.util.List;

/**
 * Puts together what the kubelet reports of a pod.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/kubelet_pods.go and pkg/kubelet/status/generate.go.
 */
final class PodStatuses {

    private PodStatuses() {}

    /**
     * The status after {@code before}, with transition times kept where a condition stays as it was.
     *
     * @param networkReady the pod's sandbox is up
     * @param terminal nothing is started any more
     */
    static PodStatus next(
            Pod pod,
            PodStatus before,
            List<ContainerStatus> initContainers,
            List<ContainerStatus> containers,
            boolean networkReady,
            boolean terminal,
            String podIp,
            long now) {
        List<ObservedContainer> observed = ObservedContainer.of(pod.spec(), initContainers, containers);
        PodPhase phase = before.phase().isFinal()
                ? before.phase()
                : PodPhases.of(observed, pod.spec().restartPolicy(), terminal);
        PodConditions.Value ready = PodConditions.containersReady(observed, phase);
        PodConditions.Value initialized = PodConditions.initialized(observed, phase);
        PodStatus next = before.withPhase(phase)
                .withInitContainerStatuses(ImmutableList.copyOf(initContainers))
                .withContainerStatuses(ImmutableList.copyOf(containers))
                .withPodIp(podIp);
        PodConditions.Value network = new PodConditions.Value(networkReady ? Status.TRUE : Status.FALSE, "", "");
        next = with(next, PodCondition.Type.POD_READY_TO_START_CONTAINERS, network, now);
        next = with(next, PodCondition.Type.INITIALIZED, initialized, now);
        next = with(next, PodCondition.Type.READY, ready, now);
        return with(next, PodCondition.Type.CONTAINERS_READY, ready, now);
    }

    private static PodStatus with(PodStatus status, PodCondition.Type type, PodConditions.Value value, long now) {
        return status.withCondition(type, value.status(), value.reason(), value.message(), now);
    }

    /** What the API server is to hold: the kubelet's conditions, beside those that are not its own. */
    static PodStatus merge(PodStatus stored, PodStatus reported) {
        ImmutableList.Builder<PodCondition> conditions = ImmutableList.builder();
        reported.conditions().stream()
                .filter(condition -> !belongsToOthers(condition.type()))
                .forEach(conditions::add);
        stored.conditions().stream()
                .filter(condition -> belongsToOthers(condition.type()))
                .forEach(conditions::add);
        return reported.withConditions(conditions.build()).withNominatedNodeName(stored.nominatedNodeName());
    }

    private static boolean belongsToOthers(PodCondition.Type type) {
        return type == PodCondition.Type.POD_SCHEDULED || type == PodCondition.Type.DISRUPTION_TARGET;
    }
}
