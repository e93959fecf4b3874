package dev.wavetank.autoscaling.vpa;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides which running pods of one controller are evicted or resized in one loop of the updater, and in which order.
 *
 * <p>Source: vertical-pod-autoscaler pkg/updater/logic/updater.go and pkg/updater/restriction; flags at their defaults, no rate
 * limit.
 */
public final class Updater {

    /** Below this many live pods nothing is disturbed, unless the VPA says otherwise ({@code --min-replicas}). */
    public static final int DEFAULT_MIN_REPLICAS = 2;

    /**
     * The controller and its VPA, as this loop sees them.
     *
     * @param mode the VPA's update mode
     * @param minReplicas the VPA's {@code minReplicas}, or {@link #DEFAULT_MIN_REPLICAS}
     * @param configuredReplicas replicas the controller is configured for
     * @param recommendations the VPA's {@code status.recommendation}
     * @param policy the VPA's resource policy
     * @param evictionRequirements the VPA's eviction requirements, empty for none
     * @param containerRange LimitRange of type Container of the namespace
     * @param podRange LimitRange of type Pod of the namespace, null for none
     */
    public record Target(
            UpdateMode mode,
            int minReplicas,
            int configuredReplicas,
            List<ContainerRecommendation> recommendations,
            ResourcePolicy policy,
            List<EvictionRequirement> evictionRequirements,
            LimitRangeItem containerRange,
            @Nullable LimitRangeItem podRange) {

        public Target {
            recommendations = ImmutableList.copyOf(recommendations);
            evictionRequirements = ImmutableList.copyOf(evictionRequirements);
        }
    }

    /** What the updater asks of the API server for one pod. */
    public enum Action {
        EVICT,
        RESIZE,
        NONE
    }

    /** Why a pod is updated or left alone in this loop. */
    public enum Reason {
        UPDATED("its requests differ from the recommendation and the disruption budget allows it"),
        RESIZE_FAILED("its resize failed or took too long"),
        RESIZE_REFUSED("its resize was refused"),
        MODE("the update mode does not touch running pods"),
        TOO_FEW_REPLICAS("the controller has fewer live pods than minReplicas"),
        BUDGET("too many pods of the controller are disturbed or not running"),
        RESIZE_UNDER_WAY("it is being resized"),
        PENDING("a pending pod is not resized"),
        NOT_WANTED("its requests are good enough"),
        EVICTION_REQUIREMENTS("the eviction requirements do not hold"),
        EVICTION_REFUSED("its eviction was refused");

        private final String phrase;

        Reason(String phrase) {
            this.phrase = phrase;
        }

        /** The reason in words, to follow the name of a pod. */
        public String phrase() {
            return phrase;
        }
    }

    /**
     * The decision on one pod.
     *
     * @param pod its name
     * @param action what was asked for and granted, or NONE
     * @param reason why
     * @param priority how urgent it is; null if the loop did not get as far as asking
     * @param verdict whether an update is wanted; null if the loop did not get as far as asking
     */
    public record Decision(
            String pod,
            Action action,
            Reason reason,
            @Nullable UpdatePriority priority,
            UpdatePriority.@Nullable Verdict verdict) {}

    /** The API server's answers, which the budget depends on. */
    public interface Requests {

        /** Evicts the pod; false if that is refused, by a PodDisruptionBudget for instance. */
        boolean evict(String podName);

        /** Patches the pod's resize subresource; false if that is refused. */
        boolean resize(String podName);

        /** An API server that grants everything. */
        Requests GRANTED = new Requests() {
            @Override
            public boolean evict(String podName) {
                return true;
            }

            @Override
            public boolean resize(String podName) {
                return true;
            }
        };
    }

    private record Candidate(UpdatablePod pod, UpdatePriority priority, UpdatePriority.Verdict verdict) {}

    private final Target target;
    private final ResizeWatch resizes;
    private final long nowNanos;
    private final DisruptionBudget budget;
    private final Requests requests;
    private final List<Decision> updated = new ArrayList<>();
    private final List<Decision> leftAlone = new ArrayList<>();

    private Updater(Target target, List<UpdatablePod> pods, ResizeWatch resizes, long nowNanos, Requests requests) {
        this.target = target;
        this.resizes = resizes;
        this.nowNanos = nowNanos;
        this.requests = requests;
        int pending = (int) pods.stream().filter(UpdatablePod::pending).count();
        this.budget = new DisruptionBudget(target.configuredReplicas(), pods.size(), pending, target.minReplicas());
    }

    /**
     * Runs one loop over the live pods of a controller.
     *
     * @param pods live pods that are bound to a node, not deleted and matched by the VPA; pods of equal urgency keep this order,
     *     which in Kubernetes is arbitrary
     * @param resizes what earlier loops saw
     * @param nowNanos the time, on the clock of earlier loops
     * @param requests asked, in order, for each eviction and resize
     * @return a decision per pod: first the updated ones in the order of the requests, then the others
     */
    public static List<Decision> run(
            Target target, List<UpdatablePod> pods, ResizeWatch resizes, long nowNanos, Requests requests) {
        Updater loop = new Updater(target, pods, resizes, nowNanos, requests);
        loop.run(pods);
        return Stream.concat(loop.updated.stream(), loop.leftAlone.stream()).toList();
    }

