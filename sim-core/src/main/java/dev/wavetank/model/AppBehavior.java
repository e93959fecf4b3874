package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Distribution;
import org.jspecify.annotations.Nullable;

/**
 * How the process in a container behaves: what a manifest cannot say.
 *
 * @param startup from the start of the process to its listening
 * @param warmUp how it is slower at first
 * @param request what a request costs
 * @param memory what it needs to live
 * @param calls what it asks of other Services for every request, one after the other
 * @param drain how long the process lives on after SIGTERM
 * @param listensWhileDraining true if new connections are still accepted during that time
 * @param closesIdleConnections true if it closes connections that carry no request as soon as it hears SIGTERM
 * @param limits what the kernel holds the container to
 * @param life how long it lives, and how it takes to signals and hooks
 */
public record AppBehavior(
        Distribution startup,
        WarmUp warmUp,
        Work request,
        Memory memory,
        ImmutableList<Call> calls,
        Distribution drain,
        boolean listensWhileDraining,
        boolean closesIdleConnections,
        Limits limits,
        ProcessLife life) {

    /**
     * What a request costs.
     *
     * @param time how long the work takes on an idle pod, its processor time included
     * @param cpu processor time; if that alone is longer than {@code time}, it is what counts
     * @param concurrency requests worked on at the same time, ≥ 1
     * @param queue how many more may wait; one too many is answered with 503
     * @param errorRate the share that is answered with 500 after the work, from 0 to 1
     */
    public record Work(Distribution time, Distribution cpu, int concurrency, int queue, double errorRate) {}

    /**
     * A slow beginning, as that of a JVM: work takes {@code factor} times as long at first, falling evenly to once as long.
     *
     * @param nanos how long it lasts, from the first moment of listening
     * @param factor at least 1
     */
    public record WarmUp(long nanos, double factor) {

        public static final WarmUp NONE = new WarmUp(0, 1);

        /** How many times as long work takes that long after listening began. */
        public double slowdown(long listeningNanos) {
            return listeningNanos >= nanos ? 1 : factor - (factor - 1) * listeningNanos / nanos;
        }
    }

    /**
     * What it needs to live.
     *
     * @param baseBytes without any request
     * @param perRequestBytes more for each request it works on or has waiting
     * @param perAnswerBytes more for each request it has answered: a cache that fills, or a leak
     * @param perHourBytes more for each hour it has run
     * @param mostGrowthBytes what these two add at most; 0 if they have no end
     */
    public record Memory(
            long baseBytes, long perRequestBytes, long perAnswerBytes, long perHourBytes, long mostGrowthBytes) {

        public static final Memory NONE = new Memory(0, 0);

        private static final double NANOS_PER_HOUR = 3600e9;

        /** Memory that does not grow. */
        public Memory(long baseBytes, long perRequestBytes) {
            this(baseBytes, perRequestBytes, 0, 0, 0);
        }

        /** What is in use after so many answers and so much time, with so many requests there. */
        public long bytes(int inFlight, long answers, long ageNanos) {
            double grown =
                    (double) perAnswerBytes * (double) answers + (double) perHourBytes * (ageNanos / NANOS_PER_HOUR);
            long growth = (long) (mostGrowthBytes == 0 ? grown : Math.min(grown, (double) mostGrowthBytes));
            return baseBytes + perRequestBytes * inFlight + growth;
        }

        /** How old the process is when, without any request, it needs more than a limit; null if it never does. */
        public @Nullable Long exceedsAfterNanos(long limitBytes) {
            boolean never = perHourBytes == 0 || (mostGrowthBytes > 0 && baseBytes + mostGrowthBytes <= limitBytes);
            return never
                    ? null
                    : Long.valueOf(
                            (long) Math.max(0, (limitBytes + 1.0 - baseBytes) / perHourBytes * NANOS_PER_HOUR) + 1);
        }
    }

    /**
     * A request to another Service.
     *
     * @param service its name; in the same namespace
     * @param port name or number of its port; empty for the first
     * @param timeoutNanos patience with it
     * @param retries how often it is tried again
     * @param keepsConnections false to open a new one for each request
     * @param optional true if its failure does not fail the request it is made for
     */
    public record Call(
            String service, String port, long timeoutNanos, int retries, boolean keepsConnections, boolean optional) {}

    /**
     * What the kernel holds the container to.
     *
     * @param cores how many processors it can use at the same time, > 0
     * @param cpuMillis processor time per second it is given, the CPU limit; 0 for no limit
     * @param memoryBytes the memory limit; 0 for no limit
     */
    public record Limits(double cores, long cpuMillis, long memoryBytes) {
        public static final Limits NONE = new Limits(Double.POSITIVE_INFINITY, 0, 0);
    }

    /** A small web service that is up in half a second and leaves at once when asked to. */
    public static final AppBehavior STANDARD = new AppBehavior(
            Distribution.parse("500ms"),
            WarmUp.NONE,
            new Work(Distribution.parse("1ms"), Distribution.parse("500us"), 1_000, Integer.MAX_VALUE, 0),
            Memory.NONE,
            ImmutableList.of(),
            Distribution.parse("0s"),
            true,
            true,
            Limits.NONE,
            ProcessLife.SERVER);

    /** An init container or the like: works for a second and ends well. */
    public static final AppBehavior TASK = STANDARD.withLife(ProcessLife.TASK);

    public AppBehavior withStartup(Distribution startup) {
        return new AppBehavior(
                startup,
                warmUp,
                request,
                memory,
                calls,
                drain,
                listensWhileDraining,
                closesIdleConnections,
                limits,
                life);
    }

    public AppBehavior withWarmUp(WarmUp warmUp) {
        return new AppBehavior(
                startup,
                warmUp,
                request,
                memory,
                calls,
                drain,
                listensWhileDraining,
                closesIdleConnections,
                limits,
                life);
    }

    public AppBehavior withRequest(Work request) {
        return new AppBehavior(
                startup,
                warmUp,
                request,
                memory,
                calls,
                drain,
                listensWhileDraining,
                closesIdleConnections,
                limits,
                life);
    }

    public AppBehavior withMemory(Memory memory) {
        return new AppBehavior(
                startup,
                warmUp,
                request,
                memory,
                calls,
                drain,
                listensWhileDraining,
                closesIdleConnections,
                limits,
                life);
    }

    public AppBehavior withCalls(ImmutableList<Call> calls) {
        return new AppBehavior(
                startup,
                warmUp,
                request,
                memory,
                calls,
                drain,
                listensWhileDraining,
                closesIdleConnections,
                limits,
                life);
    }

    /** The same, in a container with these limits; a limit of cores it has already stays if it is lower. */
    public AppBehavior withLimits(Limits given) {
        Limits both = new Limits(Math.min(limits.cores(), given.cores()), given.cpuMillis(), given.memoryBytes());
        return new AppBehavior(
                startup,
                warmUp,
                request,
                memory,
                calls,
                drain,
                listensWhileDraining,
                closesIdleConnections,
                both,
                life);
    }

    /** The same process with another life. */
    public AppBehavior withLife(ProcessLife life) {
        return new AppBehavior(
                startup,
                warmUp,
                request,
                memory,
                calls,
                drain,
                listensWhileDraining,
                closesIdleConnections,
                limits,
                life);
    }
}
