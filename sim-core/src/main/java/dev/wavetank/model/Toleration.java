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
        @Nullable Long tolerationSeconds) {

    /**
     * True if this toleration covers the taint. Tolerated seconds are not looked at.
     *
     * <p>Source: kubernetes 1.36 core/v1 toleration.go, ToleratesTaint.
     */
    public boolean tolerates(Taint taint) {
        return (effect.isEmpty() || effect.equals(taint.effect()))
                && (key.isEmpty() || key.equals(taint.key()))
                && (exists || value.equals(taint.value()));
    }
}
