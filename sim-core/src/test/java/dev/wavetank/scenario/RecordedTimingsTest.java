package dev.wavetank.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wavetank.cluster.History;
import dev.wavetank.cluster.History.PodRow;
import dev.wavetank.model.Times;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * Lays how long each step of a pod's life takes here beside what recordings of a real cluster show. The table it writes to
 * {@code target/node-timings.md} is the one in docs/nodes.md.
 */
class RecordedTimingsTest {

    private static final Path TRACES = Path.of("..", "traces");
    private static final Path SCENARIOS = Path.of("..", "scenarios", "recordings");
    private static final int SEEDS = 5;
    private static final List<String> RECORDED = List.of(
            "scale_up_down",
            "rolling_update",
            "recreate",
            "no_prestop",
            "prestop_sleep",
            "crash_loop",
            "readiness_flip");

    /** One observed change of a pod, wherever it was observed; {@code at} in milliseconds. */
    private record Row(
            long at,
            String type,
            String pod,
            boolean scheduled,
            boolean ready,
            boolean terminating,
            String state,
            String reason,
            int restarts) {}

    private record Deed(long at, String what) {}

    private record Observed(List<Row> rows, List<Deed> deeds) {}

    @Test
    void every_step_takes_about_as_long_as_on_a_real_cluster() throws IOException {
        // given
        Map<String, List<Long>> real = new LinkedHashMap<>();
        Map<String, List<Long>> simulated = new LinkedHashMap<>();
        for (String name : RECORDED) {
            for (int i = 1; Files.exists(TRACES.resolve(name + "-" + i + ".json")); i++) {
                measure(name, recorded(TRACES.resolve(name + "-" + i + ".json")), real);
            }
            // when
            Scenario scenario = ScenarioReader.read(SCENARIOS.resolve(name + ".yaml"));
            for (int seed = 1; seed <= SEEDS; seed++) {
                measure(
                        name,
                        simulated(ScenarioRunner.run(scenario.withSeed(seed)).history()),
                        simulated);
            }
        }
        // then
        String table = table(real, simulated);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "node-timings.md"), table);
        assertThat(simulated.keySet()).containsExactlyInAnyOrderElementsOf(real.keySet());
        real.forEach((step, durations) -> {
            long median = quantile(Objects.requireNonNull(simulated.get(step)), 0.5);
            // a machine shared by others is late at times and never early
            assertThat(median)
                    .as("median of %s in milliseconds, beside\n%s", step, table)
                    .isBetween(quantile(durations, 0) / 2 - 20, quantile(durations, 0.9) * 6 / 5 + 50);
        });
    }

    private static void measure(String scenario, Observed observed, Map<String, List<Long>> durations) {
        Map<String, List<Row>> byPod = new LinkedHashMap<>();
        for (Row row : observed.rows()) {
            byPod.computeIfAbsent(row.pod(), pod -> new ArrayList<>()).add(row);
        }
        for (List<Row> rows : byPod.values()) {
            if (rows.get(0).type().equals("ADDED")) {
                long created = rows.get(0).at();
                long bound = first(rows, created, Row::scheduled);
                long creating = first(rows, bound, row -> row.reason().equals("ContainerCreating"));
                long running = first(rows, bound, row -> row.state().equals("running"));
                add(durations, "created → bound", created, bound);
                add(durations, "bound → ContainerCreating", bound, creating);
                add(durations, "ContainerCreating → Running", creating, running);
                add(durations, "Running → Ready", running, first(rows, running, Row::ready));
            }
            long asked = first(rows, 0, Row::terminating);
            long ended =
                    first(rows, asked, row -> row.terminating() && row.state().equals("terminated"));
            String which =
                    scenario.equals("prestop_sleep") ? "deletion → exit code, preStop 5 s" : "deletion → exit code";
            add(durations, which, asked, ended);
            add(
                    durations,
                    "exit code → gone",
                    ended,
                    first(rows, ended, row -> row.type().equals("DELETED")));
        }
        measureDeeds(observed, durations);
    }

    private static void measureDeeds(Observed observed, Map<String, List<Long>> durations) {
        int crashes = 0;
        for (Deed deed : observed.deeds()) {
            if (deed.what().equals("crash")) {
                int nth = ++crashes;
                long seen = first(observed.rows(), deed.at(), row -> row.state().equals("terminated"));
                long again = first(
                        observed.rows(),
                        deed.at(),
                        row -> row.restarts() == nth && row.state().equals("running"));
                add(durations, "crash → Error", deed.at(), seen);
                add(durations, "crash " + nth + " → Running again", deed.at(), again);
            } else if (deed.what().equals("ready off")) {
                add(
                        durations,
                        "readiness off → not Ready",
                        deed.at(),
                        first(observed.rows(), deed.at(), row -> !row.ready()));
            } else if (deed.what().equals("ready on")) {
                add(durations, "readiness on → Ready", deed.at(), first(observed.rows(), deed.at(), Row::ready));
            }
        }
    }

    private static long first(List<Row> rows, long from, Predicate<Row> wanted) {
        return rows.stream()
                .filter(row ->
                        from != Times.NONE && row.at() >= from && !row.type().equals("EXISTING"))
                .filter(wanted)
                .mapToLong(Row::at)
                .findFirst()
                .orElse(Times.NONE);
    }

    private static void add(Map<String, List<Long>> durations, String step, long from, long to) {
        if (from != Times.NONE && to != Times.NONE) {
            durations.computeIfAbsent(step, unused -> new ArrayList<>()).add(to - from);
        }
    }

    private static Observed recorded(Path file) throws IOException {
        JsonNode trace = new ObjectMapper().readTree(file.toFile());
        List<Row> rows = new ArrayList<>();
        for (JsonNode row : trace.get("timeline")) {
            rows.add(new Row(
                    row.get("t").asLong(),
                    row.get("type").asText(),
                    row.get("pod").asText(),
                    row.get("scheduled").asBoolean(),
                    row.get("ready").asBoolean(),
                    row.get("terminating").asBoolean(),
                    row.get("containerState").asText(),
                    row.get("reason").asText(),
                    row.get("restarts").asInt()));
        }
        List<Deed> deeds = new ArrayList<>();
        for (JsonNode action : trace.get("actions")) {
            deeds.add(
                    new Deed(action.get("t").asLong(), deed(action.get("action").asText())));
        }
        return new Observed(rows, deeds);
    }

    private static Observed simulated(History history) {
        List<Row> rows = new ArrayList<>();
        for (PodRow row : history.pods()) {
            rows.add(new Row(
                    row.at() / Times.MILLISECOND,
                    row.type(),
                    row.pod(),
                    row.scheduled(),
                    row.ready(),
                    row.terminating(),
                    String.valueOf(row.containerState()),
                    String.valueOf(row.reason()),
                    row.restarts()));
        }
        List<Deed> deeds = history.actions().stream()
                .map(action -> new Deed(action.at() / Times.MILLISECOND, deed(action.verb())))
                .toList();
        return new Observed(rows, deeds);
    }

    private static String deed(String action) {
        return switch (action.replaceAll("[^a-z]", " ")) {
            case "ready disable" -> "ready off";
            case "ready enable" -> "ready on";
            default -> action;
        };
    }

    private static String table(Map<String, List<Long>> real, Map<String, List<Long>> simulated) {
        StringBuilder table = new StringBuilder();
        table.append("| step | recorded: n, min · median · max | simulated: n, min · median · max |\n|---|---|---|\n");
        real.forEach((step, durations) -> table.append("| ")
                .append(step)
                .append(" | ")
                .append(summary(durations))
                .append(" | ")
                .append(summary(simulated.getOrDefault(step, List.of())))
                .append(" |\n"));
        return table.toString();
    }

    private static String summary(List<Long> millis) {
        if (millis.isEmpty()) {
            return "never seen";
        }
        return millis.size() + ", " + seconds(quantile(millis, 0)) + " · " + seconds(quantile(millis, 0.5)) + " · "
                + seconds(quantile(millis, 1));
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }

    private static long quantile(List<Long> values, double share) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get((int) Math.round(share * (sorted.size() - 1)));
    }
}
