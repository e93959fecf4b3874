package dev.wavetank.autoscaling.hpa;

/**
 * What usage should be: exactly one of the three forms the API knows.
 *
 * @param type the form
 * @param amount per cent for {@link Type#UTILIZATION}, else thousandths; more than 0
 */
public record MetricTarget(Type type, long amount) {

    /** Forms of a target. */
    public enum Type {
        UTILIZATION,
        VALUE,
        AVERAGE_VALUE
    }

    public MetricTarget {
        if (amount <= 0) {
            throw new IllegalArgumentException("a metric's target must be more than 0, not " + amount);
        }
    }

    /** Average use in per cent of the pods' requests. */
    public static MetricTarget utilization(int percent) {
        return new MetricTarget(Type.UTILIZATION, percent);
    }

    /** A value as a whole, in thousandths. */
    public static MetricTarget value(long milli) {
        return new MetricTarget(Type.VALUE, milli);
    }

    /** A value per pod, in thousandths. */
    public static MetricTarget averageValue(long milli) {
        return new MetricTarget(Type.AVERAGE_VALUE, milli);
    }
}
