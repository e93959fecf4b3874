package dev.wavetank.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EndOfProcessTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @Test
    void a_crash_is_answered_and_then_the_process_ends_with_status_1() throws Exception {
        try (DemoProcess process = DemoProcess.start(Map.of())) {
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(process.url("/crash")))
                            .POST(BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());

            assertThat(answer.body()).isEqualTo("{\"status\":\"crashing\"}");
            assertThat(process.exitStatus()).isEqualTo(1);
        }
    }

    @Test
    void a_request_that_is_being_served_is_answered_after_sigterm_and_the_status_is_0() throws Exception {
        try (DemoProcess process = DemoProcess.start(Map.of("DRAIN_MS", "500"))) {
            CompletableFuture<HttpResponse<String>> answer = CLIENT.sendAsync(
                    HttpRequest.newBuilder(URI.create(process.url("/work?millis=1500")))
                            .build(),
                    BodyHandlers.ofString());
            process.sigterm();

            assertThat(answer.get(20, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
            assertThat(process.exitStatus()).isZero();
        }
    }

    @Test
    void it_goes_on_serving_for_the_time_it_is_told_to_drain() throws Exception {
        try (DemoProcess process = DemoProcess.start(Map.of("DRAIN_MS", "1500"))) {
            process.sigterm();
            long start = System.nanoTime();
            HttpResponse<String> answer = CLIENT.send(
                    HttpRequest.newBuilder(URI.create(process.url("/"))).build(), BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(process.exitStatus()).isZero();
            assertThat(System.nanoTime() - start).isGreaterThan(1_000_000_000L);
        }
    }
}
