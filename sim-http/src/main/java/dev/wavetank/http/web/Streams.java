package dev.wavetank.http.web;

import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Opens the endless answers, counts them, and has the threads that write them. */
public final class Streams implements AutoCloseable {

    private static final int WRITERS = 2;

    private final Limits limits;
    private final ExecutorService writers;
    private final Set<ResponseStream> open = new LinkedHashSet<>();

    public Streams(Limits limits) {
        this.limits = limits;
        this.writers = Executors.newFixedThreadPool(WRITERS, work -> {
            Thread thread = new Thread(work, "wavetank-streams");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Turns the answer to a request into a stream; to be the last thing a handler does. Status, content type and headers
     * are to be set before; the head leaves at once.
     *
     * @throws HttpResponseException 429 if there are too many
     */
    public ResponseStream open(Context ctx) {
        synchronized (open) {
            if (open.size() >= limits.streams()) {
                throw new HttpResponseException(
                        HttpStatus.TOO_MANY_REQUESTS.getCode(),
                        "there are " + limits.streams() + " watches already; close one, or raise the limit");
            }
        }
        try {
            ResponseStream stream = ResponseStream.open(ctx, writers, limits.streamBacklogBytes());
            synchronized (open) {
                open.add(stream);
            }
            stream.onClose(() -> {
                synchronized (open) {
                    open.remove(stream);
                }
            });
            return stream;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many are open. */
    public int count() {
        synchronized (open) {
            return open.size();
        }
    }

    /** Ends all of them. */
    @Override
    public void close() {
        List<ResponseStream> all;
        synchronized (open) {
            all = List.copyOf(open);
        }
        all.forEach(ResponseStream::close);
        writers.shutdown();
    }
}
