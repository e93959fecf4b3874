package dev.wavetank.model;

import dev.wavetank.engine.Distribution;
import org.jspecify.annotations.Nullable;

/**
 * How long the process in a container lives and what it makes of being asked to go: the part of an {@link AppBehavior}
 * that only its kubelet looks at.
 *
 * @param runs how long it runs before it ends by itself; null if it never does
 * @param exitCode what it then ends with
 * @param ignoresSigterm true if it lives on until SIGKILL, as a PID 1 without a signal handler does
 * @param sigtermExitCode what it ends with when asked to go; 0 if it handles the signal, 143 if it just dies of it
 * @param postStart how long a postStart exec or httpGet hook takes; null to read it off the command
 * @param postStartFails true if that hook fails
 * @param preStop how long a preStop exec or httpGet hook takes; null to read it off the command
 * @param preStopFails true if that hook fails
 */
public record ProcessLife(
        @Nullable Distribution runs,
        int exitCode,
        boolean ignoresSigterm,
        int sigtermExitCode,
        @Nullable Distribution postStart,
        boolean postStartFails,
        @Nullable Distribution preStop,
        boolean preStopFails) {

    /** A server: runs until it is asked to go, and then goes. */
    public static final ProcessLife SERVER = new ProcessLife(null, 0, false, 0, null, false, null, false);

    /** A task, such as an init container: does its work in a second and ends well. */
    public static final ProcessLife TASK =
            new ProcessLife(Distribution.parse("1s"), 0, false, 0, null, false, null, false);
}
