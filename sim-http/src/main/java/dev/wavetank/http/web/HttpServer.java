package dev.wavetank.http.web;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HttpResponseException;
import io.javalin.http.SameSite;
import io.javalin.util.JavalinBindException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** The socket, its limits, and the door: every request passes the {@link Guard} before any route sees it. */
public final class HttpServer implements AutoCloseable {

    private static final int MOST_THREADS = 100;
    private static final int FEWEST_THREADS = 8;
    private static final String TOKEN_COOKIE = "wavetank-token";

    private final Javalin javalin;
    private final List<Routes> routes;
    private final Guard guard;
    private final String host;
    private final @Nullable String token;
    private final @Nullable Certificate certificate;

    private HttpServer(
            Javalin javalin,
            List<Routes> routes,
            Guard guard,
            String host,
            @Nullable String token,
            @Nullable Certificate certificate) {
        this.javalin = javalin;
        this.routes = routes;
        this.guard = guard;
        this.host = host;
        this.token = token;
        this.certificate = certificate;
    }

    /**
     * Starts to listen.
     *
     * @param listen an address or name of this machine; any but a loopback one means TLS and a token
     * @param token null makes one up where it is needed
     * @throws IOException if the address or port cannot be had
     */
    public static HttpServer start(String listen, int port, @Nullable String token, Limits limits, List<Routes> routes)
            throws IOException {
        boolean open = !InetAddress.getByName(listen).isLoopbackAddress();
        String needed = token == null && open ? Tokens.next() : token;
        Guard guard = needed == null ? Guard.loopback() : Guard.withToken(needed);
        Certificate certificate = open ? Certificate.selfSigned(listen) : null;
        Javalin javalin = Javalin.create(config -> configure(config, listen, port, limits, routes, guard, certificate));
        try {
            javalin.start();
        } catch (JavalinBindException e) {
            throw new IOException("port " + port + " of " + listen + " is taken or not ours to use", e);
        }
        return new HttpServer(
                javalin, routes, guard, certificate == null ? listen : certificate.host(), needed, certificate);
    }

    private static void configure(
            JavalinConfig config,
            String listen,
            int port,
            Limits limits,
            List<Routes> routes,
            Guard guard,
            @Nullable Certificate certificate) {
        config.startup.showJavalinBanner = false;
        config.startup.startupWatcherEnabled = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.maxRequestSize = limits.bodyBytes();
        config.http.asyncTimeout = 0;
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
        threads.setName("wavetank-http");
        threads.setDaemon(true);
        config.jetty.threadPool = threads;
        config.jetty.modifyHttpConfiguration(http -> {
            http.setRequestHeaderSize(limits.headerBytes());
            http.setSendServerVersion(false);
            http.setSendDateHeader(true);
        });
        config.jetty.addConnector((server, http) -> connector(server, http, listen, port, limits, certificate));
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(1_000);
            server.addBean(new NetworkConnectionLimit(limits.connections(), server));
            server.insertHandler(new SizeLimitHandler(limits.bodyBytes(), -1));
        });
        config.routes.before(ctx -> admit(ctx, guard));
        config.routes.exception(
                HttpResponseException.class,
                (refusal, ctx) -> StatusJson.answer(ctx, refusal.getStatus(), String.valueOf(refusal.getMessage())));
        config.routes.exception(ResponseStream.StreamBroken.class, (broken, ctx) -> {});
        config.routes.exception(
                Exception.class,
                (bug, ctx) -> StatusJson.answer(
                        ctx, 500, "an internal error: " + bug.getClass().getSimpleName()));
        config.router.javaLangErrorHandler((response, error) -> response.setStatus(500));
        routes.forEach(group -> group.register(config.routes));
    }

    private static ServerConnector connector(
            Server server,
            HttpConfiguration http,
            String listen,
            int port,
            Limits limits,
            @Nullable Certificate certificate) {
        ServerConnector connector = certificate == null
                ? new ServerConnector(server, new org.eclipse.jetty.server.HttpConnectionFactory(http))
                : certificate.connector(server, http);
        connector.setHost(listen);
        connector.setPort(port);
        connector.setIdleTimeout(limits.idleSeconds() * 1_000L);
        return connector;
    }

    private static void admit(Context ctx, Guard guard) {
        String asked = guard.asksForToken() ? ctx.queryParam("token") : null;
        if (asked != null && guard.isToken(asked)) {
            Cookie cookie = new Cookie(TOKEN_COOKIE, asked);
            cookie.setHttpOnly(true);
            cookie.setSecure(true);
            cookie.setSameSite(SameSite.STRICT);
            ctx.cookie(cookie);
        }
        String known = asked != null ? asked : ctx.cookie(TOKEN_COOKIE);
        Guard.Refusal refusal =
                guard.look(ctx.header("Host"), ctx.header("Origin"), ctx.header("Authorization"), known);
        if (refusal != null) {
            throw new HttpResponseException(refusal.status(), refusal.message());
        }
    }

    public int port() {
        return javalin.port();
    }

    /** Where the server is, such as {@code http://127.0.0.1:43121}. */
    public String url() {
        String name = host.contains(":") ? "[" + host + "]" : host;
        return (certificate == null ? "http://" : "https://") + name + ":" + port();
    }

    public Guard guard() {
        return guard;
    }

    /** What clients have to know, if anything. */
    public @Nullable String token() {
        return token;
    }

    /** The certificate as PEM in Base64, as a kubeconfig wants it; empty without TLS. */
    public String certificateBase64() {
        return certificate == null
                ? ""
                : Base64.getEncoder()
                        .encodeToString(certificate.pem().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        routes.forEach(Routes::close);
        javalin.stop();
    }
}
