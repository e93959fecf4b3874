package dev.wavetank.model;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How well a pod is protected when its node runs short of memory; follows from what its containers ask for.
 *
 * <p>Source: kubernetes 1.36 pkg/apis/core/v1/helper/qos/qos.go and pkg/kubelet/qos/policy.go.
 */
public enum QosClass {
    GUARANTEED("Guaranteed"),
    BURSTABLE("Burstable"),
    BEST_EFFORT("BestEffort");

    private static final int GUARANTEED_OOM_SCORE = -997;
    private static final int BEST_EFFORT_OOM_SCORE = 1000;

    private final String text;

    QosClass(String text) {
        this.text = text;
    }

    /** The class as the API writes it. */
    public String text() {
        return text;
    }

    /** What one container, or the pod as a whole, asks for; a part that is 0 is not stated. */
    public record Claim(Resources requests, Resources limits) {

        private boolean limitsBoth() {
            return limits.cpuMillis() > 0 && limits.memoryBytes() > 0;
        }
    }

    /**
     * The class of a pod.
     *
     * @param containers what each main and init container asks for, after {@link ResourceDefaults}
     * @param pod what the pod as a whole asks for, which then decides alone; null if it does not
     */
    public static QosClass of(List<Claim> containers, @Nullable Claim pod) {
        List<Claim> deciding = pod == null ? containers : List.of(pod);
        Resources requests = Resources.NONE;
        Resources limits = Resources.NONE;
        boolean allLimited = true;
        for (Claim claim : deciding) {
            requests = requests.plus(claim.requests());
            limits = limits.plus(claim.limits());
            allLimited &= claim.limitsBoth();
        }
        if (requests.equals(Resources.NONE) && limits.equals(Resources.NONE)) {
            return BEST_EFFORT;
        }
        return allLimited && requests.equals(limits) ? GUARANTEED : BURSTABLE;
    }

    /** The class of a pod by its containers alone. */
    public static QosClass of(PodSpec spec) {
        return of(
                Stream.concat(spec.initContainers().stream(), spec.containers().stream())
                        .map(container -> new Claim(container.requests(), container.limits()))
                        .toList(),
                null);
    }

    /**
     * The kernel's oom_score_adj of a container of this class: the higher, the sooner it is killed.
     *
     * @param memoryRequestBytes the container's request
     * @param nodeMemoryBytes the node's capacity
     */
    public int oomScoreAdjust(long memoryRequestBytes, long nodeMemoryBytes) {
        return switch (this) {
            case GUARANTEED -> GUARANTEED_OOM_SCORE;
            case BEST_EFFORT -> BEST_EFFORT_OOM_SCORE;
            case BURSTABLE -> {
                long score = 1000 - 1000 * memoryRequestBytes / nodeMemoryBytes;
                yield (int) Math.max(3, Math.min(999, score));
            }
        };
    }
}
