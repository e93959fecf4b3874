package dev.wavetank.live.compare;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import org.apache.commons.statistics.inference.KolmogorovSmirnovTest;

/** Durations in milliseconds, sorted. */
public final class Samples {

    private static final int ENOUGH_FOR_TAILS = 10;

    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    public static Samples of(Collection<? extends Number> values) {
        return new Samples(
                values.stream().mapToDouble(Number::doubleValue).sorted().toArray());
    }

    public int size() {
        return sorted.length;
    }

    public double least() {
        return sorted[0];
    }

    public double most() {
        return sorted[sorted.length - 1];
    }

    public double median() {
        return quantile(0.5);
    }

    /** Between the two nearest values; {@code share} from 0 to 1. */
    public double quantile(double share) {
        double place = share * (sorted.length - 1);
        int below = (int) Math.floor(place);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    /** The two-sided p-value of the Kolmogorov-Smirnov test that both come from one distribution. */
    public double ksPValue(Samples other) {
        if (size() == 1) {
            return other.pValueOfOne(least());
        }
        if (other.size() == 1) {
            return pValueOfOne(other.least());
        }
        return KolmogorovSmirnovTest.withDefaults().test(sorted, other.sorted).getPValue();
    }

    /** What the test comes to for one value beside many, all its places among them being equally likely. */
    private double pValueOfOne(double value) {
        long below = Arrays.stream(sorted).filter(one -> one < value).count();
        long above = Arrays.stream(sorted).filter(one -> one > value).count();
        return Math.min(1, 2.0 * (sorted.length - Math.max(below, above) + 1) / (sorted.length + 1));
    }

    /**
     * Decides whether two samples agree. They differ if a median or, with {@value #ENOUGH_FOR_TAILS} values or more, a first or
     * last decile is further apart than the tolerance, and this is no chance. Samples too small for the test to ever say so
     * (one value each, say) differ if their ranges lie apart by more than the tolerance.
     */
    Verdict compare(Samples other, double pValue, Tolerance tolerance) {
        boolean same = tolerance.isSame(median(), other.median());
        if (Math.min(size(), other.size()) >= ENOUGH_FOR_TAILS) {
            same &= tolerance.isSame(quantile(0.1), other.quantile(0.1))
                    && tolerance.isSame(quantile(0.9), other.quantile(0.9));
        }
        if (same) {
            return Verdict.AGREE;
        }
        boolean chance =
                smallestPValue(other) < tolerance.alpha() ? pValue >= tolerance.alpha() : rangesMeet(other, tolerance);
        return chance ? Verdict.AGREE : Verdict.DIFFER;
    }

    private boolean rangesMeet(Samples other, Tolerance tolerance) {
        boolean isLower = least() <= other.least();
        Samples low = isLower ? this : other;
        Samples high = isLower ? other : this;
        return low.most() >= high.least() || tolerance.isSame(low.most(), high.least());
    }

    /** What the test says of samples of these sizes that do not overlap at all: 2 / C(m + n, n). */
    private double smallestPValue(Samples other) {
        double p = 2;
        int n = Math.min(size(), other.size());
        int all = size() + other.size();
        for (int i = 1; i <= n && p > 1e-9; i++) {
            p *= (double) i / (all - n + i);
        }
        return p;
    }

    /** Median, range and number, as people read them. */
    String text() {
        if (sorted.length == 1) {
            return seconds(sorted[0]);
        }
        return seconds(median()) + " (" + seconds(least()) + " to " + seconds(most()) + ", n " + sorted.length + ")";
    }

    private static String seconds(double millis) {
        return millis < 100
                ? String.format(Locale.ROOT, "%.0f ms", millis)
                : String.format(Locale.ROOT, "%.2f s", millis / 1000);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Samples samples && Arrays.equals(sorted, samples.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }

    @Override
    public String toString() {
        return Arrays.toString(sorted);
    }
}
