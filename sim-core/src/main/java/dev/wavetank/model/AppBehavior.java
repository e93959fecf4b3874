package dev.wavetank.model;

import dev.wavetank.engine.Distribution;

/**
 * How the process in a container behaves: what a manifest cannot say.
 *
 * @param startup from the start of the process to its listening
 * @param requestTime how long the work on one request takes
 * @param requestCpu processor time one request costs; counted, not yet contended for
 * @param concurrency requests worked on at the same time, ≥ 1; more wait in a queue
 * @param drain how long the process lives on after SIGTERM
 * @param listensWhileDraining true if new connections are still accepted during that time
 * @param life how long it lives, and how it takes to signals and hooks
 */
public record AppBehavior(
        Distribution startup,
        Distribution requestTime,
        Distribution requestCpu,
        int concurrency,
        Distribution drain,
        boolean listensWhileDraining,
        ProcessLife life) {

    /** A small web service that is up in half a second and leaves at once when asked to. */
    public static final AppBehavior STANDARD = new AppBehavior(
            Distribution.parse("500ms"),
            Distribution.parse("1ms"),
            Distribution.parse("500us"),
            1_000,
            Distribution.parse("0s"),
            true,
            ProcessLife.SERVER);

    /** An init container or the like: works for a second and ends well. */
    public static final AppBehavior TASK = STANDARD.withLife(ProcessLife.TASK);

    /** The same process with another life. */
    public AppBehavior withLife(ProcessLife life) {
        return new AppBehavior(startup, requestTime, requestCpu, concurrency, drain, listensWhileDraining, life);
    }
}
