package dev.wavetank.http.dashboard;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.History;
import dev.wavetank.http.host.ClusterHost;
import dev.wavetank.http.ingress.Ingress;
import dev.wavetank.http.web.ResponseStream;
import dev.wavetank.http.web.Routes;
import dev.wavetank.http.web.Streams;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The dashboard: {@code GET /} and its files, {@code GET /wavetank/stream} with what the cluster looks like as server-sent
 * events, {@code GET /wavetank/snapshot} with the same once, and {@code POST /wavetank/do/…} for the buttons. A picture is made
 * once for all who look, and not at all while nobody does.
 */
public final class DashboardRoutes implements Routes {

    private static final long LOOK_MILLIS = 250;

    /** Looks that may pass without news before readers are told that the server is still there. */
    private static final int QUIET_LOOKS = 40;

    private static final byte[] STILL_HERE = ":\n\n".getBytes(StandardCharsets.UTF_8);

    /** Somebody who looks, and the last line of the story that was sent there. */
    private static final class Viewer {
        final ResponseStream stream;
        long lines;
        boolean hasPicture;

        Viewer(ResponseStream stream) {
            this.stream = stream;
        }
    }

    private final ClusterHost host;
    private final Ingress ingress;
    private final Streams streams;
    private final Story story;
    private final Verbs verbs;
    private final Assets assets = new Assets();
    private final List<Viewer> viewers = new ArrayList<>();
    private final ScheduledExecutorService painter;
    private String lastPicture = "";
    private int quiet;

    public DashboardRoutes(ClusterHost host, History history, Ingress ingress, Streams streams) {
        this.host = host;
        this.ingress = ingress;
        this.streams = streams;
        this.story = host.call(cluster -> new Story(cluster, history));
        this.verbs = new Verbs(host, history);
        this.painter = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "wavetank-dashboard");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it; shutting the painter down ends it
    public void register(RoutesConfig routes) {
        assets.register(routes);
        verbs.register(routes);
        routes.get("/wavetank/stream", this::open);
        routes.get(
                "/wavetank/snapshot",
                ctx -> ctx.contentType("application/json").result(picture(0).toString()));
        painter.scheduleWithFixedDelay(this::paint, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void open(Context ctx) {
        ctx.contentType("text/event-stream; charset=utf-8");
        ctx.header("Cache-Control", "no-store");
        Viewer viewer = new Viewer(streams.open(ctx));
        synchronized (viewers) {
            viewers.add(viewer);
        }
        viewer.stream.onClose(() -> {
            synchronized (viewers) {
                viewers.remove(viewer);
            }
        });
    }

    private ObjectNode picture(long linesSeen) {
        return host.call(cluster -> {
            story.read();
            ObjectNode picture = Snapshot.of(cluster, host.state(), ingress);
            picture.put("lines", story.count());
            picture.set("story", story.since(linesSeen));
            return picture;
        });
    }

    private void paint() {
        List<Viewer> watching;
        synchronized (viewers) {
            watching = List.copyOf(viewers);
        }
        if (watching.isEmpty()) {
            return;
        }
        try {
            paintFor(watching);
        } catch (IllegalStateException e) {
            watching.forEach(viewer -> viewer.stream.send(
                    event("failed", String.valueOf(e.getMessage()).replace('\n', ' '))));
        }
    }

    private void paintFor(List<Viewer> watching) {
        long oldest = watching.stream().mapToLong(viewer -> viewer.lines).min().orElse(0);
        ObjectNode picture = picture(oldest);
        long lines = picture.path("lines").asLong();
        var story = picture.remove("story");
        String text = picture.toString();
        boolean news = !text.equals(lastPicture);
        lastPicture = text;
        byte[] bytes = event("picture", text);
        quiet = news ? 0 : quiet + 1;
        for (Viewer viewer : watching) {
            if (news || !viewer.hasPicture) {
                viewer.stream.send(bytes);
                viewer.hasPicture = true;
            } else if (quiet % QUIET_LOOKS == 0) {
                viewer.stream.send(STILL_HERE);
            }
            if (viewer.lines < lines) {
                viewer.stream.send(event("story", story.toString()));
                viewer.lines = lines;
            }
        }
    }

    private static byte[] event(String name, String data) {
        return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        painter.shutdownNow();
    }
}
