package dev.wavetank.autoscaling.hpa;

import dev.wavetank.autoscaling.hpa.HpaMemory.ScaleEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The growth and shrinkage an HPA with {@code behavior} keeps count of.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/horizontal.go, storeScaleEvent and getReplicasChangePerPeriod.
 */
public final class ScaleEvents {

    private ScaleEvents() {}

    /** Pods added (or taken away) by events less than {@code periodSeconds} old; one exactly that old is past. */
    public static int changeWithin(int periodSeconds, List<ScaleEvent> events, long now) {
        long cutoff = now - periodSeconds * HpaOptions.SECOND_NANOS;
        int change = 0;
        for (ScaleEvent event : events) {
            if (event.timestamp() > cutoff) {
                change += event.replicaChange();
            }
        }
        return change;
    }

    /** Remembers a change the HPA has just brought about; without {@code behavior} nothing looks back, so nothing is kept. */
    public static HpaMemory remember(
            HpaMemory memory, @Nullable HpaBehavior behavior, int oldReplicas, int newReplicas, long now) {
        if (behavior == null) {
            return memory;
        }
        if (newReplicas > oldReplicas) {
            List<ScaleEvent> ups = add(memory.scaleUpEvents(), newReplicas - oldReplicas, behavior.scaleUp(), now);
            return new HpaMemory(memory.recommendations(), ups, memory.scaleDownEvents());
        }
        List<ScaleEvent> downs = add(memory.scaleDownEvents(), oldReplicas - newReplicas, behavior.scaleDown(), now);
        return new HpaMemory(memory.recommendations(), memory.scaleUpEvents(), downs);
    }

    private static List<ScaleEvent> add(List<ScaleEvent> events, int change, ScalingRules rules, long now) {
        long cutoff = now - rules.longestPeriodNanos();
        List<ScaleEvent> kept = new ArrayList<>();
        int freeSlot = -1;
        for (ScaleEvent event : events) {
            boolean outdated = event.outdated() || event.timestamp() < cutoff;
            freeSlot = outdated ? kept.size() : freeSlot;
            kept.add(new ScaleEvent(event.replicaChange(), event.timestamp(), outdated));
        }
        ScaleEvent added = new ScaleEvent(change, now, false);
        if (freeSlot >= 0) {
            kept.set(freeSlot, added);
        } else {
            kept.add(added);
        }
        return kept;
    }
}
