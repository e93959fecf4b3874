package dev.wavetank.model;

import dev.wavetank.model.Quantity.Format;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and prints quantities.
 *
 * <p>Source: kubernetes 1.36 apimachinery pkg/api/resource/quantity.go and suffix.go.
 */
final class QuantityText {

    /** Sign, integer part, fraction, and what may be a suffix: letters, then a signed exponent. */
    private static final Pattern SHAPE = Pattern.compile(
            "(?<sign>[+-]?)(?<whole>[0-9]*)(\\.(?<fraction>[0-9]*))?(?<suffix>[eEinumkKMGTP]*[+-]?[0-9]*)");

    private static final Pattern EXPONENT = Pattern.compile("[eE][+-]?[0-9]+");

    /** Suffixes of 10^-9, 10^-6, … 10^18. */
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");

    /** Suffixes of 2^0, 2^10, … 2^60. */
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");

    private static final int SMALLEST_EXPONENT = -9;
    private static final BigDecimal NANO = BigDecimal.ONE.movePointLeft(9);
    private static final BigDecimal LARGEST_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);

    private QuantityText() {}

    static Quantity parse(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (text.isEmpty() || !shape.matches()) {
            throw new IllegalArgumentException("\"" + text
                    + "\" is not a quantity: write a number and, if need be, a suffix, such as 500m, 2, 1.5Gi or 1e3");
        }
        Suffix suffix = Suffix.of(text, shape.group("suffix"));
        String fraction = shape.group("fraction") == null ? "" : shape.group("fraction");
        String whole = stripLeadingZeros(shape.group("whole"));
        BigDecimal amount = amount(new BigInteger(whole + fraction), fraction.length(), suffix);
        Format format = suffix.format();
        if (format == Format.BINARY_SI && amount.signum() > 0 && amount.compareTo(BigDecimal.ONE) < 0) {
            format = Format.DECIMAL_SI;
        }
        BigDecimal signed = shape.group("sign").equals("-") ? amount.negate() : amount;
        boolean kept = amount.signum() != 0 && looksCanonical(whole + fraction, fraction.length(), suffix);
        return new Quantity(signed, format, kept ? text : "");
    }

    /** The amount without its sign, a remainder below a billionth rounded up: who asks for some gets some. */
    private static BigDecimal amount(BigInteger digits, int decimals, Suffix suffix) {
        if (digits.signum() == 0) {
            return BigDecimal.ZERO;
        }
        if (suffix.format() == Format.BINARY_SI) {
            BigDecimal exact = new BigDecimal(digits.shiftLeft(suffix.exponent()), decimals);
            return exact.setScale(Math.min(decimals, 9), RoundingMode.UP).min(LARGEST_BINARY);
        }
        long scale = (long) decimals - suffix.exponent();
        if (scale <= -SMALLEST_EXPONENT) {
            return new BigDecimal(digits, Math.toIntExact(scale));
        }
        boolean belowNano = digits.toString().length() <= scale + SMALLEST_EXPONENT;
        return belowNano ? NANO : new BigDecimal(digits, Math.toIntExact(scale)).setScale(9, RoundingMode.UP);
    }

    private static String stripLeadingZeros(String digits) {
        int first = 0;
        while (first < digits.length() && digits.charAt(first) == '0') {
            first++;
        }
        return first == digits.length() ? "0" : digits.substring(first);
    }

    /**
     * True if Kubernetes' parser takes its fast path and keeps the text, which it then prints verbatim. It only believes
     * such a text canonical: {@code +1Ki}, {@code 1.} and {@code 1E3} pass too.
     */
    private static boolean looksCanonical(String digits, int decimals, Suffix suffix) {
        if (suffix.format() == Format.BINARY_SI) {
            int digitsOfSuffix = suffix.exponent() * 3 / 10;
            return decimals == 0 && digits.length() <= 14 - digitsOfSuffix && Long.parseLong(digits) % 8 != 0;
        }
        int exponent = suffix.exponent() - decimals;
        return digits.length() <= 18
                && exponent >= SMALLEST_EXPONENT
                && exponent % 3 == 0
                && !digits.startsWith("0")
                && !digits.endsWith("000");
    }

    static String canonical(BigDecimal amount, Format format) {
        if (amount.signum() == 0) {
            return "0";
        }
        if (format == Format.BINARY_SI
                && amount.abs().compareTo(KIBI) >= 0
                && amount.stripTrailingZeros().scale() <= 0) {
            return canonicalBinary(amount.toBigIntegerExact());
        }
        return canonicalDecimal(amount.stripTrailingZeros(), format == Format.DECIMAL_EXPONENT);
    }

    private static String canonicalBinary(BigInteger amount) {
        int power = Math.min(amount.getLowestSetBit() / 10, BINARY.size() - 1);
        return amount.shiftRight(10 * power) + BINARY.get(power);
    }

    private static String canonicalDecimal(BigDecimal stripped, boolean exponential) {
        int exponent = Math.floorDiv(-stripped.scale(), 3) * 3;
        BigInteger mantissa = stripped.scaleByPowerOfTen(-exponent).toBigIntegerExact();
        if (exponential) {
            return exponent == 0 ? mantissa.toString() : mantissa + "e" + exponent;
        }
        // 1000E and more print without a suffix: upstream looks it up in a table that ends with E, and so does this
        int suffix = (exponent - SMALLEST_EXPONENT) / 3;
        return suffix < DECIMAL.size() ? mantissa + DECIMAL.get(suffix) : mantissa.toString();
    }

    /** What a suffix stands for: 10^exponent, or 2^exponent if the format is binary. */
    private record Suffix(Format format, int exponent) {

        static Suffix of(String quantity, String text) {
            int decimal = DECIMAL.indexOf(text);
            if (decimal >= 0) {
                return new Suffix(Format.DECIMAL_SI, decimal * 3 + SMALLEST_EXPONENT);
            }
            int binary = BINARY.indexOf(text);
            if (binary >= 0) {
                return new Suffix(Format.BINARY_SI, binary * 10);
            }
            if (EXPONENT.matcher(text).matches()) {
                try {
                    return new Suffix(Format.DECIMAL_EXPONENT, Integer.parseInt(text.substring(1)));
                } catch (NumberFormatException e) {
                    throw new IllegalArgumentException(
                            "quantity \"" + quantity + "\": the exponent of " + text + " is out of range", e);
                }
            }
            throw new IllegalArgumentException("quantity \"" + quantity + "\": there is no suffix \"" + text + "\""
                    + "; use n u m k M G T P E (powers of 1000), Ki Mi Gi Ti Pi Ei (powers of 1024) or e3 (of ten)");
        }
    }
}
