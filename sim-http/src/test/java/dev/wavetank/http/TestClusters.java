package dev.wavetank.http;

import dev.wavetank.scenario.ScenarioReader;
import dev.wavetank.scenario.ScenarioRunner;
import java.nio.file.Path;
import java.util.Map;

/** Clusters to serve in tests. */
public final class TestClusters {

    private TestClusters() {}

    /** The tutorial's demo service, five pods behind a load balancer, settled. */
    public static ScenarioRunner.Staged demo() {
        return ScenarioRunner.stage(ScenarioReader.read(Path.of("src/test/resources/demo.yaml"), Map.of())
                .explained());
    }
}
