package dev.wavetank.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.report.metrics.PrometheusText;
import dev.wavetank.scenario.RunResult;
import dev.wavetank.scenario.ScenarioReader;
import dev.wavetank.scenario.ScenarioRunner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/** Runs as programs read them: JUnit XML, a stream of events, Prometheus text, and the data inside the report. */
class ResultFormatsTest {

    private static final Path SCENARIOS = Path.of("..", "scenarios");

    private static RunResult run(String scenario, Map<String, String> overrides) {
        return ScenarioRunner.run(
                ScenarioReader.read(SCENARIOS.resolve(scenario), overrides).explained());
    }

    private static ReportSource source(RunResult result) {
        return ReportSource.of(
                result,
                TraceWriter.sha256(result),
                "./wavetank run " + result.scenario().name());
    }

    private static Element xml(ReportSource source) throws Exception {
        JUnitXml suites = new JUnitXml();
        suites.add(source, 1_500_000_000);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        suites.write(out);
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(out.toByteArray()))
                .getDocumentElement();
    }

    private static String metrics(RunResult result) throws IOException {
        PrometheusText families = new PrometheusText();
        families.add(source(result));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        families.write(out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void each_expectation_is_a_test_case_and_a_broken_one_fails_as_it_is_printed() throws Exception {
        RunResult broken = run("round-robin.yaml", Map.of("expect", "[]", "thresholds", "[clients.curl.sent < 7]"));
        Element suite =
                (Element) xml(source(broken)).getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("name")).isEqualTo("round-robin");
        assertThat(suite.getAttribute("tests")).isEqualTo("1");
        assertThat(suite.getAttribute("failures")).isEqualTo("1");
        assertThat(suite.getAttribute("time")).isEqualTo("1.500");
        Element failure = (Element) suite.getElementsByTagName("failure").item(0);
        assertThat(failure.getAttribute("message")).contains("\u2718 in the end: clients.curl.sent < 7");
    }

    @Test
    void characters_xml_cannot_hold_are_left_out() throws Exception {
        ReportSource run = source(run("round-robin.yaml", Map.of()));
        ReportSource odd = new ReportSource(
                "<a> & \"b\" \u0000\u0007]]>",
                "",
                "",
                1,
                1,
                run.history(),
                run.traffic(),
                run.verdicts(),
                run.decisions(),
                "it \u001b[31mended\ud83d\ude00",
                ImmutableSet.of(),
                "",
                "");
        Element suites = xml(odd);
        Element suite = (Element) suites.getElementsByTagName("testsuite").item(0);
        assertThat(suite.getAttribute("name")).isEqualTo("<a> & \"b\" ]]>");
        assertThat(suites.getTextContent()).contains("ended early: it [31mended\ud83d\ude00");
    }

    @Test
    void the_stream_tells_the_run_in_the_order_of_time_and_ends_with_the_result() {
        List<ObjectNode> lines = EventStream.of(run("scale-up.yaml", Map.of()), "cafe");
        assertThat(lines.get(0).path("type").asText()).isEqualTo("run");
        assertThat(lines)
                .isSortedAccordingTo(java.util.Comparator.comparingLong(
                        line -> line.path("t").asLong()));
        assertThat(lines)
                .extracting(line -> line.path("type").asText())
                .contains("step", "pod", "deployment", "event", "decision", "expectation")
                .last()
                .isEqualTo("result");
        assertThat(lines.get(lines.size() - 1).path("traceSha256").asText()).isEqualTo("cafe");
        JsonNode deletion = lines.stream()
                .filter(line -> line.path("actor").asText().equals("ReplicaSetController"))
                .findFirst()
                .orElseThrow();
        assertThat(deletion.path("outcome").asText()).isEqualTo("deleted");
        assertThat(deletion.path("because").asText()).startsWith("10 active pods, 3 wanted; pod-");
    }

    @Test
    void metrics_have_the_names_dashboards_ask_for() throws IOException {
        String text = metrics(run("scale-up.yaml", Map.of()));
        assertThat(text)
                .contains("kube_deployment_status_replicas_ready{deployment=\"fastapi-k8s\",namespace=\"default\","
                        + "scenario=\"scale-up\"} 3.0")
                .contains("# TYPE kube_pod_container_status_restarts_total counter")
                .contains("kubelet_running_pods{node=\"docker-desktop\",scenario=\"scale-up\"} 3.0")
                .contains("wavetank_requests_total{client=\"curl\",outcome=\"answered\",scenario=\"scale-up\"} 2399.0")
                .contains(
                        "wavetank_request_duration_seconds_bucket{client=\"curl\",scenario=\"scale-up\",le=\"+Inf\"} 2399");
    }

    @Test
    void a_report_asked_for_afterwards_shows_the_same_requests_as_one_that_was_kept_on_the_way() {
        ObjectNode kept = ReportData.of(source(run("scale-up.yaml", Map.of())));
        RunResult plain = ScenarioRunner.run(ScenarioReader.read(SCENARIOS.resolve("scale-up.yaml"), Map.of()));
        ObjectNode afterwards = ReportData.of(source(plain));
        assertThat(afterwards.path("clients")).isEqualTo(kept.path("clients"));
        assertThat(afterwards.path("workloads")).isEqualTo(kept.path("workloads"));
        assertThat(afterwards.path("traceSha256")).isEqualTo(kept.path("traceSha256"));
        assertThat(kept.path("decisions")).isNotEmpty();
        assertThat(afterwards.path("decisions")).isEmpty();
    }

    @Test
    void points_of_a_client_add_up_to_its_account() {
        JsonNode client = ReportData.of(source(run("retry-storm.yaml", Map.of())))
                .path("clients")
                .get(0);
        double span = client.path("span").get(0).asDouble();
        double answers = 0;
        for (JsonNode rate : client.path("answers")) {
            answers += rate.asDouble() * span;
        }
        assertThat(answers)
                .isCloseTo(client.path("answered").asDouble(), org.assertj.core.data.Percentage.withPercentage(2));
    }
}
