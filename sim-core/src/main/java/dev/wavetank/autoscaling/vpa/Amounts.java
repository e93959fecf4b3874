package dev.wavetank.autoscaling.vpa;

import java.math.BigInteger;

/** Arithmetic on millicores and bytes as the VPA does it: whole numbers, rounded down at every step. */
final class Amounts {

    /** The largest amount of anything; it shows as the upper bound while there is no history. */
    static final long MAX = 100_000_000_000_000L;

    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

    private Amounts() {}

    /** Rounds down and keeps the result between 0 and {@link #MAX}; "nothing times without bound" is nothing. */
    static long truncate(double amount) {
        if (Double.isNaN(amount) || amount < 0) {
            return 0;
        }
        return amount > MAX ? MAX : (long) amount;
    }

    static long scale(long amount, double factor) {
        return truncate(amount * factor);
    }

    /** {@code amount * numerator / denominator}, rounded down, without overflow in between. */
    static long proportion(long amount, long numerator, long denominator) {
        return product(amount, numerator)
                .divide(BigInteger.valueOf(denominator))
                .min(MAX_LONG)
                .longValueExact();
    }

    /** As {@link #proportion}, rounded up. */
    static long proportionRoundedUp(long amount, long numerator, long denominator) {
        return product(amount, numerator)
                .add(BigInteger.valueOf(denominator - 1))
                .divide(BigInteger.valueOf(denominator))
                .min(MAX_LONG)
                .longValueExact();
    }

    private static BigInteger product(long a, long b) {
        return BigInteger.valueOf(a).multiply(BigInteger.valueOf(b));
    }
}
