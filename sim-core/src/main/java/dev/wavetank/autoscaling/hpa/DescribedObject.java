package dev.wavetank.autoscaling.hpa;

/**
 * The object an Object metric is about.
 *
 * @param kind such as {@code Service}
 * @param name its name, in the HPA's namespace
 */
public record DescribedObject(String kind, String name) {}
