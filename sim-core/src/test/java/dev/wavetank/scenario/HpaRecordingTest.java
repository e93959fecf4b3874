package dev.wavetank.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
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
            JsonNode trace =
                    new JsonMapper().readTree(Path.of("../traces", name).toFile());
            RECORDED.add(ReplicaCurve.of(trace, 2));
        }
        Scenario scenario = ScenarioReader.read(Path.of("../scenarios/hpa-step-load.yaml"));
        for (int seed = 1; seed <= SEEDS; seed++) {
            SIMULATED.add(
                    ReplicaCurve.of(ScenarioRunner.run(scenario.withSeed(seed)).history(), 2));
        }
        Files.writeString(
                Files.createDirectories(Path.of("target")).resolve("hpa-curves.md"), table(), StandardCharsets.UTF_8);
    }

    /** The table in docs/hpa.md. */
    private static String table() {
        StringBuilder table = new StringBuilder("| change | recorded, twice | simulated, " + SEEDS
                + " seeds: least, median, most |\n| --- | --- | --- |\n");
        row(table, "growth begins, s", curve -> curve.firstGrowth() / 1000.0);
        row(table, "8 pods wanted, s", curve -> curve.reached(8) / 1000.0);
        row(table, "most pods", ReplicaCurve::peak);
        row(table, "down to 5 or fewer, s", curve -> curve.fellTo(5) / 1000.0);
        row(table, "down to 2, s", curve -> curve.fellTo(2) / 1000.0);
        RECORDED.forEach(curve -> table.append("\nrecorded: ").append(curve));
        SIMULATED.forEach(curve -> table.append("\nsimulated: ").append(curve));
        return table.append('\n').toString();
    }

    private static void row(StringBuilder table, String name, ToDoubleFunction<ReplicaCurve> fact) {
        double[] simulated = SIMULATED.stream().mapToDouble(fact).sorted().toArray();
        table.append(String.format(
                Locale.ROOT,
                "| %s | %.1f, %.1f | %.1f, %.1f, %.1f |\n",
                name,
                fact.applyAsDouble(RECORDED.get(0)),
                fact.applyAsDouble(RECORDED.get(1)),
                simulated[0],
                simulated[SEEDS / 2],
                simulated[SEEDS - 1]));
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
