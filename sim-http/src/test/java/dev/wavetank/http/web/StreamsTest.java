package dev.wavetank.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.javalin.config.RoutesConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamsTest {

    private static final Limits SMALL = new Limits(1 << 20, 8 << 10, 64, 3, 1 << 20, 30);

    private final BlockingQueue<ResponseStream> opened = new LinkedBlockingQueue<>();
    private Streams streams;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        streams = new Streams(SMALL);
        server = HttpServer.start("127.0.0.1", 0, null, SMALL, List.of(new Routes() {
            @Override
            public void register(RoutesConfig routes) {
                routes.get("/stream", ctx -> {
                    ctx.contentType("text/plain");
                    opened.add(streams.open(ctx));
                });
                routes.get("/plain", ctx -> ctx.result("plain"));
            }
        }));
    }

    @AfterEach
    void stop() {
        streams.close();
        server.close();
    }

    @Test
    void a_reader_gets_the_head_at_once_and_then_all_that_was_sent_in_order() throws Exception {
        try (Socket socket = ask()) {
            BufferedReader in = reader(socket);
            assertThat(head(in)).startsWith("HTTP/1.1 200").contains("Transfer-Encoding: chunked");
            ResponseStream stream = nextOpened();
            StringBuilder sent = new StringBuilder();
            for (int i = 0; i < 5_000; i++) {
                stream.send((i + "\n").getBytes(StandardCharsets.UTF_8));
                sent.append(i).append('\n');
            }
            stream.close();
            assertThat(unchunked(in)).isEqualTo(sent.toString());
        }
    }

    @Test
    void a_reader_that_leaves_is_noticed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        ResponseStream stream;
        try (Socket socket = ask()) {
            head(reader(socket));
            stream = nextOpened();
            stream.onClose(closed::countDown);
        }
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (closed.getCount() > 0 && System.nanoTime() < deadline) {
            stream.send(new byte[1_000]);
            closed.await(10, TimeUnit.MILLISECONDS);
        }
        assertThat(closed.getCount()).isZero();
        assertThat(streams.count()).isZero();
    }

    @Test
    void a_reader_that_stops_reading_is_dropped_and_nobody_waits_for_it() throws Exception {
        try (Socket slow = ask();
                Socket quick = ask()) {
            ResponseStream first = nextOpened();
            ResponseStream second = nextOpened();
            head(reader(slow)); // and nothing more
            BufferedReader in = reader(quick);
            head(in);
            byte[] block = new byte[100_000];
            long slowest = 0;
            for (int i = 0; i < 400 && first.isOpen() && second.isOpen(); i++) {
                long start = System.nanoTime();
                first.send(block);
                second.send("x".getBytes(StandardCharsets.UTF_8));
                slowest = Math.max(slowest, System.nanoTime() - start);
                Thread.onSpinWait();
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (first.isOpen() && second.isOpen() && System.nanoTime() < deadline) {
                first.send(block);
                TimeUnit.MILLISECONDS.sleep(1);
            }
            assertThat(List.of(first.isOpen(), second.isOpen())).containsOnlyOnce(true);
            assertThat(slowest).as("nanoseconds for sending").isLessThan(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Test
    void more_streams_than_allowed_are_refused() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < SMALL.streams(); i++) {
                sockets.add(ask());
                nextOpened();
            }
            Socket last = ask();
            sockets.add(last);
            assertThat(head(reader(last))).startsWith("HTTP/1.1 429");
        } finally {
            for (Socket socket : sockets) {
                socket.close();
            }
        }
    }

    private ResponseStream nextOpened() throws InterruptedException {
        ResponseStream stream = opened.poll(10, TimeUnit.SECONDS);
        assertThat(stream).isNotNull();
        return stream;
    }

    private Socket ask() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        socket.getOutputStream()
                .write("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static String head(BufferedReader in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    private static String unchunked(BufferedReader in) throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = Integer.parseInt(in.readLine(), 16); size > 0; size = Integer.parseInt(in.readLine(), 16)) {
            for (int i = 0; i < size; i++) {
                body.append((char) in.read());
            }
            in.readLine();
        }
        return body.toString();
    }
}
