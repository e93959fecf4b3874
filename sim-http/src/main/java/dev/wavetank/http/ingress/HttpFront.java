package dev.wavetank.http.ingress;

import dev.wavetank.http.host.ClusterHost;
import dev.wavetank.network.Failure;
import dev.wavetank.network.Visitors;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.NetworkChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Answers HTTP in the name of modelled apps. Every real connection is one connection of the model, which leads to one pod for
 * as long as it lives; its requests queue, take their time, and fail as modelled ones do. A failure reaches the real client
 * as TCP would tell it: a reset, or silence.
 */
final class HttpFront implements Front {

    private static final String VISITOR = "wavetank.visitor";
    private static final long IDLE_MILLIS = 600_000;
    private static final int MOST_THREADS = 32;
    private static final int HEADER_BYTES = 32 << 10;
    private static final int BAD_GATEWAY = 502;

    /** Where a connector leads. */
    private record Backend(IngressPort way, Visitors visitors, ClusterHost host) {}

    private final Server server;
    private final Map<Connector, Backend> backends = new ConcurrentHashMap<>();

    HttpFront() {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, 2);
        threads.setName("wavetank-ingress-http");
        threads.setDaemon(true);
        server = new Server(threads);
        server.setHandler(new App());
        try {
            server.start();
        } catch (Exception e) {
            throw new IllegalStateException("the ingress cannot start: " + e.getMessage(), e);
        }
    }

    @Override
    public Listener listen(InetSocketAddress address, IngressPort way, Visitors visitors, ClusterHost host)
            throws IOException {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEADER_BYTES);
        ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
        connector.setHost(address.getAddress().getHostAddress());
        connector.setPort(address.getPort());
        connector.setReuseAddress(true);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setShutdownIdleTimeout(0);
        backends.put(connector, new Backend(way, visitors, host));
        server.addConnector(connector);
        try {
            connector.start();
        } catch (Exception e) {
            server.removeConnector(connector);
            backends.remove(connector);
            throw new IOException("port " + address.getPort() + " cannot be listened on: " + e.getMessage(), e);
        }
        return new Listener() {
            @Override
            public int port() {
                return connector.getLocalPort();
            }

            @Override
            public void close() {
                stop(connector);
            }
        };
    }

    /** Takes no more connections; those there are go on. */
    private void stop(ServerConnector connector) {
        connector.close();
        if (connector.getConnectedEndPoints().isEmpty()) {
            server.removeConnector(connector);
            backends.remove(connector);
            try {
                connector.stop();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the ingress cannot stop: " + e.getMessage(), e);
        }
    }

    private final class App extends Handler.Abstract.NonBlocking {

        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            Backend backend = backends.get(request.getConnectionMetaData().getConnector());
            if (backend == null) {
                drop(request, callback);
                return true;
            }
            if (isFromAnotherPage(request)) {
                Response.writeError(request, response, callback, 403, "pages of another origin may not call this app");
                return true;
            }
            DemoRequest asked = DemoRequest.of(request);
            backend.host()
                    .submit(cluster -> {
                        visitor(request, backend.visitors()).request((sentAt, endedAt, pod, failure) -> {
                            if (failure == null && pod != null) {
                                DemoApp app = new DemoApp(cluster, backend.way().namespace(), pod);
                                cluster.simulation()
                                        .at(
                                                Math.max(endedAt, cluster.now()),
                                                () -> app.answer(
                                                        asked, reply -> send(request, response, callback, reply)));
                            } else {
                                fail(request, response, callback, failure);
                            }
                        });
                        return null;
                    })
                    .exceptionally(gone -> {
                        drop(request, callback);
                        return null;
                    });
            return true;
        }
    }

    private static boolean isFromAnotherPage(Request request) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        String host = request.getHeaders().get(HttpHeader.HOST);
        return origin != null
                && !origin.toLowerCase(Locale.ROOT)
                        .equals("http://" + String.valueOf(host).toLowerCase(Locale.ROOT));
    }

    /** The modelled connection of a real one, made with its first request. */
    private static Visitors.Visitor visitor(Request request, Visitors visitors) {
        var connection = request.getConnectionMetaData();
        if (connection.getAttribute(VISITOR) instanceof Visitors.Visitor known) {
            return known;
        }
        Visitors.Visitor visitor = visitors.connect();
        connection.setAttribute(VISITOR, visitor);
        return visitor;
    }

    private void send(Request request, Response response, Callback callback, DemoApp.@Nullable Reply reply) {
        if (reply == null) {
            drop(request, callback);
            return;
        }
        byte[] body = reply.body().toString().getBytes(StandardCharsets.UTF_8);
        server.getThreadPool().execute(() -> {
            response.setStatus(reply.status());
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
            response.write(true, ByteBuffer.wrap(body), callback);
        });
    }

    private void fail(Request request, Response response, Callback callback, @Nullable Failure failure) {
        if (failure == Failure.ERROR || failure == Failure.OVERLOADED) {
            send(request, response, callback, DemoApp.Reply.failure(failure));
        } else if (failure == Failure.UNRESOLVED) {
            server.getThreadPool().execute(() -> Response.writeError(request, response, callback, BAD_GATEWAY));
        } else {
            drop(request, callback);
        }
    }

    /** Ends the connection with a reset. */
    private void drop(Request request, Callback callback) {
        EndPoint connection = request.getConnectionMetaData().getConnection().getEndPoint();
        server.getThreadPool().execute(() -> {
            reset(connection);
            callback.failed(new IOException("the modelled connection failed"));
        });
    }

    private static void reset(EndPoint connection) {
        try {
            if (connection instanceof SelectableChannelEndPoint selectable
                    && selectable.getChannel() instanceof NetworkChannel channel) {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            }
        } catch (IOException e) {
            // it is gone already
        }
        connection.close();
    }
}
