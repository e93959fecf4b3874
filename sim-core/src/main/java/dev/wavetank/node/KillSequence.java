package dev.wavetank.node;

import dev.wavetank.model.Times;
import dev.wavetank.node.ObservedContainer.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * When each container of a pod gets its stop signal and is gone, if it is known beforehand how long hooks and shutdowns
 * take. Main containers stop together; a sidecar waits for them and for the sidecars after it.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/kuberuntime/kuberuntime_container.go and kuberuntime_termination_order.go.
 */
public final class KillSequence {

    /** No such instant or duration. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final int KILLED = 137;

    /**
     * A running container and how it behaves on its way out. Durations in nanoseconds.
     *
     * @param preStopNanos how long its preStop hook takes; {@link #NEVER} if it has none
     * @param exitAfterSignalNanos how long it takes to exit once asked; {@link #NEVER} if it does not listen
     * @param exitCode what it then exits with
     */
    public record Doomed(String name, Role role, long preStopNanos, long exitAfterSignalNanos, int exitCode) {

        boolean hasPreStop() {
            return preStopNanos != NEVER;
        }
    }

    /**
     * How a container ends. Instants are nanoseconds since the kill began, {@link #NEVER} for what does not happen.
     *
     * @param preStopEnd when its hook has returned; {@code NEVER} if there is none or it was cut short
     * @param preStopCutShort true if the hook still ran when the stop signal was sent
     */
    public record Ending(
            String name,
            boolean preStopRan,
            long preStopEnd,
            boolean preStopCutShort,
            long signalAt,
            long stopTimeoutSeconds,
            long killAt,
            long exitAt,
            int exitCode) {}

    private KillSequence() {}

    /**
     * The endings of containers killed together, in the order given.
     *
     * @param containers the pod's running containers in the order of its spec, sidecars before main containers
     */
    public static List<Ending> of(List<Doomed> containers, ContainerKill kill) {
        List<Ending> endings = new ArrayList<>(Collections.nCopies(containers.size(), null));
        long othersGone = 0;
        for (int i = 0; i < containers.size(); i++) {
            if (containers.get(i).role() != Role.SIDECAR) {
                Ending ending = end(containers.get(i), kill, 0);
                endings.set(i, ending);
                othersGone = Math.max(othersGone, ending.exitAt());
            }
        }
        for (int i = containers.size() - 1; i >= 0; i--) {
            if (containers.get(i).role() == Role.SIDECAR) {
                Ending ending = end(containers.get(i), kill, othersGone);
                endings.set(i, ending);
                othersGone = Math.max(othersGone, ending.exitAt());
            }
        }
        return endings;
    }

    /** The ending of one container that may not be signalled before {@code othersGone} while it has grace left. */
    static Ending end(Doomed container, ContainerKill kill, long othersGone) {
        long time = 0;
        boolean runsPreStop = container.hasPreStop() && kill.hasTimeLeft();
        boolean cutShort = false;
        if (runsPreStop) {
            cutShort = container.preStopNanos() > kill.stepLimitNanos();
            time = Math.min(container.preStopNanos(), kill.stepLimitNanos());
            kill = kill.after(time);
        }
        long preStopEnd = runsPreStop && !cutShort ? time : NEVER;
        if (othersGone > time && kill.hasTimeLeft()) {
            long waited = Math.min(othersGone - time, kill.stepLimitNanos());
            time += waited;
            kill = kill.after(waited);
        }
        long timeout = kill.stopTimeoutSeconds() * Times.SECOND;
        boolean exitsInTime = container.exitAfterSignalNanos() < timeout;
        long exitAt = time + Math.min(container.exitAfterSignalNanos(), timeout);
        return new Ending(
                container.name(),
                runsPreStop,
                preStopEnd,
                // a hook cut short may still return before the signal if the container then waits for others
                cutShort && container.preStopNanos() > time,
                time,
                kill.stopTimeoutSeconds(),
                exitsInTime ? NEVER : exitAt,
                exitAt,
                exitsInTime ? container.exitCode() : KILLED);
    }
}
