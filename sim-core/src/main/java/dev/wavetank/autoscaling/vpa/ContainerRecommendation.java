package dev.wavetank.autoscaling.vpa;

import com.google.common.collect.ImmutableList;
import java.util.List;

/**
 * One entry of {@code status.recommendation.containerRecommendations}.
 *
 * @param containerName the container it is for
 * @param lowerBound a request below this is worth a restart
 * @param target what the container should request
 * @param upperBound a request above this is worth a restart
 * @param uncappedTarget the target before {@code minAllowed} and {@code maxAllowed}
 * @param cappings why the target is not what usage alone asks for, in the order applied
 */
public record ContainerRecommendation(
        String containerName,
        ResourceAmounts lowerBound,
        ResourceAmounts target,
        ResourceAmounts upperBound,
        ResourceAmounts uncappedTarget,
        List<Capping> cappings) {

    public ContainerRecommendation {
        cappings = ImmutableList.copyOf(cappings);
    }
}
