package dev.wavetank.demo.load;

import java.io.IOException;
import java.net.URI;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests when they are due, however long the answers take: every request has a thread of its own. A keep-alive client
 * uses a connection that is idle, the latest used first, and opens one if none is.
 */
final class LoadGenerator {

    private static final long MILLISECOND = 1_000_000;

    private final URI url;
    private final boolean keepAlive;
    private final int timeoutMillis;
    private final Consumer<Outcome> outcomes;
    private final ConcurrentLinkedDeque<HttpConnection> idle = new ConcurrentLinkedDeque<>();

    LoadGenerator(URI url, boolean keepAlive, int timeoutMillis, Consumer<Outcome> outcomes) {
        this.url = url;
        this.keepAlive = keepAlive;
        this.timeoutMillis = timeoutMillis;
        this.outcomes = outcomes;
    }

    /**
     * Sends at the moments given, and returns when the last request has ended.
     *
     * @param startNanos moment zero, by {@link System#nanoTime()}
     * @return how many were sent
     */
    long run(Iterator<Long> arrivals, long startNanos) throws InterruptedException {
        AtomicInteger threads = new AtomicInteger();
        ExecutorService workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "request-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        long sent = 0;
        while (arrivals.hasNext()) {
            waitUntil(startNanos + arrivals.next());
            workers.execute(() -> send(startNanos));
            sent++;
        }
        workers.shutdown();
        workers.awaitTermination(2L * timeoutMillis + 1000, TimeUnit.MILLISECONDS);
        closeAll(idle);
        return sent;
    }

    private static void waitUntil(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void send(long startNanos) {
        long sentAt = System.nanoTime();
        long sentMillis = (sentAt - startNanos) / MILLISECOND;
        Outcome outcome;
        try {
            HttpConnection.Answer answer = request();
            outcome = Outcome.of(sentMillis, millisSince(sentAt), answer);
        } catch (IOException e) {
            outcome = Outcome.of(sentMillis, millisSince(sentAt), e);
        }
        outcomes.accept(outcome);
    }

    private HttpConnection.Answer request() throws IOException {
        HttpConnection connection = connection();
        boolean kept = false;
        try {
            HttpConnection.Answer answer = connection.get(keepAlive);
            if (keepAlive && connection.isReusable()) {
                idle.push(connection);
                kept = true;
            }
            return answer;
        } finally {
            if (!kept) {
                connection.close();
            }
        }
    }

    private HttpConnection connection() throws IOException {
        @Nullable HttpConnection waiting = keepAlive ? idle.poll() : null;
        return waiting == null ? HttpConnection.open(url, timeoutMillis) : waiting;
    }

    private static double millisSince(long nanos) {
        return (System.nanoTime() - nanos) / (double) MILLISECOND;
    }

    private static void closeAll(Queue<HttpConnection> connections) {
        for (HttpConnection connection : connections) {
            try {
                connection.close();
            } catch (IOException e) {
                // it is closed as well as it can be
            }
        }
    }
}
