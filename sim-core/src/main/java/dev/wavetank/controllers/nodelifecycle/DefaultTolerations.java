package dev.wavetank.controllers.nodelifecycle;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Toleration;
import java.util.List;

/**
 * The tolerations every pod gets on creation unless it speaks of these taints itself: it stays five minutes on a node that is
 * not ready or unreachable.
 *
 * <p>Source: kubernetes 1.36 plugin/pkg/admission/defaulttolerationseconds.
 */
public final class DefaultTolerations {

    private static final long SECONDS = 300;
    private static final String NO_EXECUTE = "NoExecute";
    private static final ImmutableList<String> TAINTS =
            ImmutableList.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

    private DefaultTolerations() {}

    /** The pod's tolerations with those that are missing at the end. */
    public static ImmutableList<Toleration> addedTo(List<Toleration> tolerations) {
        ImmutableList.Builder<Toleration> all = ImmutableList.builder();
        all.addAll(tolerations);
        for (String taint : TAINTS) {
            if (tolerations.stream().noneMatch(toleration -> speaksOf(toleration, taint))) {
                all.add(new Toleration(taint, true, "", NO_EXECUTE, SECONDS));
            }
        }
        return all.build();
    }

    private static boolean speaksOf(Toleration toleration, String taint) {
        return (toleration.key().equals(taint) || toleration.key().isEmpty())
                && (toleration.effect().equals(NO_EXECUTE)
                        || toleration.effect().isEmpty());
    }
}
