package dev.wavetank.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.report.TraceWriter;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scenarios that teach what autoscalers do, except for the one that takes a day. */
class HpaScenariosTest {

    private static final Path SCENARIOS = Path.of("..", "scenarios");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hpa-cpu-limit.yaml",
                "hpa-flapping.yaml",
                "hpa-no-requests.yaml",
                "hpa-outage.yaml",
                "hpa-queue.yaml",
                "hpa-rollout.yaml",
                "hpa-start-up.yaml",
                "hpa-step-load.yaml"
            })
    void it_holds_and_gives_the_same_bytes_twice(String file) {
        RunResult result = ScenarioRunner.run(ScenarioReader.read(SCENARIOS.resolve(file)));
        RunResult again = ScenarioRunner.run(ScenarioReader.read(SCENARIOS.resolve(file)));
        assertThat(result.verdicts())
                .allSatisfy(
                        verdict -> assertThat(verdict.held()).as("%s", verdict).isTrue());
        assertThat(TraceWriter.sha256(again)).isEqualTo(TraceWriter.sha256(result));
    }
}
