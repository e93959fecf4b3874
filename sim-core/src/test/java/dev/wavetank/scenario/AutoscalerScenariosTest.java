package dev.wavetank.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.report.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios that teach what VPA, KEDA and Knative do. */
class AutoscalerScenariosTest {

    private static final Path SCENARIOS = Path.of("..", "scenarios", "autoscalers");

    static Stream<Path> scenarios() throws IOException {
        try (Stream<Path> files = Files.list(SCENARIOS)) {
            return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void it_holds_and_gives_the_same_bytes_twice(Path file) {
        RunResult result = ScenarioRunner.run(ScenarioReader.read(file));
        RunResult again = ScenarioRunner.run(ScenarioReader.read(file));
        assertThat(result.verdicts())
                .isNotEmpty()
                .allSatisfy(
                        verdict -> assertThat(verdict.held()).as("%s", verdict).isTrue());
        assertThat(TraceWriter.sha256(again)).isEqualTo(TraceWriter.sha256(result));
    }

    @Test
    void right_sizing_saves_two_thirds_of_the_core_hours() {
        RunResult result = ScenarioRunner.run(ScenarioReader.read(SCENARIOS.resolve("vpa-right-size.yaml")));
        // three pods of one core for a day are 72
        assertThat(result.history().cost().coreHours()).isBetween(10.0, 24.0);
    }

    @Test
    void an_hpa_and_a_vpa_on_the_same_metric_are_warned_of() {
        Scenario both = ScenarioReader.read(SCENARIOS.resolve("hpa-and-vpa.yaml"));
        assertThat(both.warnings()).singleElement().asString().contains("both act on cpu of Deployment web");
        assertThat(ScenarioReader.read(SCENARIOS.resolve("vpa-off.yaml")).warnings())
                .isEmpty();
        assertThat(ScenarioReader.read(SCENARIOS.resolve("vpa-auto.yaml")).warnings())
                .singleElement()
                .asString()
                .contains("updateMode Auto is deprecated");
    }

    @Test
    void decisions_can_be_read_with_their_arithmetic() {
        RunResult result = ScenarioRunner.run(
                ScenarioReader.read(SCENARIOS.resolve("vpa-auto.yaml")).explained());
        assertThat(result.decisions())
                .anySatisfy(decision -> assertThat(decision.text())
                        .matches("recommends for app: cpu [0-9]+m \\(p90 [0-9]+m \\+ 15 % = [0-9]+m\\).*samples"))
                .anySatisfy(decision -> assertThat(decision.text()).contains("outside range, requests are"));
    }
}
