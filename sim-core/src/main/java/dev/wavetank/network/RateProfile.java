package dev.wavetank.network;

import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A rate over time, as straight lines between points. The next request comes when the area under the rate since the last
 * has reached 1, or for a Poisson process a random number of mean 1; on a straight line that is one square root.
 *
 * <p>A wave is made of 256 straight lines a period, which is off by less than a ten-thousandth of its height.
 */
public final class RateProfile {

    private static final int LINES_PER_WAVE = 256;

    /** One point; two at the same time make a step. */
    private record Point(long atNanos, double perSecond) {}

    /** Lines: where each begins, its rate there per nanosecond, and how that grows per nanosecond. */
    private final long[] begin;

    private final double[] rate;
    private final double[] slope;
    private final int used;
    private final long length;
    private final boolean repeats;

    private RateProfile(List<Point> points, boolean repeats) {
        this.repeats = repeats;
        int lines = points.size() - 1;
        begin = new long[lines + 1];
        rate = new double[lines + 1];
        slope = new double[lines + 1];
        int count = 0;
        for (int i = 0; i < lines; i++) {
            Point from = points.get(i);
            Point to = points.get(i + 1);
            long nanos = to.atNanos() - from.atNanos();
            if (nanos > 0) {
                begin[count] = from.atNanos();
                rate[count] = from.perSecond() / Times.SECOND;
                slope[count] = (to.perSecond() - from.perSecond()) / Times.SECOND / nanos;
                count++;
            }
        }
        Point last = points.get(lines);
        length = last.atNanos();
        begin[count] = length;
        rate[count] = last.perSecond() / Times.SECOND;
        slope[count] = 0;
        used = count + 1;
    }

    /** The highest rate it comes to, in requests a second. */
    double peakPerSecond() {
        double peak = 0;
        for (int i = 0; i < used; i++) {
            double atEnd = i + 1 < used ? rate[i] + slope[i] * (begin[i + 1] - begin[i]) : rate[i];
            peak = Math.max(peak, Math.max(rate[i], atEnd));
        }
        return peak * Times.SECOND;
    }

    /** From one rate to another, evenly, and on at that. */
    public static RateProfile ramp(double fromPerSecond, double toPerSecond, long nanos) {
        return new RateProfile(List.of(new Point(0, fromPerSecond), new Point(nanos, toPerSecond)), false);
    }

    /** One rate after another, each for its time, and on at the last. */
    public static RateProfile steps(double[] perSecond, long[] nanos) {
        List<Point> points = new ArrayList<>();
        long at = 0;
        for (int i = 0; i < perSecond.length; i++) {
            points.add(new Point(at, perSecond[i]));
            at += nanos[i];
            points.add(new Point(at, perSecond[i]));
        }
        return new RateProfile(points, false);
    }

    /** A base rate, and once in every period a higher one for a while, first at the beginning. */
    public static RateProfile bursts(double base, double peak, long periodNanos, long burstNanos) {
        return new RateProfile(
                List.of(
                        new Point(0, peak),
                        new Point(burstNanos, peak),
                        new Point(burstNanos, base),
                        new Point(periodNanos, base)),
                true);
    }

    /**
     * A wave around a mean.
     *
     * @param amplitude at most the mean
     * @param phase where in the period it begins, from 0 to 1; 0 is on the mean and rising
     */
    public static RateProfile wave(double mean, double amplitude, long periodNanos, double phase) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i <= LINES_PER_WAVE; i++) {
            double turn = 2 * Math.PI * ((double) i / LINES_PER_WAVE + phase);
            points.add(new Point(
                    (long) ((double) periodNanos * i / LINES_PER_WAVE),
                    Math.max(0, mean + amplitude * StrictMath.sin(turn))));
        }
        return new RateProfile(points, true);
    }

    /**
     * Through points, in straight lines, and on at the last.
     *
     * @param atNanos rising, the first 0
     */
    public static RateProfile through(long[] atNanos, double[] perSecond) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < atNanos.length; i++) {
            points.add(new Point(atNanos[i], perSecond[i]));
        }
        return new RateProfile(points, false);
    }

    /** Requests a second at an instant since the beginning. */
    public double perSecondAt(long elapsedNanos) {
        long at = repeats ? elapsedNanos % length : elapsedNanos;
        int line = lineAt(at);
        return (rate[line] + slope[line] * (at - begin[line])) * Times.SECOND;
    }

    /**
     * How long it takes from an instant until the area under the rate is {@code area}; {@link Load#NONE} if it never gets
     * there.
     */
    long gapNanos(long elapsedNanos, double area) {
        long at = repeats ? elapsedNanos % length : elapsedNanos;
        int line = lineAt(at);
        double left = area;
        double gap = 0;
        double position = at;
        boolean anyInRound = true;
        while (true) {
            boolean last = line == used - 1;
            if (last && repeats) {
                if (!anyInRound) {
                    return Load.NONE;
                }
                anyInRound = false;
                line = 0;
                position = 0;
                continue;
            }
            double here = rate[line] + slope[line] * (position - begin[line]);
            double end = last ? Double.POSITIVE_INFINITY : begin[line + 1];
            double span = end - position;
            double whole = last ? (here > 0 ? Double.POSITIVE_INFINITY : 0) : span * (here + slope[line] * span / 2);
            if (whole >= left) {
                double root = Math.sqrt(here * here + 2 * slope[line] * left);
                return Math.round(gap + 2 * left / (here + root));
            }
            if (last) {
                return Load.NONE;
            }
            anyInRound |= whole > 0;
            left -= whole;
            gap += span;
            position = end;
            line++;
        }
    }

    private int lineAt(long at) {
        int found = Arrays.binarySearch(begin, 0, used, at);
        return found >= 0 ? found : -found - 2;
    }
}
