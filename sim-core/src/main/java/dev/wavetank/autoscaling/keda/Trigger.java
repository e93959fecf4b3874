package dev.wavetank.autoscaling.keda;

import dev.wavetank.autoscaling.keda.Fallback.TargetType;
import org.jspecify.annotations.Nullable;

/**
 * One trigger of a ScaledObject, with its metadata understood.
 *
 * @param type its type as written, such as {@code rabbitmq}
 * @param kind what becomes of it in the model
 * @param name name a person gave it; empty if none
 * @param metricName what the HPA calls its metric, such as {@code s0-rabbitmq-orders}
 * @param source the queue or series it is about, by the name the scenario gives it; empty if it needs none
 * @param targetMillis what one replica is to take (or, for type Value, what the whole is to come to), times 1000; for cpu and
 *     memory the percentage or the amount times 1000
 * @param targetType how the HPA compares
 * @param utilization true if {@code targetMillis} is a percentage of the request, times 1000
 * @param activationMillis above this it is active, times 1000
 * @param missingIsZero true if a series that is not there counts as 0 and not as an error
 * @param cached true if the HPA is given the value of the last poll
 * @param cron for a trigger of type cron: when it is open
 */
public record Trigger(
        String type,
        Kind kind,
        String name,
        String metricName,
        String source,
        long targetMillis,
        TargetType targetType,
        boolean utilization,
        long activationMillis,
        boolean missingIsZero,
        boolean cached,
        @Nullable CronTrigger cron) {

    /** What becomes of a trigger in the model. */
    public enum Kind {
        /** A window of time. */
        CRON,
        /** cpu or memory: the HPA reads it without KEDA. */
        RESOURCE,
        /** A queue's length or a series, from outside the cluster. */
        EXTERNAL,
        /** A source that also says by itself when there is something to do: the HTTP add-on. */
        PUSH
    }
}
