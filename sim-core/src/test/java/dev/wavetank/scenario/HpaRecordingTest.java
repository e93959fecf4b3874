package dev.wavetank.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The demo service's autoscaler beside two recordings of it on a real 1.36 cluster. The two differ by a sync period here and
 * there, since nobody can choose the phases of sampling, scraping and syncing; neither can a seed. So each change of a
 * simulated run has to lie within one sync period of the span the recordings leave for it.
 */
class HpaRecordingTest {

    private static final long SYNC_PERIOD_MILLIS = 15_100;
    private static final int SEEDS = 40;

    private static final List<ReplicaCurve> RECORDED = new ArrayList<>();
    private static final List<ReplicaCurve> SIMULATED = new ArrayList<>();

    @BeforeAll
    static void run_the_scenario_of_the_recordings() throws IOException {
        for (String name : List.of("hpa-1.json", "hpa-2.json")) {
            JsonNode trace = new JsonMapper().readTree(Path.of("../traces", name).toFile());
            RECORDED.add(ReplicaCurve.of(trace, 2));
        }
        Scenario scenario = ScenarioReader.read(Path.of("../scenarios/hpa-step-load.yaml"));
        for (int seed = 1; seed <= SEEDS; seed++) {
            SIMULATED.add(ReplicaCurve.of(
                    ScenarioRunner.run(scenario.withSeed(seed)).history(), 2));
        }
        RECORDED.forEach(curve -> System.out.println("recorded   " + curve));
        SIMULATED.forEach(curve -> System.out.println("simulated  " + curve));
    }

    @Test
    void growth_begins_within_a_sync_period_of_the_recordings() {
        assertThat(strays(ReplicaCurve::firstGrowth)).isEmpty();
    }

    @Test
    void it_has_the_size_it_takes_within_a_sync_period_of_the_recordings() {
        assertThat(strays(curve -> curve.reached(8))).isEmpty();
    }

    @Test
    void after_the_load_it_has_given_up_most_pods_within_a_sync_period_of_the_recordings() {
        assertThat(strays(curve -> curve.fellTo(5))).isEmpty();
    }

    @Test
    void it_grows_as_far_and_shrinks_as_far_as_the_recordings() {
        assertThat(SIMULATED).allSatisfy(curve -> {
            assertThat(curve.peak()).isBetween(8, 10);
            assertThat(curve.last()).isEqualTo(2);
        });
    }

    private static List<ReplicaCurve> strays(ToLongFunction<ReplicaCurve> moment) {
        long earliest = RECORDED.stream().mapToLong(moment).min().orElseThrow() - SYNC_PERIOD_MILLIS;
        long latest = RECORDED.stream().mapToLong(moment).max().orElseThrow() + SYNC_PERIOD_MILLIS;
        return SIMULATED.stream()
                .filter(curve -> moment.applyAsLong(curve) < earliest || moment.applyAsLong(curve) > latest)
                .toList();
    }
}
