package dev.wavetank.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as scripts see it: what goes to which stream, and the exit status. */
class WavetankTest {

    private static final String SCALE_UP =
            Path.of("..", "scenarios", "scale-up.yaml").toString();
    private static final String ROUND_ROBIN =
            Path.of("..", "scenarios", "round-robin.yaml").toString();

    @TempDir
    private Path folder = Path.of("");

    private record Outcome(int status, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out);
        }
    }

    private static Outcome wavetank(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Wavetank.execute(args, Terminal.into(out, err));
        return new Outcome(status, out.toString(), err.toString());
    }

    @Test
    void a_run_that_holds_tells_its_story_and_exits_with_zero() {
        Outcome run = wavetank("run", SCALE_UP);
        assertThat(run.status()).isZero();
        assertThat(run.out())
                .contains("scale deployment/fastapi-k8s to 10")
                .contains("client curl: 2,400 sent")
                .contains("7 of 7 expectations held · seed 42")
                .containsPattern("trace sha256 [0-9a-f]{64}")
                .doesNotContain("\u001b");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void programs_get_one_json_document() throws IOException {
        JsonNode document =
                wavetank("run", ROUND_ROBIN, SCALE_UP, "--output", "json").json();
        assertThat(document.path("held").asBoolean()).isTrue();
        assertThat(document.path("runs")).hasSize(2);
        JsonNode traffic = document.path("runs").get(0).path("traffic").get(0);
        assertThat(traffic.path("answered").asInt()).isEqualTo(60);
        assertThat(traffic.path("perPod")).hasSize(3);
    }

    @Test
    void an_expectation_that_fails_exits_with_one() throws IOException {
        Path scenario = folder.resolve("hopeful.yaml");
        String text = Files.readString(Path.of(ROUND_ROBIN))
                .replace(
                        "[three-pods.yaml]",
                        "[" + Path.of("..", "scenarios", "three-pods.yaml").toAbsolutePath() + "]")
                .replace("answered == 60", "answered == 61");
        Files.writeString(scenario, text);
        Outcome run = wavetank("run", scenario.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("\u2718 at 8s: clients.curl.answered == 61");
    }

    @Test
    void the_trace_is_written_and_is_the_one_whose_digest_is_printed() throws Exception {
        Path trace = folder.resolve("trace.json");
        Outcome run = wavetank("run", SCALE_UP, "--trace", trace.toString(), "--output", "json");
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(trace));
        assertThat(run.json().path("runs").get(0).path("traceSha256").asText())
                .isEqualTo(java.util.HexFormat.of().formatHex(digest));
        JsonNode written = new ObjectMapper().readTree(trace.toFile());
        assertThat(written.path("format").asText()).isEqualTo("wavetank.trace/v1");
        assertThat(written.path("requests")).hasSize(2_399);
        assertThat(written.path("timeline").get(0).path("type").asText()).isEqualTo("EXISTING");
    }

    @Test
    void a_seed_and_single_values_can_be_replaced() throws IOException {
        JsonNode run = wavetank(
                        "run",
                        ROUND_ROBIN,
                        "--seed",
                        "9",
                        "--set",
                        "clients.0.load.0.constant.requests=6",
                        "--set",
                        "expect=[]",
                        "--output",
                        "json")
                .json()
                .path("runs")
                .get(0);
        assertThat(run.path("seed").asInt()).isEqualTo(9);
        assertThat(run.path("traffic").get(0).path("sent").asInt()).isEqualTo(6);
    }

    @Test
    void bad_input_gets_place_cause_and_cure_and_no_stack_trace() throws IOException {
        Path scenario = folder.resolve("bad.yaml");
        Files.writeString(
                scenario, "apiVersion: wavetank.dev/v1\nkind: Scenario\nmetadata: {name: x}\nspec: {dration: 5s}\n");
        Outcome run = wavetank("run", scenario.toString());
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err())
                .contains("bad.yaml:4:8: unknown key \"dration\"")
                .contains("Did you mean \"duration\"?")
                .doesNotContain("\tat ");
    }

    @Test
    void bad_usage_exits_with_two() {
        assertThat(wavetank("run").status()).isEqualTo(2);
        assertThat(wavetank("rnu", SCALE_UP).err()).contains("Did you mean: wavetank run?");
        assertThat(wavetank("run", SCALE_UP, "--speed", "warp").err())
                .contains("write max, realtime, or a multiple such as 10x");
        assertThat(wavetank().status()).isEqualTo(2);
        assertThat(wavetank("run", SCALE_UP, ROUND_ROBIN, "--trace", "x.json").status())
                .isEqualTo(2);
    }

    @Test
    void conformance_counts_topic_by_topic() throws IOException {
        Path topic = Files.createDirectory(folder.resolve("workloads"));
        Files.copy(Path.of("..", "conformance", "workloads", "slow-start.json"), topic.resolve("slow-start.json"));
        Files.writeString(
                topic.resolve("from-mars.json"), "{\"cases\":[{\"name\":\"x\",\"input\":{},\"expected\":{}}]}");
        Outcome run = wavetank("conformance", "--vectors", folder.toString(), "--output", "json");
        assertThat(run.status()).isEqualTo(1);
        JsonNode topics = run.json().path("topics");
        assertThat(topics).hasSize(2);
        assertThat(topics.get(0).path("topic").asText()).isEqualTo("workloads/from-mars");
        assertThat(topics.get(0).path("agree").asInt()).isZero();
        assertThat(topics.get(1).path("topic").asText()).isEqualTo("workloads/slow-start");
        assertThat(topics.get(1).path("agree").asInt()).isEqualTo(300);
    }

    @Test
    void explain_says_why_a_pod_was_deleted() throws IOException {
        Outcome all = wavetank("explain", SCALE_UP, "--at", "35s", "--output", "json");
        assertThat(all.status()).isZero();
        JsonNode deleted = all.json().findParents("actor").stream()
                .filter(node -> node.path("actor").asText().equals("ReplicaSetController"))
                .findFirst()
                .orElseThrow();
        assertThat(deleted.path("text").asText())
                .contains("10 active pods, 3 wanted")
                .contains(" before pod-");
        String pod = deleted.path("about").asText().split(" ", -1)[0];
        Outcome one = wavetank("explain", SCALE_UP, "--pod", pod);
        assertThat(one.out()).contains(pod + " (").contains("ReplicaSetController");
        assertThat(wavetank("explain", SCALE_UP, "--pod", "pod-99").status()).isEqualTo(1);
    }

    @Test
    void vectors_that_are_not_there_are_bad_input() {
        assertThat(wavetank("conformance", "--vectors", folder.resolve("none").toString())
                        .status())
                .isEqualTo(2);
    }

    @Test
    void help_and_version_are_there_for_every_command() {
        assertThat(wavetank("--help").out()).contains("run", "conformance", "version");
        assertThat(wavetank("run", "--help").out()).contains("--seed", "--trace", "Exit codes:");
        assertThat(wavetank("version").out()).contains("Kubernetes 1.36");
    }
}
