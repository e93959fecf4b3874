package dev.wavetank.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every mistake gets one message that names place, cause and cure. */
class ScenarioReaderTest {

    private static final String MANIFEST = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 2
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec:
                  containers: [{name: web, image: "web:1"}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              selector: {app: web}
              ports: [{port: 80}]
            """;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void writeManifest() throws IOException {
        Files.writeString(folder.resolve("app.yaml"), MANIFEST);
    }

    @Test
    void a_missing_file_is_named() {
        InputException wrong =
                catchThrowableOfType(InputException.class, () -> ScenarioReader.read(folder.resolve("nowhere.yaml")));
        assertThat(wrong).hasMessageContaining("nowhere.yaml:1:1: there is no such file");
    }

    @Test
    void broken_yaml_is_shown_where_it_breaks() {
        assertThat(mistakesIn("kind: Scenario\nspec: [1, 2\n")).contains("s.yaml:3:1: not valid YAML");
    }

    @Test
    void a_tab_is_explained() {
        assertThat(mistakesIn("kind: Scenario\nspec:\n\tduration: 5s\n")).contains("Indent with spaces");
    }

    @Test
    void a_key_that_is_there_twice_is_refused() {
        assertThat(mistakesIn("kind: Scenario\nkind: Scenario\n"))
                .contains("twice")
                .contains("2:1");
    }

    @Test
    void an_unknown_key_gets_a_suggestion() {
        assertThat(mistakesIn(scenario("  durration: 60s")))
                .contains("s.yaml:6:3: unknown key \"durration\"")
                .contains("Did you mean \"duration\"?");
    }

    @Test
    void a_negative_replica_count_is_refused() {
        assertThat(mistakesIn(scenario("  steps: [{at: 1s, scale: {deployment: web, replicas: -3}}]")))
                .contains("s.yaml:6:45: replicas is -3, which is below 0");
    }

    @Test
    void a_duration_in_parsecs_is_refused() {
        assertThat(mistakesIn(scenario("  duration: 5 parsecs")))
                .contains("s.yaml:6:3: duration: \"5 parsecs\" is not a duration")
                .contains("500ms");
    }

    @Test
    void a_step_that_names_no_deployment_of_ours_gets_a_suggestion() {
        assertThat(mistakesIn(scenario("  steps: [{at: 1s, scale: {deployment: wbe, replicas: 3}}]")))
                .contains("there is no Deployment wbe among the manifests")
                .contains("Did you mean \"web\"?");
    }

    @Test
    void a_step_with_an_unknown_verb_gets_a_suggestion() {
        assertThat(mistakesIn(scenario("  steps: [{at: 1s, scael: {deployment: web, replicas: 3}}]")))
                .contains("unknown key \"scael\"")
                .contains("Did you mean \"scale\"?");
    }

    @Test
    void a_client_of_a_service_that_is_not_there_gets_a_suggestion() {
        assertThat(mistakesIn(scenario("  clients: [{name: c, service: webb, load: [{constant: {rate: 1/s}}]}]")))
                .contains("there is no Service webb among the manifests")
                .contains("Did you mean \"web\"?");
    }

    @Test
    void a_service_that_selects_nothing_is_shown_in_the_manifest() throws IOException {
        Files.writeString(
                folder.resolve("app.yaml"),
                MANIFEST.replace("selector: {app: web}\n  ports", "selector: {app: wbe}\n  ports"));
        assertThat(mistakesIn(scenario("  duration: 5s")))
                .contains("app.yaml:16:3: the Service web selects {app=wbe}, which no pod of the manifests carries");
    }

    @Test
    void a_service_of_a_workload_that_is_not_simulated_is_fine() throws IOException {
        Files.writeString(
                folder.resolve("app.yaml"),
                MANIFEST.replace("apps/v1\nkind: Deployment", "apps/v1\nkind: StatefulSet"));
        Files.writeString(folder.resolve("s.yaml"), scenario("  duration: 5s"));
        assertThat(ScenarioReader.read(folder.resolve("s.yaml")).notSimulated()).contains("StatefulSet web");
    }

    @Test
    void a_selector_that_does_not_match_its_template_is_shown_in_the_manifest() throws IOException {
        Files.writeString(
                folder.resolve("app.yaml"), MANIFEST.replace("matchLabels: {app: web}", "matchLabels: {app: other}"));
        assertThat(mistakesIn(scenario("  duration: 5s")))
                .contains("app.yaml:6:3: the selector {app=other} does not match the template's labels {app=web}");
    }

    @Test
    void a_field_kubernetes_does_not_know_gets_a_suggestion() throws IOException {
        Files.writeString(folder.resolve("app.yaml"), MANIFEST.replace("replicas: 2", "replica: 2"));
        assertThat(mistakesIn(scenario("  duration: 5s")))
                .contains("app.yaml:5:3: Kubernetes knows no field \"replica\" here")
                .contains("Did you mean \"replicas\"?");
    }

    @Test
    void a_manifest_that_is_not_there_is_named_with_what_lies_beside_it() {
        assertThat(mistakesIn(scenario("  duration: 5s").replace("app.yaml", "ap.yaml")))
                .contains("there is no manifest ap.yaml")
                .contains("there is app.yaml beside it");
    }

    @Test
    void all_mistakes_are_found_at_once() {
        InputException wrong = read(scenario(
                "  duration: 5 parsecs\n  sed: 4\n  steps: [{at: 1s, scale: {deployment: web, replicas: -1}}]"));
        assertThat(wrong.mistakes()).hasSize(3);
    }

    @Test
    void what_is_not_simulated_is_kept_and_named_once() throws IOException {
        Files.writeString(
                folder.resolve("app.yaml"),
                MANIFEST.replace("containers:", "affinity: {}\n      hostNetwork: false\n      containers:"));
        Files.writeString(folder.resolve("s.yaml"), scenario("  duration: 5s"));
        Scenario scenario = ScenarioReader.read(folder.resolve("s.yaml"));
        assertThat(scenario.notSimulated()).contains("Deployment spec.template.spec.hostNetwork");
    }

    @Test
    void a_scenario_that_asks_for_an_endless_flood_is_refused() {
        assertThat(
                        mistakesIn(
                                scenario(
                                        "  duration: 8000h\n  clients: [{name: c, service: web, load: [{constant: {rate: 1000000/s}}]}]")))
                .contains("would send");
    }

    private static String scenario(String spec) {
        return "apiVersion: wavetank.dev/v1\nkind: Scenario\nmetadata: {name: s}\nspec:\n  manifests: [app.yaml]\n"
                + spec + "\n";
    }

    private String mistakesIn(String text) {
        return String.valueOf(read(text).getMessage());
    }

    private InputException read(String text) {
        try {
            Files.writeString(folder.resolve("s.yaml"), text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return catchThrowableOfType(InputException.class, () -> ScenarioReader.read(folder.resolve("s.yaml")));
    }
}
