package dev.wavetank.autoscaling.vpa;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/**
 * The {@code resourcePolicy} of a VPA: policies by container name, {@code *} standing for every container not named.
 *
 * @param containerPolicies by container name
 */
public record ResourcePolicy(Map<String, ContainerPolicy> containerPolicies) {

    /** No policy at all. */
    public static final ResourcePolicy NONE = new ResourcePolicy(ImmutableMap.of());

    private static final String ALL_CONTAINERS = "*";

    public ResourcePolicy {
        containerPolicies = ImmutableMap.copyOf(containerPolicies);
    }

    /** The policy of a container: the one that names it, else the one for all, else the default. */
    public ContainerPolicy of(String containerName) {
        ContainerPolicy exact = containerPolicies.get(containerName);
        if (exact != null) {
            return exact;
        }
        ContainerPolicy all = containerPolicies.get(ALL_CONTAINERS);
        return all == null ? ContainerPolicy.DEFAULT : all;
    }
}
