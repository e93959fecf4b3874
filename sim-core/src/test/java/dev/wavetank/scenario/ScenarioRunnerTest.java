package dev.wavetank.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.cluster.History.PodRow;
import dev.wavetank.network.Traffic;
import dev.wavetank.report.TraceWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The shipped scenarios, run from end to end. */
class ScenarioRunnerTest {

    private static final Path SCENARIOS = Path.of("..", "scenarios");

    @Test
    void scaling_up_makes_pods_pending_then_running_then_ready() {
        // when
        RunResult result = run("scale-up.yaml", 42);
        // then
        assertThat(result.held()).as("%s", result.verdicts()).isTrue();
        List<PodRow> sixth = result.history().pods().stream()
                .filter(row -> row.pod().equals("pod-6"))
                .toList();
        assertThat(sixth.stream().map(PodRow::phase)).startsWith("Pending", "Pending", "Pending", "Running");
        assertThat(sixth.stream().map(PodRow::ready).findFirst()).contains(false);
        assertThat(sixth.stream().anyMatch(PodRow::ready)).isTrue();
    }

    @Test
    void shrinking_deletes_seven_of_ten_and_each_leaves_with_exit_code_zero() {
        RunResult result = run("scale-up.yaml", 42);
        Set<String> gone = result.history().pods().stream()
                .filter(row -> row.type().equals("DELETED"))
                .map(PodRow::pod)
                .collect(Collectors.toSet());
        assertThat(gone).hasSize(7);
        assertThat(result.history().pods().stream()
                        .filter(row -> row.exitCode() != null)
                        .map(PodRow::exitCode))
                .isNotEmpty()
                .containsOnly(0);
    }

    @Test
    void every_request_is_accounted_for() {
        for (Traffic traffic : run("scale-up.yaml", 42).traffic()) {
            assertThat(traffic.sent()).isEqualTo(traffic.answered() + traffic.failed() + traffic.inFlight());
            assertThat(traffic.inFlight()).isNotNegative();
            assertThat(traffic.answeredByPod().values().stream()
                            .mapToLong(count -> count)
                            .sum())
                    .isEqualTo(traffic.answered());
            assertThat(traffic.latency().getTotalCount()).isEqualTo(traffic.answered());
        }
    }

    @Test
    void sixty_requests_go_to_three_pods() {
        Traffic traffic = run("round-robin.yaml", 7).traffic().get(0);
        assertThat(traffic.answered()).isEqualTo(60);
        assertThat(traffic.answeredByPod()).hasSize(3);
    }

    @Test
    void the_same_seed_gives_the_same_bytes() {
        assertThat(TraceWriter.sha256(run("scale-up.yaml", 42)))
                .isEqualTo(TraceWriter.sha256(run("scale-up.yaml", 42)));
    }

    @Test
    void another_seed_sends_the_odd_request_elsewhere() {
        assertThat(run("round-robin.yaml", 8).traffic().get(0).answeredByPod().values())
                .isNotEqualTo(run("round-robin.yaml", 7)
                        .traffic()
                        .get(0)
                        .answeredByPod()
                        .values());
    }

    private static RunResult run(String file, long seed) {
        return ScenarioRunner.run(ScenarioReader.read(SCENARIOS.resolve(file)).withSeed(seed));
    }
}
