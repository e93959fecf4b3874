package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableMap;

/**
 * A pod as the scheduler sees it.
 *
 * @param key names the pod for good, such as its uid
 * @param terminating true once it is being deleted; it still takes its resources, but is not counted when spreading
 */
public record PodInfo(
        String key, String namespace, ImmutableMap<String, String> labels, PodNeeds needs, boolean terminating) {}
