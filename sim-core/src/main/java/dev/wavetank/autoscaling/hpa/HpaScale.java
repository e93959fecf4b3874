package dev.wavetank.autoscaling.hpa;

/**
 * The target's scale subresource.
 *
 * @param specReplicas replicas wanted
 * @param statusReplicas replicas that exist, surge included
 * @param selector which pods are the target's, in text form; may be empty, which is an error
 */
public record HpaScale(int specReplicas, int statusReplicas, String selector) {}
