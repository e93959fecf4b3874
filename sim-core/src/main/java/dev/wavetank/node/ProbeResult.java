package dev.wavetank.node;

/** What the kubelet holds of a container's health, thresholds applied. */
public enum ProbeResult {
    UNKNOWN,
    SUCCESS,
    FAILURE
}
