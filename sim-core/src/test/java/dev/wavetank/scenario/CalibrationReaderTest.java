package dev.wavetank.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wavetank.engine.Distribution;
import dev.wavetank.model.Delay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CalibrationReaderTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void write_a_calibration() throws IOException {
        write("slow.yaml", """
            apiVersion: wavetank.dev/v1
            kind: Calibration
            metadata: {name: slow}
            delays: {runtime.sandbox: 2s, runtime.create: 1s}
            """);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Scenario scenario(String cluster) throws IOException {
        return ScenarioReader.read(write("scenario.yaml", """
            apiVersion: wavetank.dev/v1
            kind: Scenario
            metadata: {name: test}
            spec: {cluster: %s}
            """.formatted(cluster)));
    }

    @Test
    void delays_of_the_calibration_take_the_place_of_the_defaults() throws IOException {
        Scenario scenario = scenario("{calibration: slow.yaml}");
        assertThat(scenario.cluster().delays().of(Delay.RUNTIME_SANDBOX)).isEqualTo(Distribution.parse("2s"));
        assertThat(scenario.cluster().delays().of(Delay.PROBE)).isEqualTo(Distribution.parse(Delay.PROBE.standard()));
    }

    @Test
    void what_the_scenario_says_itself_comes_first() throws IOException {
        Scenario scenario = scenario("{calibration: slow.yaml, delays: {runtime.sandbox: 3s}}");
        assertThat(scenario.cluster().delays().of(Delay.RUNTIME_SANDBOX)).isEqualTo(Distribution.parse("3s"));
        assertThat(scenario.cluster().delays().of(Delay.RUNTIME_CREATE)).isEqualTo(Distribution.parse("1s"));
    }

    @Test
    void an_unknown_delay_is_told_with_its_place_and_the_nearest_name() throws IOException {
        write("typo.yaml", """
            apiVersion: wavetank.dev/v1
            kind: Calibration
            delays:
              runtime.sandbux: 2s
            """);
        assertThatThrownBy(() -> scenario("{calibration: typo.yaml}"))
                .hasMessageContaining("typo.yaml:4:3")
                .hasMessageContaining("runtime.sandbox");
    }

    @Test
    void a_calibration_that_is_not_there_is_a_mistake() {
        assertThatThrownBy(() -> scenario("{calibration: nowhere.yaml}"))
                .hasMessageContaining("there is no calibration nowhere.yaml");
    }
}
