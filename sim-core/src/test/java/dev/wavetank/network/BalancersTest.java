package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BalancersTest {

    private static final RandomBits NO_DRAWS = () -> {
        throw new AssertionError("drew a random number");
    };

    static List<String> names() {
        return Balancers.installed().names().asList();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_balancer_picks_none_of_none_and_the_only_one_of_one(String name) {
        Balancer balancer = Balancers.installed().named(name).create(BalancerSetting.PLAIN);
        assertThat(balancer.pick(0, 1, 1, NO_DRAWS)).isEqualTo(Balancer.NONE);
        assertThat(balancer.explain(Balancer.NONE)).isNotBlank();

        balancer.replaceAll(new int[] {4});
        // One of one is no choice; only a bare uniform draw is made all the same.
        assertThat(balancer.pick(0, 1, 1, () -> -1)).isEqualTo(4);
        assertThat(balancer.explain(4)).contains("4");

        balancer.remove(4);
        assertThat(balancer.pick(0, 1, 1, NO_DRAWS)).isEqualTo(Balancer.NONE);
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_balancer_picks_only_from_what_it_was_last_given(String name) {
        Balancer balancer = Balancers.installed().named(name).create(BalancerSetting.PLAIN);
        balancer.replaceAll(new int[] {0, 1, 2, 3, 4});
        balancer.replaceAll(new int[] {3, 7, 1});

        int draw = 0;
        for (int client = 0; client < 200; client++) {
            int state = draw += 0x9E3779B9;
            assertThat(balancer.pick(client, client * 7919, client, () -> state))
                    .isIn(3, 7, 1);
        }
    }

    @Test
    void an_unknown_name_is_answered_with_those_there_are() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Balancers.installed().named("wlcc"))
                .withMessageContaining("wlcc")
                .withMessageContaining("wlc, wrr");
    }

    @Test
    void a_strategy_of_the_users_own_is_found_by_its_name_and_must_not_take_anothers() {
        BalancerFactory own = factory("always-first");
        assertThat(Balancers.with(List.of(own)).named("always-first")).isSameAs(own);

        assertThatIllegalArgumentException().isThrownBy(() -> Balancers.with(List.of(factory("rr"))));
    }

    @Test
    void ovf_fills_a_destination_to_one_above_its_weight_and_then_refuses() {
        Balancer ovf = create("ovf");
        ovf.add(0, 1);
        ovf.add(1, 1);

        assertThat(connect(ovf, 5)).containsExactly(1, 1, 0, 0, Balancer.NONE);
    }

    @Test
    void sh_and_mh_refuse_the_clients_of_a_destination_that_drains() {
        for (String name : List.of("sh", "mh")) {
            Balancer balancer = create(name);
            balancer.add(0, 1);
            balancer.add(1, 1);
            int client = 0x0af40105;
            int home = balancer.pick(0, client, 40000, NO_DRAWS);

            balancer.reweigh(home, 0);

            assertThat(balancer.pick(0, client, 40000, NO_DRAWS)).as(name).isEqualTo(Balancer.NONE);
        }
    }

    @Test
    void dh_sends_all_clients_of_a_service_to_one_destination() {
        Balancer dh = create("dh");
        dh.replaceAll(new int[] {0, 1, 2, 3});

        List<Integer> picks = new ArrayList<>();
        for (int client = 0; client < 100; client++) {
            picks.add(dh.pick(0, client << 8, client, NO_DRAWS));
        }
        assertThat(picks).containsOnly(picks.get(0));
    }

    @Test
    void lblc_forgets_what_it_remembered_after_a_day_without_use() {
        Balancer lblc = create("lblc");
        lblc.add(0, 1);
        assertThat(lblc.pick(0, 1, 1, NO_DRAWS)).isZero();
        lblc.opened(0);
        lblc.add(1, 1);
        long day = 24L * 3600 * 1_000_000_000;

        assertThat(lblc.pick(day, 1, 1, NO_DRAWS)).isZero();
        assertThat(lblc.pick(2 * day + 1, 1, 1, NO_DRAWS)).isEqualTo(1);
    }

    @Test
    void ewma_turns_from_a_destination_that_answers_slowly_and_comes_back_in_time() {
        Balancer ewma = create("ewma");
        ewma.replaceAll(new int[] {0, 1});
        ewma.answered(0, 500_000_000, 0);
        ewma.answered(1, 20_000_000, 0);
        assertThat(ewma.pick(0, 1, 1, () -> 0)).isEqualTo(1);
        assertThat(ewma.pick(0, 1, 1, () -> -1)).isEqualTo(1);

        long soon = 60_000_000_000L;
        ewma.answered(0, 10_000_000, soon);
        ewma.answered(1, 20_000_000, soon);
        assertThat(ewma.pick(soon, 1, 1, () -> -1)).isZero();
    }

    private static Balancer create(String name) {
        return Balancers.installed().named(name).create(BalancerSetting.PLAIN);
    }

    private static BalancerFactory factory(String name) {
        return new BalancerFactory() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Balancer create(BalancerSetting setting) {
                return new UniformBalancer();
            }
        };
    }

    private static List<Integer> connect(Balancer balancer, int times) {
        List<Integer> picks = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            int picked = balancer.pick(0, 1, 1, NO_DRAWS);
            if (picked != Balancer.NONE) {
                balancer.opened(picked);
            }
            picks.add(picked);
        }
        return picks;
    }
}
