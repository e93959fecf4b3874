package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a pod's life.
 *
 * @param podIp empty until the sandbox has a network
 * @param startTime when the kubelet took the pod on; whole-second instant or {@link Times#NONE}
 * @param nominatedNodeName the node where others were asked to make room for it; empty if none was
 * @param reason why the pod as a whole is in its state, such as {@code Terminated}; empty if there is nothing to say
 * @param message the same for people
 */
public record PodStatus(
        PodPhase phase,
        ImmutableList<PodCondition> conditions,
        ImmutableList<ContainerStatus> initContainerStatuses,
        ImmutableList<ContainerStatus> containerStatuses,
        String podIp,
        long startTime,
        String nominatedNodeName,
        String reason,
        String message) {

    /** A status without nomination, reason and message. */
    public PodStatus(
            PodPhase phase,
            ImmutableList<PodCondition> conditions,
            ImmutableList<ContainerStatus> initContainerStatuses,
            ImmutableList<ContainerStatus> containerStatuses,
            String podIp,
            long startTime) {
        this(phase, conditions, initContainerStatuses, containerStatuses, podIp, startTime, "", "", "");
    }

    /** A pod that nobody has looked at yet. */
    public static final PodStatus NEW =
            new PodStatus(PodPhase.PENDING, ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), "", Times.NONE);

    public @Nullable PodCondition condition(PodCondition.Type type) {
        for (PodCondition condition : conditions) {
            if (condition.type() == type) {
                return condition;
            }
        }
        return null;
    }

    /** True if the condition is there and True. */
    public boolean is(PodCondition.Type type) {
        PodCondition condition = condition(type);
        return condition != null && condition.status() == PodCondition.Status.TRUE;
    }

    /**
     * The same status with one condition set. Its transition time is kept where the status did not change.
     *
     * @param now the instant of the change; stored in whole seconds
     */
    public PodStatus withCondition(
            PodCondition.Type type, PodCondition.Status status, String reason, String message, long now) {
        PodCondition before = condition(type);
        long since = before != null && before.status() == status ? before.lastTransitionTime() : Times.stored(now);
        PodCondition after = new PodCondition(type, status, since, reason, message);
        if (after.equals(before)) {
            return this;
        }
        ImmutableList.Builder<PodCondition> changed = ImmutableList.builder();
        for (PodCondition condition : conditions) {
            changed.add(condition.type() == type ? after : condition);
        }
        if (before == null) {
            changed.add(after);
        }
        return withConditions(changed.build());
    }

    /** The same status without one condition. */
    public PodStatus withoutCondition(PodCondition.Type type) {
        return withConditions(conditions.stream()
                .filter(condition -> condition.type() != type)
                .collect(ImmutableList.toImmutableList()));
    }

    public PodStatus withConditions(ImmutableList<PodCondition> conditions) {
        return changed(draft -> draft.conditions = conditions);
    }

    public PodStatus withPhase(PodPhase phase) {
        return changed(draft -> draft.phase = phase);
    }

    public PodStatus withContainerStatuses(ImmutableList<ContainerStatus> containerStatuses) {
        return changed(draft -> draft.containerStatuses = containerStatuses);
    }

    public PodStatus withInitContainerStatuses(ImmutableList<ContainerStatus> initContainerStatuses) {
        return changed(draft -> draft.initContainerStatuses = initContainerStatuses);
    }

    public PodStatus withPodIp(String podIp) {
        return changed(draft -> draft.podIp = podIp);
    }

    public PodStatus withStartTime(long startTime) {
        return changed(draft -> draft.startTime = startTime);
    }

    public PodStatus withNominatedNodeName(String nominatedNodeName) {
        return changed(draft -> draft.nominatedNodeName = nominatedNodeName);
    }

    public PodStatus withReason(String reason, String message) {
        return changed(draft -> {
            draft.reason = reason;
            draft.message = message;
        });
    }

    private PodStatus changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.done();
    }

    /** The status while something in it is being changed. */
    private static final class Draft {
        private PodPhase phase;
        private ImmutableList<PodCondition> conditions;
        private ImmutableList<ContainerStatus> initContainerStatuses;
        private ImmutableList<ContainerStatus> containerStatuses;
        private String podIp;
        private long startTime;
        private String nominatedNodeName;
        private String reason;
        private String message;

        Draft(PodStatus before) {
            this.phase = before.phase;
            this.conditions = before.conditions;
            this.initContainerStatuses = before.initContainerStatuses;
            this.containerStatuses = before.containerStatuses;
            this.podIp = before.podIp;
            this.startTime = before.startTime;
            this.nominatedNodeName = before.nominatedNodeName;
            this.reason = before.reason;
            this.message = before.message;
        }

        PodStatus done() {
            return new PodStatus(
                    phase,
                    conditions,
                    initContainerStatuses,
                    containerStatuses,
                    podIp,
                    startTime,
                    nominatedNodeName,
                    reason,
                    message);
        }
    }
}
