package dev.wavetank.autoscaling.hpa;

/**
 * How much is used, beside how much should be.
 *
 * @param current per cent for {@link Unit#UTILIZATION}, else thousandths
 * @param target in the same unit
 * @param unit what the two numbers are
 */
public record Usage(long current, long target, Unit unit) {

    /** What usage is measured in. */
    public enum Unit {
        /** Per cent of what the pods request. */
        UTILIZATION,
        /** Thousandths, average per pod. */
        AVERAGE_VALUE,
        /** Thousandths, as a whole. */
        VALUE
    }

    /** Such as {@code at 82 % of 50 % target}. */
    @Override
    public String toString() {
        return switch (unit) {
            case UTILIZATION -> "at " + current + " % of " + target + " % target";
            case AVERAGE_VALUE -> "at " + milli(current) + " each of " + milli(target) + " target";
            case VALUE -> "at " + milli(current) + " of " + milli(target) + " target";
        };
    }

    private static String milli(long amount) {
        return new MetricQuantity(amount, MetricQuantity.Format.DECIMAL_SI).toString();
    }
}
