package dev.wavetank.scenario;

/**
 * Something that should hold, in one of four temporal forms.
 *
 * @param that the condition, in CEL
 * @param pointer where it stands in the scenario's tree
 */
record Expectation(Form form, String that, String pointer) {

    /** When the condition should hold. */
    sealed interface Form {

        /** The form as a phrase before the condition. */
        String describe();

        /** At one instant. */
        record At(long nanos) implements Form {
            @Override
            public String describe() {
                return "at " + dev.wavetank.engine.Durations.format(nanos);
            }
        }

        /** At some instant between a step and so much later. */
        record Within(long nanos, String step) implements Form {
            @Override
            public String describe() {
                return "within " + dev.wavetank.engine.Durations.format(nanos) + (step.isEmpty() ? "" : " of " + step);
            }
        }

        /** At every instant of an interval. */
        record During(long fromNanos, long toNanos) implements Form {
            @Override
            public String describe() {
                return "during " + dev.wavetank.engine.Durations.format(fromNanos) + " to "
                        + dev.wavetank.engine.Durations.format(toNanos);
            }
        }

        /** At no instant. */
        record Never() implements Form {
            @Override
            public String describe() {
                return "never";
            }
        }

        /** At the end of the run. */
        record AtEnd(boolean abort) implements Form {
            @Override
            public String describe() {
                return abort ? "all along" : "in the end";
            }
        }
    }
}
