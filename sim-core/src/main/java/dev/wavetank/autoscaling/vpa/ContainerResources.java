package dev.wavetank.autoscaling.vpa;

/**
 * What a container of a pod asks for and is held to.
 *
 * @param name container name
 * @param requests {@code resources.requests}; of a running pod those in force, from its status
 * @param limits {@code resources.limits}
 */
public record ContainerResources(String name, ResourceAmounts requests, ResourceAmounts limits) {}
