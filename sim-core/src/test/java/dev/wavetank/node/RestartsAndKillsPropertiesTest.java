package dev.wavetank.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.Times;
import dev.wavetank.node.KillSequence.Doomed;
import dev.wavetank.node.KillSequence.Ending;
import dev.wavetank.node.ObservedContainer.Role;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class RestartsAndKillsPropertiesTest {

    @Property
    void no_restart_waits_longer_than_five_minutes(
            @ForAll @Size(max = 60) List<@LongRange(min = 1, max = 900_000_000_000L) Long> runs) {
        CrashLoopBackOff backOff = new CrashLoopBackOff(CrashLoopBackOff.Limits.DEFAULT);
        long now = 0;
        for (long run : runs) {
            long exit = now + run;
            CrashLoopBackOff.Attempt attempt = backOff.attempt(exit, exit);
            assertThat(attempt.backOffNanos()).isBetween(10 * Times.SECOND, 300 * Times.SECOND);
            if (attempt.refused()) {
                now = attempt.retryAt();
                assertThat(now - exit).isLessThanOrEqualTo(300 * Times.SECOND);
                assertThat(backOff.attempt(now, exit).refused()).isFalse();
            } else {
                now = exit;
            }
        }
    }

    @Property
    void nobody_is_killed_before_the_grace_is_over_or_long_after_it(
            @ForAll @IntRange(min = 1, max = 60) int grace,
            @ForAll @IntRange(min = 0, max = 3) int sidecars,
            @ForAll @Size(min = 4, max = 4) List<@LongRange(min = 0, max = 90_000_000_000L) Long> preStops,
            @ForAll @Size(min = 4, max = 4) List<@LongRange(min = 0, max = 90_000_000_000L) Long> exits) {
        List<Doomed> containers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Role role = i < sidecars ? Role.SIDECAR : Role.MAIN;
            containers.add(new Doomed("c" + i, role, preStops.get(i), exits.get(i), 0));
        }
        for (Ending ending : KillSequence.of(containers, new ContainerKill(grace))) {
            long slack = ContainerKill.MINIMUM_GRACE_SECONDS * Times.SECOND;
            // each of the two waits is charged up to a second too little
            assertThat(ending.exitAt()).isLessThan((grace + 2) * Times.SECOND + slack);
            if (ending.killAt() != KillSequence.NEVER) {
                assertThat(ending.killAt()).isGreaterThanOrEqualTo(grace * Times.SECOND);
                assertThat(ending.killAt() - ending.signalAt()).isGreaterThanOrEqualTo(slack);
            }
        }
    }

    @Property
    void a_grace_settled_on_is_at_least_a_second_and_no_plain_wish_lengthens_it(
            @ForAll @LongRange(min = 1, max = 120) long before,
            @ForAll @LongRange(min = 0, max = 120) long wish,
            @ForAll @LongRange(min = 0, max = 120) long spec) {
        EffectiveGrace grace = EffectiveGrace.settle(before, wish, null, spec);
        assertThat(grace.seconds()).isBetween(1L, before);
        assertThat(grace.shortened()).isEqualTo(grace.seconds() < before);
    }
}
