package dev.wavetank.model;

import org.jspecify.annotations.Nullable;

/**
 * Lets a pod live with a taint.
 *
 * @param key empty with {@code exists} tolerates every taint
 * @param exists true for operator Exists, false for Equal
 * @param effect empty tolerates every effect
 * @param tolerationSeconds how long a NoExecute taint is borne; null for ever
 */
public record Toleration(
        String key,
        boolean exists,
        String value,
        String effect,
        @Nullable Long tolerationSeconds) {}