    private void run(List<UpdatablePod> pods) {
        if (!target.mode().updatesRunningPods()) {
            pods.forEach(pod -> leave(pod, Reason.MODE));
        } else if (!budget.enoughReplicas()) {
            pods.forEach(pod -> leave(pod, Reason.TOO_FEW_REPLICAS));
        } else if (target.mode() == UpdateMode.IN_PLACE_OR_RECREATE) {
            resizeOrEvict(pods);
        } else {
            wanted(pods, this::mayEvict, this::whyNotEvict).forEach(candidate -> evict(candidate, Reason.UPDATED));
        }
    }

    private void resizeOrEvict(List<UpdatablePod> pods) {
        Map<Candidate, Reason> toEvict = new LinkedHashMap<>();
        for (Candidate candidate : wanted(pods, this::mayResizeOrEvict, this::whyNotResize)) {
            UpdatablePod pod = candidate.pod();
            if (!mayResizeOrEvict(pod)) {
                leave(candidate, whyNotResize(pod));
            } else if (pod.resize() != null) {
                toEvict.put(candidate, Reason.RESIZE_FAILED);
            } else if (requests.resize(pod.name())) {
                budget.disturb();
                update(candidate, Action.RESIZE, Reason.UPDATED);
            } else {
                toEvict.put(candidate, Reason.RESIZE_REFUSED);
            }
        }
        toEvict.forEach(this::evict);
    }

    private void evict(Candidate candidate, Reason reason) {
        UpdatablePod pod = candidate.pod();
        if (!mayEvict(pod)) {
            leave(candidate, whyNotEvict(pod));
        } else if (!requests.evict(pod.name())) {
            leave(candidate, Reason.EVICTION_REFUSED);
        } else {
            if (!pod.pending()) {
                budget.disturb();
            }
            update(candidate, Action.EVICT, reason);
        }
    }

    /** The pods that may and should be updated, most urgent first. */
    private List<Candidate> wanted(
            List<UpdatablePod> pods, Predicate<UpdatablePod> allowed, Function<UpdatablePod, Reason> whyNot) {
        List<Candidate> candidates = new ArrayList<>();
        for (UpdatablePod pod : pods) {
            if (!allowed.test(pod)) {
                leave(pod, whyNot.apply(pod));
                continue;
            }
            Map<String, ContainerRecommendation> recommended = recommendationFor(pod);
            UpdatePriority priority = UpdatePriority.of(pod.containers(), recommended);
            Candidate candidate =
                    new Candidate(pod, priority, priority.verdict(pod.ageNanos(), pod.oomKilledAfterNanos()));
            if (!candidate.verdict().wanted()) {
                leave(candidate, Reason.NOT_WANTED);
            } else if (!EvictionRequirement.admit(target.evictionRequirements(), pod.containers(), recommended)) {
                leave(candidate, Reason.EVICTION_REQUIREMENTS);
            } else {
                candidates.add(candidate);
            }
        }
        candidates.sort(Comparator.comparing(Candidate::priority, UpdatePriority.MOST_URGENT_FIRST));
        return candidates;
    }

    private Map<String, ContainerRecommendation> recommendationFor(UpdatablePod pod) {
        Map<String, ContainerRecommendation> byName = new LinkedHashMap<>();
        PodRecommendation.fit(
                        pod.containers(),
                        target.recommendations(),
                        target.policy(),
                        target.containerRange(),
                        target.podRange())
                .forEach(recommendation -> byName.put(recommendation.containerName(), recommendation));
        return byName;
    }

    private boolean mayEvict(UpdatablePod pod) {
        return pod.pending() || (!isResizing(pod) && budget.allowsOneMore());
    }

    private Reason whyNotEvict(UpdatablePod pod) {
        return isResizing(pod) ? Reason.RESIZE_UNDER_WAY : Reason.BUDGET;
    }

    private boolean mayResizeOrEvict(UpdatablePod pod) {
        return !pod.pending() && !isResizing(pod) && budget.allowsOneMore();
    }

    private Reason whyNotResize(UpdatablePod pod) {
        return pod.pending() ? Reason.PENDING : whyNotEvict(pod);
    }

    /** True while a resize may still succeed; looking is what starts the clock of its time-outs. */
    private boolean isResizing(UpdatablePod pod) {
        ResizeCondition resize = pod.resize();
        return resize != null && !resize.hasFailed(resizes.watchedNanos(pod.name(), nowNanos));
    }

    private void update(Candidate candidate, Action action, Reason reason) {
        updated.add(new Decision(candidate.pod().name(), action, reason, candidate.priority(), candidate.verdict()));
    }

    private void leave(Candidate candidate, Reason reason) {
        leftAlone.add(
                new Decision(candidate.pod().name(), Action.NONE, reason, candidate.priority(), candidate.verdict()));
    }

    private void leave(UpdatablePod pod, Reason reason) {
        leftAlone.add(new Decision(pod.name(), Action.NONE, reason, null, null));
    }
}
