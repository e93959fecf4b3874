package dev.wavetank.controllers.nodelifecycle;

import dev.wavetank.model.Taint;
import dev.wavetank.model.Toleration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a pod may stay on a node with NoExecute taints.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/tainteviction/taint_eviction.go.
 */
public final class TaintEviction {

    /** It may stay for good. */
    public static final long NEVER = Long.MAX_VALUE;

    private static final String NO_EXECUTE = "NoExecute";

    private TaintEviction() {}

    /**
     * Seconds until the pod is deleted: 0 if a taint is not tolerated, the shortest tolerationSeconds of the tolerations it
     * needs, or {@link #NEVER}.
     *
     * @param taints of the node; those with other effects are passed over
     */
    public static long afterSeconds(List<Taint> taints, List<Toleration> tolerations) {
        long seconds = NEVER;
        for (Taint taint : taints) {
            if (!taint.effect().equals(NO_EXECUTE)) {
                continue;
            }
            Toleration toleration = firstThatTolerates(taint, tolerations);
            if (toleration == null) {
                return 0;
            }
            Long borne = toleration.tolerationSeconds();
            if (borne != null) {
                seconds = Math.min(seconds, Math.max(borne, 0));
            }
        }
        return seconds;
    }

    private static @Nullable Toleration firstThatTolerates(Taint taint, List<Toleration> tolerations) {
        for (Toleration toleration : tolerations) {
            if (toleration.tolerates(taint)) {
                return toleration;
            }
        }
        return null;
    }
}
