package dev.wavetank.autoscaling.hpa;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A metric's amount as the HPA's status shows it.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/horizontal.go, buildQuantity; apimachinery resource.Quantity for the text.
 *
 * @param milli the amount in thousandths
 * @param format family of suffixes it would like to be written with
 */
public record MetricQuantity(long milli, Format format) {

    /** Families of suffixes. */
    public enum Format {
        /** m, k, M, G, ... */
        DECIMAL_SI,
        /** Ki, Mi, Gi, ... */
        BINARY_SI
    }

    private static final String[] DECIMAL_SUFFIXES = {"m", "", "k", "M", "G", "T", "P", "E"};
    private static final String[] BINARY_SUFFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

    /** The quantity of a resource: memory is written in powers of 1024, everything else in powers of 1000. */
    public static MetricQuantity of(String resource, long milli) {
        return new MetricQuantity(milli, resource.equals("memory") ? Format.BINARY_SI : Format.DECIMAL_SI);
    }

    /** Canonical text: the largest suffix that leaves a whole number. Binary suffixes give way where they would lose or blur something. */
    @Override
    public String toString() {
        boolean isWhole = milli % 1000 == 0;
        boolean isSmall = Math.abs(milli) < 1024 * 1000;
        return format == Format.BINARY_SI && isWhole && !isSmall
                ? withLargestSuffix(milli / 1000, 1024, BINARY_SUFFIXES)
                : withLargestSuffix(milli, 1000, DECIMAL_SUFFIXES);
    }

    private static String withLargestSuffix(long amount, int step, String[] suffixes) {
        if (amount == 0) {
            return "0";
        }
        int suffix = 0;
        long mantissa = amount;
        while (mantissa % step == 0 && suffix < suffixes.length - 1) {
            mantissa /= step;
            suffix++;
        }
        return mantissa + suffixes[suffix];
    }

    /** A ratio for people: up to four decimals, no trailing zeros, the same on every machine. */
    static String ratioText(double ratio) {
        return Double.isFinite(ratio)
                ? BigDecimal.valueOf(ratio)
                        .setScale(4, RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(ratio);
    }
}
