package dev.wavetank.model;

/** Keeps pods off a node, or drives them from it. The effect is NoSchedule, PreferNoSchedule or NoExecute */
public record Taint(String key, String value, String effect) {}
