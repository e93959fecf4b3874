package dev.wavetank.demo.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LoadGeneratorTest {

    @Test
    void without_keep_alive_every_request_has_a_connection_of_its_own() throws Exception {
        Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();
        HttpServer server = server(clientPorts);

        List<Outcome> outcomes = send(url(server), false, Arrivals.constant(200, 0.1));

        assertThat(outcomes).hasSize(20).allMatch(outcome -> "web-1".equals(outcome.pod()));
        assertThat(clientPorts).hasSize(20);
        server.stop(0);
    }

    @Test
    void with_keep_alive_requests_that_do_not_overlap_share_one() throws Exception {
        Set<Integer> clientPorts = ConcurrentHashMap.newKeySet();
        HttpServer server = server(clientPorts);

        List<Outcome> outcomes =
                send(url(server), true, List.of(0L, 200_000_000L, 400_000_000L).iterator());

        assertThat(outcomes).hasSize(3).allMatch(outcome -> outcome.error() == null);
        assertThat(clientPorts).hasSize(1);
        server.stop(0);
    }

    @Test
    void requests_are_sent_when_due_even_if_none_is_answered() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            List<Outcome> outcomes = send(
                    URI.create(
                            "http://" + silent.getInetAddress().getHostAddress() + ":" + silent.getLocalPort() + "/"),
                    false,
                    Arrivals.constant(50, 0.2));

            assertThat(outcomes).hasSize(10).allMatch(outcome -> "timeout".equals(outcome.error()));
            assertThat(outcomes).allMatch(outcome -> outcome.sentMillis() < 400);
        }
    }

    @Test
    void nobody_listening_is_called_refused() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(send(URI.create("http://127.0.0.1:" + port + "/"), false, Arrivals.constant(100, 0.01)))
                .singleElement()
                .matches(outcome -> "refused".equals(outcome.error()));
    }

    @Test
    void a_connection_that_ends_before_the_answer_is_called_reset() throws Exception {
        try (ServerSocket rude = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread closer = new Thread(() -> {
                try (Socket socket = rude.accept()) {
                    Objects.requireNonNull(socket.getInputStream()).read();
                } catch (IOException e) {
                    // closing is all that is asked of it
                }
            });
            closer.start();
            assertThat(send(
                            URI.create("http://127.0.0.1:" + rude.getLocalPort() + "/"),
                            false,
                            Arrivals.constant(100, 0.01)))
                    .singleElement()
                    .matches(outcome -> "reset".equals(outcome.error()));
            closer.join();
        }
    }

    @Test
    void an_answer_that_says_it_failed_is_a_failure_with_its_status() throws Exception {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        server.start();

        assertThat(send(url(server), false, Arrivals.constant(100, 0.01)))
                .singleElement()
                .matches(outcome -> "http 503".equals(outcome.error()));
        server.stop(0);
    }

    @Test
    void a_rate_of_40_for_a_tenth_of_a_second_is_four_requests_25_ms_apart() {
        assertThat(moments(Arrivals.constant(40, 0.1))).containsExactly(0L, 25_000_000L, 50_000_000L, 75_000_000L);
    }

    @Test
    void listed_moments_are_read_line_by_line_and_must_not_go_back() {
        assertThat(moments(listed("0\n1.5\n\n7\n"))).containsExactly(0L, 1_500_000L, 7_000_000L);
        assertThatThrownBy(() -> moments(listed("5\n\n4\n")))
                .hasMessage(
                        "line 3: \"4\" is not a moment; write milliseconds since the start, not before the line above.");
    }

    private static Iterator<Long> listed(String text) {
        return Arrivals.listed(new BufferedReader(new StringReader(text)));
    }

    private static List<Long> moments(Iterator<Long> arrivals) {
        List<Long> moments = new ArrayList<>();
        arrivals.forEachRemaining(moments::add);
        return moments;
    }

    private static List<Outcome> send(URI url, boolean keepAlive, Iterator<Long> arrivals) throws InterruptedException {
        List<Outcome> outcomes = Collections.synchronizedList(new ArrayList<>());
        new LoadGenerator(url, keepAlive, 500, outcomes::add).run(arrivals, System.nanoTime());
        return outcomes;
    }

    private static URI url(HttpServer server) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private static HttpServer server(Set<Integer> clientPorts) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/", exchange -> {
            clientPorts.add(exchange.getRemoteAddress().getPort());
            byte[] body = "{\"server\":\"web-1\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        return server;
    }
}
