package dev.wavetank.live.trace;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import org.jspecify.annotations.Nullable;

/**
 * One run, as seen from outside. All times are milliseconds since its first moment.
 *
 * @param name what to call it: the file it was read from
 * @param counts requests answered per pod where they were not listed one by one: by number of replicas, or by client
 */
public record Trace(
        String name,
        Source source,
        String scenario,
        @Nullable Long seed,
        ImmutableList<Action> actions,
        ImmutableList<PodRow> timeline,
        ImmutableList<SliceRow> endpoints,
        ImmutableList<DeploymentRow> deployments,
        ImmutableList<HpaRow> autoscalers,
        ImmutableList<EventRow> events,
        ImmutableList<RequestRow> requests,
        ImmutableMap<String, ImmutableMap<String, Long>> counts) {

    public static final String FORMAT = "wavetank.trace/v1";

    /**
     * Where it comes from.
     *
     * @param kind {@code sim} or {@code live}
     * @param kubernetes the version, such as {@code v1.36.2}
     * @param mode kube-proxy's mode; empty if unknown
     */
    public record Source(String kind, String kubernetes, String mode, int nodes) {}

    /**
     * What was done from outside.
     *
     * @param verb such as {@code scale}, {@code patch} or {@code crash}
     * @param details whatever else is known of it, such as {@code replicas} or {@code pod}
     */
    public record Action(long at, String verb, ImmutableMap<String, Object> details) {

        /** The verb in one spelling: recordings write {@code ready/disable} where simulations write {@code ready_disable}. */
        public String plainVerb() {
            return verb.replaceAll("[^a-zA-Z]+", "-");
        }

        /** True if it changes the load and not the cluster. */
        public boolean isAboutLoad() {
            return plainVerb().equals("load") || plainVerb().startsWith("load-");
        }
    }

    /**
     * One observed change of a pod.
     *
     * @param type EXISTING, ADDED, MODIFIED or DELETED
     * @param containerState waiting, running or terminated; empty before there is one
     * @param reason of the state; empty if it has none
     */
    public record PodRow(
            long at,
            String type,
            String pod,
            String phase,
            boolean scheduled,
            boolean ready,
            boolean terminating,
            String containerState,
            String reason,
            @Nullable Integer exitCode,
            int restarts,
            String hash) {

        public boolean isExisting() {
            return type.equals("EXISTING");
        }

        public boolean isAdded() {
            return type.equals("ADDED");
        }

        public boolean isDeleted() {
            return type.equals("DELETED");
        }

        public boolean isRunning() {
            return containerState.equals("running");
        }

        public boolean isTerminated() {
            return containerState.equals("terminated");
        }
    }

    /** One version of an EndpointSlice. */
    public record SliceRow(long at, String slice, String type, ImmutableList<Endpoint> endpoints) {}

    /** One pod in an EndpointSlice. */
    public record Endpoint(String pod, boolean ready, boolean serving, boolean terminating) {}

    /**
     * One change of a Deployment's status.
     *
     * @param name empty where there is only one, as in recordings
     * @param conditions by type, as {@code status/reason}
     */
    public record DeploymentRow(
            long at,
            String name,
            int specReplicas,
            int replicas,
            int updatedReplicas,
            int readyReplicas,
            int availableReplicas,
            int unavailableReplicas,
            ImmutableMap<String, String> conditions) {}

    /**
     * One change of a HorizontalPodAutoscaler's status.
     *
     * @param utilization of its first resource metric, in percent; null if it has none yet
     * @param conditions by type, as {@code status/reason}
     */
    public record HpaRow(
            long at,
            String name,
            @Nullable Integer currentReplicas,
            int desiredReplicas,
            @Nullable Integer utilization,
            ImmutableMap<String, String> conditions) {}

    /** An Event, as first seen or counted up. */
    public record EventRow(
            long at, String kind, String object, String type, String reason, String message, int count) {}

    /**
     * What became of a request sent at that moment.
     *
     * @param pod who answered; empty if nobody did
     * @param millis how long it took; null if that was not measured
     * @param error empty if it was answered
     */
    public record RequestRow(long at, String pod, @Nullable Double millis, String error) {

        public boolean failed() {
            return !error.isEmpty();
        }

        /** The error by one name, whoever reports it. */
        public String plainError() {
            return error.replaceFirst("^\\[Errno \\d+] ", "").toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The end of what was observed. */
    public long lastMoment() {
        long last = 0;
        for (PodRow row : timeline) {
            last = Math.max(last, row.at());
        }
        for (EventRow row : events) {
            last = Math.max(last, row.at());
        }
        for (RequestRow row : requests) {
            last = Math.max(last, row.at());
        }
        return last;
    }
}
