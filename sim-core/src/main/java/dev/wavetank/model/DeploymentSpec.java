package dev.wavetank.model;

import org.jspecify.annotations.Nullable;

/**
 * What a Deployment is to be.
 *
 * @param revisionHistoryLimit old ReplicaSets to keep; null keeps all
 * @param progressDeadlineSeconds seconds without progress before the rollout is said to have failed; null never
 */
public record DeploymentSpec(
        int replicas,
        LabelSelector selector,
        PodTemplate template,
        Strategy strategy,
        int minReadySeconds,
        @Nullable Integer revisionHistoryLimit,
        @Nullable Integer progressDeadlineSeconds,
        boolean paused) {

    /** How old pods are replaced by new ones. */
    public sealed interface Strategy {
        /** All old pods go before the first new one comes. */
        record Recreate() implements Strategy {}

        /**
         * New pods come while old ones go.
         *
         * @param maxSurge pods above {@code replicas}, a number or percentage (rounded up); null counts as 0
         * @param maxUnavailable pods below {@code replicas}, a number or percentage (rounded down); null counts as 0
         */
        record RollingUpdate(
                @Nullable IntOrString maxSurge, @Nullable IntOrString maxUnavailable) implements Strategy {}
    }

    public DeploymentSpec withReplicas(int replicas) {
        return new DeploymentSpec(
                replicas,
                selector,
                template,
                strategy,
                minReadySeconds,
                revisionHistoryLimit,
                progressDeadlineSeconds,
                paused);
    }

    public DeploymentSpec withTemplate(PodTemplate template) {
        return new DeploymentSpec(
                replicas,
                selector,
                template,
                strategy,
                minReadySeconds,
                revisionHistoryLimit,
                progressDeadlineSeconds,
                paused);
    }

    public DeploymentSpec withPaused(boolean paused) {
        return new DeploymentSpec(
                replicas,
                selector,
                template,
                strategy,
                minReadySeconds,
                revisionHistoryLimit,
                progressDeadlineSeconds,
                paused);
    }
}
