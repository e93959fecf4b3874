package dev.wavetank.autoscaling.hpa;

import dev.wavetank.autoscaling.hpa.ReplicaProposal.Rule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns one metric into the replicas it asks for.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/replica_calculator.go and metrics/utilization.go. Ratios are IEEE doubles and
 * whole numbers truncate exactly where they do there: ceil(0.28 × 25) is 8, and 82.9 % counts as 82 %.
 */
public final class ReplicaCalculator {

    private static final String NO_PODS = "no pods returned by selector while calculating replica count";

    private ReplicaCalculator() {}

    /**
     * The pods of a workload and one metric of theirs.
     *
     * @param currentReplicas {@code spec.replicas} of the scale
     * @param pods all pods the scale's selector matches, whoever owns them
     * @param metrics values by pod name; names of no pod are let in and count
     * @param resource the resource measured, or null if it is a custom metric
     * @param container the container measured, or null for whole pods
     * @param now the sync's instant in nanoseconds
     */
    public record PodUsage(
            int currentReplicas,
            List<HpaPod> pods,
            Map<String, PodMetric> metrics,
            @Nullable String resource,
            @Nullable String container,
            Tolerances tolerances,
            HpaOptions options,
            long now) {}

    /**
     * Proposes from usage as a percentage of requests.
     *
     * @param targetUtilization per cent, more than 0
     * @throws MetricException if there are no pods, no pod whose metric counts, or a pod without requests
     */
    public static ReplicaProposal forUtilization(PodUsage in, int targetUtilization) throws MetricException {
        String resource = in.resource() == null ? "" : in.resource();
        PodGroups groups = groupsOf(in);
        Map<String, Long> values = countedValues(in, groups);
        Map<String, Long> requests =
                PodRequests.of(in.pods(), in.container(), resource, in.options().podLevelResources());
        Utilization measured = Utilization.of(values, requests);
        // The percentage is cut to a whole number before it is compared; the true ratio can be almost a per cent off.
        double ratio = (double) measured.percent() / targetUtilization;
        Usage usage = new Usage(measured.percent(), targetUtilization, Usage.Unit.UTILIZATION);
        Measured first = new Measured(usage, ratio, measured.percent(), measured.averageMilli());
        if (needsNoFillIn(groups, ratio)) {
            return fromRatio(in, first, groups.readyPodCount());
        }
        long assumedPercent = Math.max(100, targetUtilization);
        fillIn(values, groups, ratio, pod -> requests.getOrDefault(pod, 0L) * assumedPercent / 100);
        double filledRatio = (double) Utilization.of(values, requests).percent() / targetUtilization;
        return afterFillIn(in, first, filledRatio, values.size());
    }

    /**
     * Proposes from the average value per pod.
     *
     * @param targetMilli average per pod to aim for, in thousandths; more than 0
     * @throws MetricException if there are no pods or no pod whose metric counts
     */
    public static ReplicaProposal forAverage(PodUsage in, long targetMilli) throws MetricException {
        PodGroups groups = groupsOf(in);
        Map<String, Long> values = countedValues(in, groups);
        long average = average(values);
        double ratio = (double) average / targetMilli;
        Measured first = new Measured(new Usage(average, targetMilli, Usage.Unit.AVERAGE_VALUE), ratio, null, average);
        if (needsNoFillIn(groups, ratio)) {
            return fromRatio(in, first, groups.readyPodCount());
        }
        fillIn(values, groups, ratio, pod -> targetMilli);
        return afterFillIn(in, first, (double) average(values) / targetMilli, values.size());
    }

    /**
     * Proposes from one value for the whole workload: the pods that are running and ready, times usage by target.
     *
     * @param currentReplicas {@code spec.replicas} of the scale; at 0 there is nothing to multiply with, nor any tolerance
     * @param usageMilli current value, in thousandths
     * @param targetMilli value to aim for, in thousandths; more than 0
     * @throws MetricException if the workload has replicas but the selector finds no pods
     */
    public static ReplicaProposal forValue(
            int currentReplicas, long usageMilli, long targetMilli, Tolerances tolerances, List<HpaPod> pods)
            throws MetricException {
        Usage usage = new Usage(usageMilli, targetMilli, Usage.Unit.VALUE);
        double ratio = (double) usageMilli / targetMilli;
        if (currentReplicas == 0) {
            return new ReplicaProposal(ceil(ratio), Rule.FROM_ZERO, 0, ratio, usage, null, usageMilli);
        }
        if (tolerances.isWithin(ratio)) {
            return new ReplicaProposal(
                    currentReplicas, Rule.WITHIN_TOLERANCE, currentReplicas, ratio, usage, null, usageMilli);
        }
        if (pods.isEmpty()) {
            throw new MetricException("unable to calculate ready pods: " + NO_PODS);
        }
        int ready = (int) pods.stream().filter(HpaPod::isRunningAndReady).count();
        return new ReplicaProposal(ceil(ratio * ready), Rule.USAGE_RATIO, ready, ratio, usage, null, usageMilli);
    }

