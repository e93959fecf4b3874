package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;

/**
 * A custom or external metric of a scenario: whose it is, and what it comes to over time.
 *
 * @param everyNanos how often it is measured; autoscalers see the latest measurement
 * @param pointer where it stands in the scenario's tree
 */
record MetricDeclaration(String name, Owner owner, Source source, long everyNanos, String pointer) {

    /** Whose metric it is: exactly one of the kinds the metrics APIs know. */
    sealed interface Owner {
        /** Each pod of a Deployment has a value of its own. */
        record Pods(String deployment) implements Owner {}

        /** One object of the default namespace has it. */
        record ApiObject(String kind, String name) implements Owner {}

        /** Something outside the cluster; {@code labels} tell its series apart. */
        record External(ImmutableMap<String, String> labels) implements Owner {}
    }

    /** Where its value comes from. */
    sealed interface Source {
        /** Given in advance; each point holds until the next, the first also before it. */
        record Series(ImmutableList<Point> points) implements Source {
            /** The value at an instant, in thousandths. */
            long milliAt(long nanos) {
                long value = points.get(0).milli();
                for (Point point : points) {
                    if (point.at() > nanos) {
                        break;
                    }
                    value = point.milli();
                }
                return value;
            }
        }

        /**
         * A CEL expression over the running cluster.
         *
         * @param rateOverNanos 0 for the value itself; else it is a counter, and its growth per second over that time is meant
         */
        record Expression(String cel, long rateOverNanos) implements Source {}
    }

    /**
     * A point of a series.
     *
     * @param at nanoseconds since the scenario's first moment
     */
    record Point(long at, long milli) {}
}
