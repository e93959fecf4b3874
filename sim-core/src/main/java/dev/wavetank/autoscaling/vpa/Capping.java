package dev.wavetank.autoscaling.vpa;

/**
 * Why a recommended target differs from what usage alone would ask for.
 *
 * @param resource the resource whose target was changed
 * @param cause what changed it
 */
public record Capping(Resource resource, Cause cause) {

    /** What can change a target, in the order in which it is applied. */
    public enum Cause {
        POD_MINIMUM("raised to the smallest pod the recommender allows"),
        POD_LIMIT_RANGE("scaled to fit the Pod LimitRange"),
        CONTAINER_LIMIT_RANGE_MIN("raised to fit Min in the Container LimitRange"),
        CONTAINER_LIMIT_RANGE_MAX("lowered to fit Max in the Container LimitRange"),
        MIN_ALLOWED("raised to minAllowed"),
        MAX_ALLOWED("lowered to maxAllowed"),
        CONTAINER_LIMIT("lowered to the container's limit");

        private final String phrase;

        Cause(String phrase) {
            this.phrase = phrase;
        }
    }

    @Override
    public String toString() {
        return resource.apiName() + " " + cause.phrase;
    }
}
