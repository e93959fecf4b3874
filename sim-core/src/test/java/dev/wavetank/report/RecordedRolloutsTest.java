package dev.wavetank.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wavetank.scenario.Scenario;
import dev.wavetank.scenario.ScenarioReader;
import dev.wavetank.scenario.ScenarioRunner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays what was recorded on a real cluster and compares: the order of creations and deletions and the sizes of
 * ReplicaSets must be the same, and the median of every duration must lie between the shortest and the longest recorded,
 * widened by a quarter and 40 ms (the recordings were made on two busy cores). Leaves the figures in {@code target/recordings-NAME.md}.
 */
class RecordedRolloutsTest {

    private static final Path TRACES = Path.of("..", "traces");
    private static final Path SCENARIOS = Path.of("..", "scenarios", "recordings");
    private static final Path TABLES = Path.of("target");
    private static final int SEEDS = 10;
    private static final double WIDENED = 1.25;
    private static final long MILLIS_OF_GRACE = 40;

    private static final ObjectMapper JSON = new ObjectMapper();

    @TestFactory
    Stream<DynamicTest> a_replay_does_what_was_recorded() {
        return Stream.of("rolling_update", "recreate", "scale_up_down")
                .map(name -> dynamicTest(name, () -> compare(name)));
    }

    private static void compare(String name) throws IOException {
        List<RolloutSteps> recorded = recordings(name);
        List<RolloutSteps> simulated = simulations(name);
        Map<String, List<Long>> real = pooled(recorded);
        Map<String, List<Long>> ours = pooled(simulated);
        writeTable(name, real, ours);
        for (RolloutSteps run : simulated) {
            assertThat(run.waves())
                    .as("order of creations and deletions")
                    .isEqualTo(recorded.get(0).waves());
            assertThat(run.sizes())
                    .as("sizes of ReplicaSets")
                    .isEqualTo(recorded.get(0).sizes());
        }
        assertThat(ours.keySet()).isEqualTo(real.keySet());
        real.forEach((step, durations) -> assertThat(RolloutSteps.median(ours.getOrDefault(step, List.of())))
                .as("median of %s", step)
                .isBetween(
                        Math.round(RolloutSteps.least(durations) / WIDENED) - MILLIS_OF_GRACE,
                        Math.round(RolloutSteps.most(durations) * WIDENED) + MILLIS_OF_GRACE));
    }

    private static List<RolloutSteps> recordings(String name) throws IOException {
        List<RolloutSteps> recorded = new ArrayList<>();
        for (int i = 1; Files.exists(TRACES.resolve(name + "-" + i + ".json")); i++) {
            recorded.add(RolloutSteps.of(
                    JSON.readTree(TRACES.resolve(name + "-" + i + ".json").toFile())));
        }
        assertThat(recorded).isNotEmpty();
        return recorded;
    }

    private static List<RolloutSteps> simulations(String name) throws IOException {
        Scenario scenario = ScenarioReader.read(SCENARIOS.resolve(name + ".yaml"));
        List<RolloutSteps> simulated = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            ByteArrayOutputStream trace = new ByteArrayOutputStream();
            TraceWriter.write(ScenarioRunner.run(scenario.withSeed(seed)), trace);
            JsonNode tree = JSON.readTree(trace.toByteArray());
            simulated.add(RolloutSteps.of(tree));
        }
        return simulated;
    }

    private static Map<String, List<Long>> pooled(List<RolloutSteps> runs) {
        Map<String, List<Long>> all = new LinkedHashMap<>();
        runs.forEach(run -> run.durations()
                .forEach((step, durations) ->
                        all.computeIfAbsent(step, unused -> new ArrayList<>()).addAll(durations)));
        return all;
    }

    private static void writeTable(String name, Map<String, List<Long>> real, Map<String, List<Long>> ours)
            throws IOException {
        StringBuilder table =
                new StringBuilder("| " + name + ", ms | recorded: least, median, most | simulated |\n|---|---|---|\n");
        real.forEach((step, durations) -> table.append(String.format(
                Locale.ROOT,
                "| %s | %s | %s |\n",
                step,
                figures(durations),
                figures(ours.getOrDefault(step, List.of())))));
        Files.createDirectories(TABLES);
        Path part = TABLES.resolve("recordings-" + name + ".md");
        Files.writeString(part, table.toString());
    }

    private static String figures(List<Long> values) {
        return values.isEmpty()
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%,d %,d %,d (n = %d)",
                        RolloutSteps.least(values),
                        RolloutSteps.median(values),
                        RolloutSteps.most(values),
                        values.size());
    }
}