    /**
     * Proposes from one value that the replicas share: as many as keep each at its target.
     *
     * @param statusReplicas {@code status.replicas} of the scale: pods that exist, surge included. At 0 the reported amount means nothing
     * @param usageMilli current value, in thousandths
     * @param targetMilli value per pod to aim for, in thousandths; more than 0
     */
    public static ReplicaProposal forValuePerPod(
            int statusReplicas, long usageMilli, long targetMilli, Tolerances tolerances) {
        Usage usage = new Usage(usageMilli, targetMilli, Usage.Unit.VALUE);
        double ratio = usageMilli / ((double) targetMilli * statusReplicas);
        boolean stays = tolerances.isWithin(ratio);
        int replicas = stays ? statusReplicas : ceil((double) usageMilli / targetMilli);
        boolean saturated = usageMilli == Long.MAX_VALUE;
        long reported = saturated ? usageMilli : (long) Math.ceil((double) usageMilli / statusReplicas);
        Rule rule = stays ? Rule.WITHIN_TOLERANCE : Rule.SHARED_OUT;
        return new ReplicaProposal(replicas, rule, statusReplicas, ratio, usage, null, reported);
    }

    private record Measured(
            Usage usage, double ratio, @Nullable Integer utilization, long reportedMilli) {

        ReplicaProposal propose(int replicas, Rule rule, int pods, double usageRatio) {
            return new ReplicaProposal(replicas, rule, pods, usageRatio, usage, utilization, reportedMilli);
        }
    }

    private static PodGroups groupsOf(PodUsage in) throws MetricException {
        if (in.pods().isEmpty()) {
            throw new MetricException(NO_PODS);
        }
        return PodGroups.of(in.pods(), in.metrics(), in.resource(), in.options(), in.now());
    }

    private static Map<String, Long> countedValues(PodUsage in, PodGroups groups) throws MetricException {
        Map<String, Long> values = new TreeMap<>();
        in.metrics().forEach((pod, metric) -> values.put(pod, metric.valueMilli()));
        groups.ignored().forEach(values::remove);
        groups.unready().forEach(values::remove);
        if (values.isEmpty()) {
            throw new MetricException("did not receive metrics for targeted pods (pods might be unready)");
        }
        return values;
    }

    private static long average(Map<String, Long> values) {
        long total = 0;
        for (long value : values.values()) {
            total += value;
        }
        return total / values.size();
    }

    private static boolean needsNoFillIn(PodGroups groups, double ratio) {
        boolean startingPodsMatter = !groups.unready().isEmpty() && ratio > 1.0;
        return groups.missing().isEmpty() && !startingPodsMatter;
    }

    /** There is no check of direction here: surge pods in the count can turn a ratio below 1 into more replicas. */
    private static ReplicaProposal fromRatio(PodUsage in, Measured measured, int readyPods) {
        return in.tolerances().isWithin(measured.ratio())
                ? measured.propose(in.currentReplicas(), Rule.WITHIN_TOLERANCE, readyPods, measured.ratio())
                : measured.propose(ceil(measured.ratio() * readyPods), Rule.USAGE_RATIO, readyPods, measured.ratio());
    }

    /** What a pod without a metric is taken to use when the rest asks for less. */
    private interface Assumption {
        long valueOf(String pod);
    }

    /** Fills in what is not known so that it holds the change back: nothing when growing, plenty when shrinking. */
    private static void fillIn(Map<String, Long> values, PodGroups groups, double ratio, Assumption whenShrinking) {
        if (ratio < 1.0) {
            groups.missing().forEach(pod -> values.put(pod, whenShrinking.valueOf(pod)));
        } else if (ratio > 1.0) {
            groups.missing().forEach(pod -> values.put(pod, 0L));
            groups.unready().forEach(pod -> values.put(pod, 0L));
        }
    }

    private static ReplicaProposal afterFillIn(PodUsage in, Measured first, double filledRatio, int pods) {
        int current = in.currentReplicas();
        boolean turned = (first.ratio() < 1.0 && filledRatio > 1.0) || (first.ratio() > 1.0 && filledRatio < 1.0);
        if (in.tolerances().isWithin(filledRatio) || turned) {
            return first.propose(current, Rule.FILLED_IN_STAYS, pods, filledRatio);
        }
        int replicas = ceil(filledRatio * pods);
        boolean against = (filledRatio < 1.0 && replicas > current) || (filledRatio > 1.0 && replicas < current);
        return against
                ? first.propose(current, Rule.AGAINST_THE_METRIC, pods, filledRatio)
                : first.propose(replicas, Rule.FILLED_IN, pods, filledRatio);
    }

    /** Rounds up; what does not fit is the largest int. */
    private static int ceil(double replicas) {
        return (int) Math.ceil(replicas);
    }
}
