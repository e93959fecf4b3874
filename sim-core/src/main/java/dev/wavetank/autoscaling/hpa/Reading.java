package dev.wavetank.autoscaling.hpa;

import org.jspecify.annotations.Nullable;

/**
 * What came of asking an API: an answer or an error.
 *
 * @param value the answer; null exactly if there is an error
 * @param error the server's error text
 */
public record Reading<T>(@Nullable T value, @Nullable String error) {

    public Reading {
        if ((value == null) == (error == null)) {
            throw new IllegalArgumentException("a reading is either an answer or an error");
        }
    }

    /** An answer. */
    public static <T> Reading<T> of(T value) {
        return new Reading<>(value, null);
    }

    /** An error, in the server's words. */
    public static <T> Reading<T> failed(String error) {
        return new Reading<>(null, error);
    }

    /** The answer, or the error behind a prefix. */
    T orThrow(String prefix) throws MetricException {
        if (value == null) {
            throw new MetricException(prefix + error);
        }
        return value;
    }
}
