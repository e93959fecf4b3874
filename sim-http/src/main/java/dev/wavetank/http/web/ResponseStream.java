package dev.wavetank.http.web;

import io.javalin.http.Context;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/*
 * Servlet non-blocking output: a write is allowed once after isReady() has said yes, from any thread; if it says no, the
 * container calls onWritePossible when there is room again. Exactly one thread at a time may therefore be "the writer":
 * whoever sets `writing`. The others only add to the queue. The writer gathers what has come meanwhile into one write,
 * since with many streams it is the writes, not the bytes, that cost.
 */
/**
 * An answer without an end, such as a watch: bytes are sent from any thread, never wait for the reader, and reach it in
 * order. A reader too far behind loses the connection.
 */
public final class ResponseStream {

    private static final int BLOCK = 64 << 10;

    private final ServletOutputStream out;
    private final EndPoint connection;
    private final Executor writers;
    private final int mostBacklog;
    private final CompletableFuture<@Nullable Void> ended = new CompletableFuture<>();
    private final List<Runnable> onClose = new ArrayList<>();
    private final Queue<byte[]> backlog = new ArrayDeque<>();
    private int backlogBytes;
    private boolean writable;
    private boolean writing;
    private boolean unflushed;
    private boolean finishing;
    private boolean over;

    private ResponseStream(ServletOutputStream out, EndPoint connection, Executor writers, int mostBacklog) {
        this.out = out;
        this.connection = connection;
        this.writers = writers;
        this.mostBacklog = mostBacklog;
    }

    /**
     * Turns the answer to a request into a stream; the handler returns after this. Status and content type are to be set
     * before; the head leaves at once.
     */
    static ResponseStream open(Context ctx, Executor writers, int mostBacklog) throws IOException {
        EndPoint connection = ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint();
        ResponseStream stream = new ResponseStream(ctx.res().getOutputStream(), connection, writers, mostBacklog);
        ctx.future(() -> {
            ctx.req().getAsyncContext().setTimeout(0);
            ctx.req().getAsyncContext().addListener(stream.new Ends());
            stream.out.setWriteListener(stream.new Writable());
            return stream.ended;
        });
        return stream;
    }

    /**
     * Sends bytes after those sent before. Never waits.
     *
     * @param bytes not changed afterwards; may be shared between streams
     * @return false if the stream is closed, also because the reader was too slow
     */
    public boolean send(byte[] bytes) {
        boolean tooSlow;
        boolean mine;
        synchronized (this) {
            if (over || finishing) {
                return false;
            }
            backlog.add(bytes);
            backlogBytes += bytes.length;
            tooSlow = backlogBytes > mostBacklog;
            mine = !tooSlow && startsWriting();
        }
        if (tooSlow) {
            writers.execute(this::abort);
            return false;
        }
        if (mine) {
            writers.execute(this::write);
        }
        return true;
    }

    /** Ends the answer properly once all that was sent is through. */
    public void close() {
        synchronized (this) {
            if (over || finishing) {
                return;
            }
            finishing = true;
            if (!startsWriting()) {
                return;
            }
        }
        writers.execute(this::write);
    }

    /** Drops the connection; the reader sees an answer that breaks off. */
    public void abort() {
        end(new IOException("the reader was too slow, or the stream was dropped"));
        connection.close();
    }

    /** Runs once when the stream is over, however it came about; at once if it is. */
    public void onClose(Runnable action) {
        synchronized (this) {
            if (!over) {
                onClose.add(action);
                return;
            }
        }
        action.run();
    }

    public synchronized boolean isOpen() {
        return !over && !finishing;
    }

    /** Under the lock: true if the caller is to write now. */
    private boolean startsWriting() {
        if (!writable || writing || over) {
            return false;
        }
        writing = true;
        return true;
    }

    private void write() {
        try {
            while (true) {
                byte[] block;
                synchronized (this) {
                    if (over) {
                        return;
                    }
                    if (!out.isReady()) {
                        writable = false;
                        writing = false;
                        return;
                    }
                    block = nextBlock();
                    if (block == null && !unflushed) {
                        writing = false;
                        if (finishing) {
                            break;
                        }
                        return;
                    }
                    unflushed = block != null;
                }
                if (block == null) {
                    out.flush();
                } else {
                    out.write(block);
                }
            }
            end(null);
        } catch (IOException | RuntimeException e) {
            end(e);
        }
    }

    private byte @Nullable [] nextBlock() {
        byte[] first = backlog.peek();
        if (first == null) {
            return null;
        }
        if (backlog.size() == 1 || first.length >= BLOCK) {
            backlogBytes -= first.length;
            return backlog.remove();
        }
        int size = 0;
        int count = 0;
        for (byte[] bytes : backlog) {
            if (size + bytes.length > BLOCK && count > 0) {
                break;
            }
            size += bytes.length;
            count++;
        }
        byte[] block = new byte[size];
        int at = 0;
        for (int i = 0; i < count; i++) {
            byte[] bytes = backlog.remove();
            System.arraycopy(bytes, 0, block, at, bytes.length);
            at += bytes.length;
        }
        backlogBytes -= size;
        return block;
    }

    private void end(@Nullable Exception why) {
        List<Runnable> actions;
        synchronized (this) {
            if (over) {
                return;
            }
            over = true;
            backlog.clear();
            actions = List.copyOf(onClose);
        }
        actions.forEach(Runnable::run);
        if (why == null) {
            ended.complete(null);
        } else {
            ended.completeExceptionally(new StreamBroken(why));
        }
    }

    /** Why a stream ended early; for the server's own ears. */
    static final class StreamBroken extends RuntimeException {
        StreamBroken(Exception cause) {
            super(cause);
        }
    }

    private final class Writable implements WriteListener {
        @Override
        public void onWritePossible() {
            synchronized (ResponseStream.this) {
                writable = true;
                unflushed = true; // sends the head to a reader who waits for nothing else
                if (!startsWriting()) {
                    return;
                }
            }
            write();
        }

        @Override
        public void onError(Throwable failure) {
            end(new IOException(failure));
        }
    }

    private final class Ends implements AsyncListener {
        @Override
        public void onComplete(AsyncEvent event) {
            end(new IOException("the connection is closed"));
        }

        @Override
        public void onTimeout(AsyncEvent event) {}

        @Override
        public void onError(AsyncEvent event) {
            end(new IOException("the connection broke"));
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
