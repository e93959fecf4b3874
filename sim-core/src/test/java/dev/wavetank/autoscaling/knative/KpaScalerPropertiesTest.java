package dev.wavetank.autoscaling.knative;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.autoscaling.knative.KpaScaler.Decision;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class KpaScalerPropertiesTest {

    private static final long TICK = 2_000_000_000;

    private static final KpaScaler.Spec SPEC = new KpaScaler.Spec(70, 100, 211, 2, 10, 2, 30 * TICK, 0, true, 0);

    record Tick(double stable, double panic, int ready) {}

    @Provide
    Arbitrary<List<Tick>> ticks() {
        Arbitrary<Double> load = Arbitraries.doubles().between(0, 3000);
        return Combinators.combine(load, load, Arbitraries.integers().between(0, 20))
                .as(Tick::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(60);
    }

    @Property
    void outside_panic_the_rates_bound_every_step(@ForAll("ticks") List<Tick> ticks) {
        KpaScaler kpa = new KpaScaler(SPEC, 0, 0);
        long now = 0;
        for (Tick tick : ticks) {
            Decision decision = kpa.scale(now += TICK, tick.stable(), tick.panic(), tick.ready());
            int ready = Math.max(tick.ready(), 1);
            if (!decision.panicking()) {
                assertThat(decision.desiredPods()).isBetween(ready / 2, ready * 10);
            }
        }
    }

    @Property
    void in_panic_the_pods_wanted_never_fall(@ForAll("ticks") List<Tick> ticks) {
        KpaScaler kpa = new KpaScaler(SPEC, 0, 0);
        long now = 0;
        int before = 0;
        for (Tick tick : ticks) {
            Decision decision = kpa.scale(now += TICK, tick.stable(), tick.panic(), tick.ready());
            Integer wanted = decision.desiredPods();
            assertThat(wanted).isNotNull();
            if (decision.panicking()) {
                assertThat(wanted).isGreaterThanOrEqualTo(before);
            }
            before = decision.panicking() ? wanted : 0;
        }
    }
}
