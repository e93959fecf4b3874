package dev.wavetank.model;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An amount of a resource as manifests write it: {@code 250m}, {@code 1.5Gi}, {@code 2e3}. Exact down to a billionth.
 *
 * <p>It remembers the kind of suffix it was given, and prints with the same kind. Two quantities are equal if they amount
 * to the same, whatever they print as.
 *
 * <p>Source: kubernetes 1.36 apimachinery pkg/api/resource/quantity.go. Differs from Kubernetes: rounded negative amounts
 * are right, where upstream garbles some.
 */
public final class Quantity implements Comparable<Quantity> {

    /** The family a suffix is taken from. */
    public enum Format {
        /** Powers of 1000: n u m, none, k M G T P E. */
        DECIMAL_SI("DecimalSI"),
        /** Powers of 1024: Ki Mi Gi Ti Pi Ei. */
        BINARY_SI("BinarySI"),
        /** Powers of ten: e3, E-6. */
        DECIMAL_EXPONENT("DecimalExponent");

        private final String text;

        Format(String text) {
            this.text = text;
        }

        /** The format as Kubernetes names it. */
        public String text() {
            return text;
        }
    }

    public static final Quantity ZERO = new Quantity(BigDecimal.ZERO, Format.DECIMAL_SI, "");

    /** More digits before the point than any long has; rounding such an amount is not even tried. */
    private static final long HOPELESS_DIGITS = 20;

    private final BigDecimal amount;
    private final Format format;

    /** The text to print, where the parser kept it; otherwise empty. */
    private final String keptText;

    Quantity(BigDecimal amount, Format format, String keptText) {
        this.amount = amount;
        this.format = format;
        this.keptText = keptText;
    }

    /**
     * Reads a quantity.
     *
     * @throws IllegalArgumentException if the text is not one; the message says what is wrong and how to mend it
     */
    public static Quantity parse(String text) {
        return QuantityText.parse(text);
    }

    /** So many thousandths, as CPU is counted. */
    public static Quantity ofMillis(long millis) {
        return new Quantity(BigDecimal.valueOf(millis, 3), Format.DECIMAL_SI, "");
    }

    /** So many bytes, as memory is counted. */
    public static Quantity ofBytes(long bytes) {
        return new Quantity(BigDecimal.valueOf(bytes), Format.BINARY_SI, "");
    }

    public Format format() {
        return format;
    }

    /** −1, 0 or 1. */
    public int sign() {
        return amount.signum();
    }

    /**
     * The amount in whole units, rounded away from zero.
     *
     * @throws ArithmeticException if it does not fit a long
     */
    public long value() {
        return rounded(0);
    }

    /**
     * The amount in thousandths, rounded away from zero.
     *
     * @throws ArithmeticException if it does not fit a long
     */
    public long milliValue() {
        return rounded(3);
    }

    private long rounded(int decimals) {
        BigDecimal scaled = amount.scaleByPowerOfTen(decimals);
        if ((long) scaled.precision() - scaled.scale() > HOPELESS_DIGITS) {
            throw new ArithmeticException("quantity " + this + " does not fit a 64-bit number");
        }
        BigInteger whole = scaled.setScale(0, RoundingMode.UP).unscaledValue();
        if (whole.bitLength() >= Long.SIZE) {
            throw new ArithmeticException("quantity " + this + " does not fit a 64-bit number");
        }
        return whole.longValue();
    }

    /** The sum, in this quantity's format; in the other's if this one is zero. */
    public Quantity plus(Quantity other) {
        return new Quantity(amount.add(other.amount), formatWith(other), "");
    }

    /** The difference, in this quantity's format; in the other's if this one is zero. */
    public Quantity minus(Quantity other) {
        return new Quantity(amount.subtract(other.amount), formatWith(other), "");
    }

    private Format formatWith(Quantity other) {
        return sign() == 0 ? other.format : format;
    }

    /** The one spelling all equal quantities of this format share: no fraction, the largest suffix that allows it. */
    public String canonical() {
        return QuantityText.canonical(amount, format);
    }

    /** The text the API returns: mostly {@link #canonical}, but a text that looked canonical when read is kept. */
    @Override
    public String toString() {
        return keptText.isEmpty() ? canonical() : keptText;
    }

    @Override
    public int compareTo(Quantity other) {
        return amount.compareTo(other.amount);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quantity that && compareTo(that) == 0;
    }

    @Override
    public int hashCode() {
        return amount.stripTrailingZeros().hashCode();
    }
}
