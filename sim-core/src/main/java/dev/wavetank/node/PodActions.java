package dev.wavetank.node;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.PodSpec.RestartPolicy;
import dev.wavetank.node.ObservedContainer.Role;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one sync of a pod is to do to its containers. Positions count all containers in the order of the spec, init
 * containers first.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/kuberuntime/kuberuntime_manager.go, computePodActions.
 *
 * @param killPod true if nothing is left to run: whatever still does is stopped together, as on deletion
 * @param kills containers to stop because a probe failed
 * @param starts containers to start, one after the other
 */
record PodActions(boolean killPod, ImmutableList<Kill> kills, ImmutableList<Integer> starts) {

    /** How far a container has come. */
    enum Stage {
        /** It has never run. */
        NEW,
        RUNNING,
        EXITED
    }

    /**
     * One container as the kubelet sees it.
     *
     * @param started for one that runs: it is past its startup probe
     * @param exitCode for one that exited
     * @param failedProbe the probe that wants it killed, if any
     */
    record Member(
            Role role,
            Stage stage,
            boolean started,
            int exitCode,
            @Nullable ProbeType failedProbe) {}

    /**
     * One container to stop.
     *
     * @param restart true if it is to be started again right away
     */
    record Kill(int position, ProbeType failedProbe, boolean restart) {}

    private static final PodActions NONE = new PodActions(false, ImmutableList.of(), ImmutableList.of());
    private static final PodActions KILL_POD = new PodActions(true, ImmutableList.of(), ImmutableList.of());

    static PodActions of(List<Member> members, RestartPolicy policy) {
        boolean mainHasStarted =
                members.stream().anyMatch(member -> member.role() == Role.MAIN && member.stage() != Stage.NEW);
        return mainHasStarted ? ofInitialized(members, policy) : ofStarting(members, policy);
    }

    /** The first init container that is not done decides; once all are, all main containers start. */
    private static PodActions ofStarting(List<Member> members, RestartPolicy policy) {
        List<Kill> kills = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            if (member.role() == Role.MAIN) {
                starts.add(i);
                continue;
            }
            boolean sidecar = member.role() == Role.SIDECAR;
            boolean done = sidecar
                    ? member.stage() == Stage.RUNNING && member.started()
                    : member.stage() == Stage.EXITED && member.exitCode() == 0;
            ProbeType failed = member.failedProbe();
            if (failed != null) {
                kills.add(new Kill(i, failed, true));
                starts.add(i);
                break;
            }
            if (done) {
                continue;
            }
            if (member.stage() == Stage.NEW) {
                starts.add(i);
            } else if (member.stage() == Stage.EXITED) {
                if (!RestartPolicies.restarts(policy, sidecar, member.exitCode())) {
                    return KILL_POD;
                }
                starts.add(i);
            }
            break;
        }
        return new PodActions(false, ImmutableList.copyOf(kills), ImmutableList.copyOf(starts));
    }

    private static PodActions ofInitialized(List<Member> members, RestartPolicy policy) {
        List<Kill> kills = new ArrayList<>();
        List<Integer> sidecars = new ArrayList<>();
        List<Integer> starts = new ArrayList<>();
        int kept = 0;
        for (int i = 0; i < members.size(); i++) {
            Member member = members.get(i);
            boolean sidecar = member.role() == Role.SIDECAR;
            if (member.role() == Role.INIT) {
                continue;
            }
            ProbeType failed = member.failedProbe();
            boolean toStart;
            if (failed != null) {
                toStart = sidecar || policy != RestartPolicy.NEVER;
                kills.add(new Kill(i, failed, toStart));
            } else if (member.stage() == Stage.RUNNING) {
                kept += sidecar ? 0 : 1;
                continue;
            } else {
                toStart = member.stage() == Stage.NEW || RestartPolicies.restarts(policy, sidecar, member.exitCode());
            }
            if (toStart) {
                (sidecar ? sidecars : starts).add(i);
            }
        }
        if (kept == 0 && starts.isEmpty()) {
            return KILL_POD;
        }
        if (kills.isEmpty() && sidecars.isEmpty() && starts.isEmpty()) {
            return NONE;
        }
        return new PodActions(
                false,
                ImmutableList.copyOf(kills),
                ImmutableList.<Integer>builder().addAll(sidecars).addAll(starts).build());
    }
}
