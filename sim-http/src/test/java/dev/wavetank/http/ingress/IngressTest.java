package dev.wavetank.http.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wavetank.http.ServerOptions;
import dev.wavetank.http.TestClusters;
import dev.wavetank.http.WavetankServer;
import dev.wavetank.http.host.Speed;
import dev.wavetank.network.AppServer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class IngressTest {

    private static final String NAME = "fastapi-k8s";

    private WavetankServer server;
    private int port;

    @BeforeEach
    void start() throws IOException {
        server = WavetankServer.start(TestClusters.demo(), ServerOptions.STANDARD.withSpeed(Speed.times(20)));
        port = server.ingress().opened().get(0).port();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void every_new_connection_is_answered_by_a_pod_that_kube_proxy_picked() throws IOException {
        Map<String, Integer> answers = new TreeMap<>();
        for (int i = 0; i < 200; i++) {
            JsonNode answer = get("/");
            assertThat(answer.path("message").asText()).isEqualTo("Hello from fastapi-k8s!");
            answers.merge(answer.path("server").asText(), 1, Integer::sum);
        }
        assertThat(answers).hasSize(5);
        assertThat(answers.values()).allMatch(count -> count >= 15);
    }

    @Test
    void a_kept_connection_stays_with_its_pod() throws IOException {
        try (RawHttp client = new RawHttp(port)) {
            String first = client.get("/").path("server").asText();
            for (int i = 0; i < 10; i++) {
                assertThat(client.get("/").path("server").asText()).isEqualTo(first);
            }
        }
    }

    @Test
    void a_crash_is_answered_and_then_the_container_restarts() throws IOException {
        server.advance(Duration.ofSeconds(10));
        assertThat(send("POST", "/crash").path("status").asText()).isEqualTo("crashing");
        await(() -> server.host()
                .call(cluster -> cluster.podsOf(NAME).stream()
                        .anyMatch(pod -> pod.status().containerStatuses().get(0).restartCount() == 1)));
    }

    @Test
    void readiness_turned_off_takes_the_pod_out_of_the_service() throws IOException {
        String pod = send("POST", "/ready/disable").path("server").asText();
        await(() -> server.host()
                .call(cluster -> cluster.podsOf(NAME).stream()
                        .anyMatch(each -> each.name().equals(pod) && !each.isReady())));
        server.advance(Duration.ofSeconds(2));
        for (int i = 0; i < 50; i++) {
            assertThat(get("/").path("server").asText()).isNotEqualTo(pod);
        }
    }

    @Test
    void without_pods_connections_are_refused_and_with_pods_they_are_taken_again() throws IOException {
        server.host().run(cluster -> cluster.scale(NAME, 0));
        server.settle(Duration.ofMinutes(2));
        await(() -> !server.ingress().opened().get(0).accepting());
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(ConnectException.class);
        server.host().run(cluster -> cluster.scale(NAME, 2));
        server.settle(Duration.ofMinutes(2));
        await(() -> server.ingress().opened().get(0).accepting());
        assertThat(server.ingress().opened().get(0).port()).isEqualTo(port);
        assertThat(get("/").path("server").asText()).startsWith(NAME);
    }

    @Test
    void a_pod_that_dies_resets_the_connections_it_holds() throws IOException {
        try (RawHttp client = new RawHttp(port)) {
            String pod = client.get("/").path("server").asText();
            AppServer process = server.host()
                    .call(cluster -> cluster.podsOf(NAME).stream()
                            .filter(each -> each.name().equals(pod))
                            .map(cluster::processOf)
                            .findFirst()
                            .orElseThrow());
            server.host().run(cluster -> process.setHung(true));
            client.send("/");
            await(() -> server.host().call(cluster -> process.inFlight()) == 1);
            server.host().run(cluster -> process.crash(1));
            assertThatThrownBy(client::read).isInstanceOf(SocketException.class).hasMessageContaining("reset");
        }
    }

    @Test
    void while_time_stands_still_nothing_is_answered() throws Exception {
        server.host().pause();
        try (RawHttp client = new RawHttp(port)) {
            client.send("/");
            client.timeout(200);
            assertThatThrownBy(client::read).hasMessageContaining("timed out");
            client.timeout(10_000);
            server.host().resume();
            assertThat(client.read().path("server").asText()).startsWith(NAME);
        }
    }

    @Test
    void another_page_may_not_crash_a_pod() throws IOException {
        try (RawHttp client = new RawHttp(port)) {
            client.send("/crash", "Origin: http://evil.example\r\n");
            assertThat(client.status()).isEqualTo(403);
        }
    }

    private JsonNode get(String path) throws IOException {
        try (RawHttp client = new RawHttp(port)) {
            return client.get(path);
        }
    }

    private JsonNode send(String method, String path) throws IOException {
        return new ObjectMapper().readTree(open(method, path).getInputStream());
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        HttpURLConnection connection = (HttpURLConnection)
                URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
        connection.setRequestMethod(method);
        return connection;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited in vain").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }
}
