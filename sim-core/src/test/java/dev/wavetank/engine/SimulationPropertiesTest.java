package dev.wavetank.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is asked of a simulation, in whatever order, it does as {@link ReferenceModel} does. */
class SimulationPropertiesTest {
    private enum Verb {
        SCHEDULE,
        SCHEDULE_MANY,
        CANCEL,
        STEP,
        RUN_UNTIL,
        PEEK
    }

    /** One call; amount is a delay or how far to run, pick chooses a timer or a number of events. */
    private record Call(Verb verb, long amount, int pick) {}

    /** The same world twice. */
    private static final class Pair {
        final Simulation simulation = new Simulation(1);
        final ReferenceModel model = new ReferenceModel();
        final List<Integer> fired = new ArrayList<>();
        final List<Long> timers = new ArrayList<>();

        void schedule(long delay) {
            if (simulation.now() > Long.MAX_VALUE - delay) {
                return;
            }
            int id = timers.size();
            timers.add(simulation.after(delay, () -> fired.add(id)));
            model.at(model.now + delay, id);
        }

        void make(Call call) {
            switch (call.verb) {
                case SCHEDULE -> schedule(call.amount);
                case SCHEDULE_MANY -> {
                    for (int i = 0; i < call.pick % 100; i++) {
                        schedule(call.amount / (1 + i % 7) + call.pick * (long) (i % 11));
                    }
                }
                case CANCEL -> {
                    if (!timers.isEmpty()) {
                        int id = call.pick % timers.size();
                        assertThat(simulation.cancel(timers.get(id))).isEqualTo(model.cancel(id));
                    }
                }
                case STEP -> {
                    for (int i = 0; i <= call.pick % 5; i++) {
                        assertThat(simulation.step()).isEqualTo(model.step());
                    }
                }
                case RUN_UNTIL -> {
                    long until = Math.max(simulation.now(), simulation.now() + call.amount);
                    simulation.runUntil(until);
                    model.runUntil(until);
                }
                case PEEK -> assertThat(simulation.nextEventTime()).isEqualTo(model.nextEventTime());
            }
            assertThat(simulation.now()).isEqualTo(model.now);
            assertThat(simulation.pending()).isEqualTo(model.pending.size());
            assertThat(fired).isEqualTo(model.fired);
        }
    }

    @Property(tries = 2000)
    void it_does_as_the_reference_model_does(@ForAll("calls") List<Call> calls) {
        Pair pair = new Pair();
        calls.forEach(pair::make);
        while (pair.model.step()) {
            assertThat(pair.simulation.step()).isTrue();
        }
        assertThat(pair.simulation.step()).isFalse();
        assertThat(pair.fired).isEqualTo(pair.model.fired);
        assertThat(pair.simulation.fired()).isEqualTo(pair.fired.size());
    }

    @Property
    void events_that_schedule_events_see_a_clock_that_never_goes_back(@ForAll("delays") long first, @ForAll long seed) {
        Simulation simulation = new Simulation(seed);
        RandomStream dice = simulation.random().stream("delays");
        List<Long> times = new ArrayList<>();
        Event event = new Event() {
            @Override
            public void fire() {
                times.add(simulation.now());
                for (int children = dice.nextInt(4); children > 0 && simulation.pending() < 200; children--) {
                    long delay = dice.nextLong() >>> (1 + dice.nextInt(63));
                    if (delay <= Long.MAX_VALUE - simulation.now()) {
                        simulation.after(delay, this);
                    }
                }
            }
        };
        simulation.at(first, event);
        for (int i = 0; i < 500 && simulation.step(); i++) {
            assertThat(simulation.nextEventTime()).isGreaterThanOrEqualTo(simulation.now());
        }
        assertThat(times).isSorted();
    }

    @Provide
    Arbitrary<List<Call>> calls() {
        Arbitrary<Verb> verbs = Arbitraries.frequency(
                Tuple.of(6, Verb.SCHEDULE),
                Tuple.of(2, Verb.SCHEDULE_MANY),
                Tuple.of(3, Verb.CANCEL),
                Tuple.of(4, Verb.STEP),
                Tuple.of(2, Verb.RUN_UNTIL),
                Tuple.of(1, Verb.PEEK));
        return Combinators.combine(verbs, delays(), Arbitraries.integers().between(0, 10_000))
                .as(Call::new)
                .list()
                .ofMaxSize(80);
    }

    /** Mostly small, so that instants coincide; then of every size a long has, up to the end of time. */
    @Provide
    Arbitrary<Long> delays() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.longs().between(0, 5)),
                Tuple.of(4, Arbitraries.longs().between(0, 5000)),
                Tuple.of(
                        3,
                        Combinators.combine(
                                        Arbitraries.longs().between(0, Long.MAX_VALUE),
                                        Arbitraries.integers().between(0, 62))
                                .as((value, shift) -> value >> shift)),
                Tuple.of(1, Arbitraries.longs().between(Long.MAX_VALUE - 100, Long.MAX_VALUE)));
    }
}
