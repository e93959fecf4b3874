package dev.wavetank.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EndpointsTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @SuppressWarnings("NullAway.Init")
    private static DemoServer server;

    @BeforeAll
    static void start() throws InterruptedException {
        server = DemoServer.start(Settings.from(Map.of(
                "HOST", "127.0.0.1",
                "PORT", "0",
                "APP_NAME", "fastapi-k8s",
                "POD_NAME", "web-1",
                "NODE_NAME", "node-1",
                "CPU_LIMIT", "1",
                "DATABASE_URL", "redis://secret@redis:6379/0",
                "MAX_STRESS_SECONDS", "0.05",
                "VERSION", "2")));
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @Test
    void a_visitor_is_told_who_answered() throws Exception {
        assertThat(get("/").path("message").asText()).isEqualTo("Hello from fastapi-k8s!");
        assertThat(get("/").path("server").asText()).isEqualTo("web-1");
    }

    @Test
    void readiness_goes_and_comes_as_told_while_the_process_stays_healthy() throws Exception {
        assertThat(status("GET", "/ready")).isEqualTo(200);

        assertThat(status("POST", "/ready/disable")).isEqualTo(200);
        assertThat(status("GET", "/ready")).isEqualTo(503);
        assertThat(status("GET", "/health")).isEqualTo(200);
        assertThat(status("GET", "/")).isEqualTo(200);

        assertThat(status("POST", "/ready/enable")).isEqualTo(200);
        assertThat(status("GET", "/ready")).isEqualTo(200);
    }

    @Test
    void stress_is_cut_to_the_longest_allowed() throws Exception {
        JsonNode answer = get("/stress?seconds=3600");

        assertThat(answer.path("seconds").asDouble()).isEqualTo(0.05);
        assertThat(answer.path("rounds").asLong()).isPositive();
    }

    @Test
    void work_takes_at_least_the_time_it_is_told_to() throws Exception {
        long start = System.nanoTime();
        assertThat(status("GET", "/work?cpuMillis=1&millis=30")).isEqualTo(200);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000L);
    }

    @Test
    void what_the_environment_says_can_be_read_except_for_secrets() throws Exception {
        assertThat(get("/version").toString()).isEqualTo("{\"app\":\"fastapi-k8s\",\"version\":\"2\"}");
        assertThat(get("/info").path("node_name").asText()).isEqualTo("node-1");
        assertThat(get("/info").path("cpu_limit").asText()).isEqualTo("1");
        assertThat(get("/config").path("database").asText()).isEqualTo("configured");
        assertThat(get("/config").toString()).doesNotContain("secret");
    }

    @Test
    void a_bad_number_is_answered_with_what_to_write() throws Exception {
        HttpResponse<String> answer = send("GET", "/stress?seconds=long");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("seconds is \\\"long\\\"; write a number");
    }

    @Test
    void what_is_not_there_is_said_in_json_too() throws Exception {
        HttpResponse<String> answer = send("GET", "/nothing");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).isEqualTo("{\"error\":\"there is no GET /nothing\"}");
    }

    private static JsonNode get(String path) throws IOException, InterruptedException {
        return new ObjectMapper().readTree(send("GET", path).body());
    }

    private static int status(String method, String path) throws IOException, InterruptedException {
        return send(method, path).statusCode();
    }

    private static HttpResponse<String> send(String method, String path) throws IOException, InterruptedException {
        return CLIENT.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
