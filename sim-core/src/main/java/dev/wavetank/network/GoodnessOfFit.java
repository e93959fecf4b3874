package dev.wavetank.network;

/** The chi-square distribution. */
public final class GoodnessOfFit {

    private static final int MOST_TERMS = 10_000;
    private static final double PRECISION = 1e-14;

    /** Lanczos' coefficients for g = 7 and 9 terms, with all their published digits. */
    @SuppressWarnings("FloatingPointLiteralPrecision")
    private static final double[] LANCZOS = {
        0.9999999999998099,
        676.5203681218851,
        -1259.1392167224028,
        771.3234287776531,
        -176.6150291621406,
        12.507343278686905,
        -0.13857109526572012,
        9.984369578019572e-6,
        1.5056327351493116e-7
    };

    private GoodnessOfFit() {}

    /**
     * The probability of a value as large or larger.
     *
     * <p>Source: the regularized gamma function Q, by its series below and its continued fraction above the mean; W. H.
     * Press and others, Numerical Recipes, section 6.2.
     *
     * @param chiSquare ≥ 0
     * @param degreesOfFreedom ≥ 1
     */
    public static double pValue(double chiSquare, int degreesOfFreedom) {
        double a = degreesOfFreedom / 2.0;
        double x = chiSquare / 2;
        if (x <= 0) {
            return 1;
        }
        double scale = StrictMath.exp(-x + a * StrictMath.log(x) - logGamma(a));
        return x < a + 1 ? 1 - scale * series(a, x) : scale * fraction(a, x);
    }

    private static double series(double a, double x) {
        double term = 1 / a;
        double sum = term;
        for (int n = 1; n < MOST_TERMS && term > sum * PRECISION; n++) {
            term *= x / (a + n);
            sum += term;
        }
        return sum;
    }

    /** Lentz's way through the continued fraction. */
    private static double fraction(double a, double x) {
        double tiny = 1e-300;
        double b = x + 1 - a;
        double c = 1 / tiny;
        double d = 1 / b;
        double h = d;
        for (int n = 1; n < MOST_TERMS; n++) {
            double numerator = -n * (n - a);
            b += 2;
            d = 1 / nonZero(numerator * d + b, tiny);
            c = nonZero(b + numerator / c, tiny);
            h *= d * c;
            if (Math.abs(d * c - 1) < PRECISION) {
                break;
            }
        }
        return h;
    }

    private static double nonZero(double value, double tiny) {
        return Math.abs(value) < tiny ? tiny : value;
    }

    private static double logGamma(double z) {
        double sum = LANCZOS[0];
        for (int i = 1; i < LANCZOS.length; i++) {
            sum += LANCZOS[i] / (z - 1 + i);
        }
        double t = z + 6.5;
        return 0.5 * StrictMath.log(2 * Math.PI) + (z - 0.5) * StrictMath.log(t) - t + StrictMath.log(sum);
    }
}
