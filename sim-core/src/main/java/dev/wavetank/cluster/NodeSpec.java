package dev.wavetank.cluster;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.Resources;

/**
 * A node to build a cluster with.
 *
 * @param labels labels beside hostname and zone, which are set anyway
 * @param zone empty if it is in none
 * @param allocatable what its pods may ask for in all
 * @param maxPods how many pods it takes
 */
public record NodeSpec(
        String name, String zone, ImmutableMap<String, String> labels, Resources allocatable, int maxPods) {

    private static final int DEFAULT_MAX_PODS = 110;

    public static NodeSpec of(String name, long cpuMillis, long memoryBytes) {
        return new NodeSpec(name, "", ImmutableMap.of(), new Resources(cpuMillis, memoryBytes), DEFAULT_MAX_PODS);
    }
}
