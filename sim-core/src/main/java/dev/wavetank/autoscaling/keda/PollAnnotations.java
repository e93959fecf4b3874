package dev.wavetank.autoscaling.keda;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations {@code autoscaling.keda.sh/…} of a ScaledObject ask of a poll.
 *
 * @param paused {@code paused-replicas} is present, or {@code paused} is true: nothing is scaled
 * @param pausedScaleIn {@code paused-scale-in}: never deactivated
 * @param pausedScaleOut {@code paused-scale-out}: never activated
 * @param forceActivation {@code force-activation}: every poll counts as active
 */
public record PollAnnotations(boolean paused, boolean pausedScaleIn, boolean pausedScaleOut, boolean forceActivation) {

    /** No annotation at all. */
    public static final PollAnnotations NONE = new PollAnnotations(false, false, false, false);

    private static final String PREFIX = "autoscaling.keda.sh/";

    /** The ways Go's strconv.ParseBool writes false. */
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    /** Reads the annotations of a ScaledObject. A boolean whose text is neither true nor false counts as true. */
    public static PollAnnotations of(Map<String, String> annotations) {
        return new PollAnnotations(
                annotations.containsKey(PREFIX + "paused-replicas") || isTrue(annotations.get(PREFIX + "paused")),
                isTrue(annotations.get(PREFIX + "paused-scale-in")),
                isTrue(annotations.get(PREFIX + "paused-scale-out")),
                isTrue(annotations.get(PREFIX + "force-activation")));
    }

    private static boolean isTrue(@Nullable String text) {
        return text != null && !FALSE.contains(text);
    }
}
