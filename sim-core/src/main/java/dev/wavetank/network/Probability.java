package dev.wavetank.network;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * The chance of a statistic rule: the text kube-proxy writes, and the number the kernel compares random bits with.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy/iptables/proxier.go computeProbability; iptables libxt_statistic; linux 6.12
 * net/netfilter/xt_statistic.c.
 */
final class Probability {

    private static final double TWO_TO_31 = 0x1.0p31;

    private Probability() {}

    /** One chance in {@code m}, {@code m} at least 1, with ten digits after the point. */
    static String text(int m) {
        return new BigDecimal(1.0 / m).setScale(10, RoundingMode.HALF_EVEN).toPlainString();
    }

    /**
     * The rule matches when 31 random bits are below this. It is made from the text, which for some {@code m} is not the
     * number nearest to {@code 2^31 / m}.
     */
    static int threshold(String text) {
        // Not Math.round(double), whose half-way cases have changed between JDKs.
        return (int) Math.floor(TWO_TO_31 * Double.parseDouble(text) + 0.5);
    }
}
