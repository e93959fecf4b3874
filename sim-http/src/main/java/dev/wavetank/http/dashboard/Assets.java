package dev.wavetank.http.dashboard;

import com.google.common.collect.ImmutableMap;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * The files of the page: a closed list, read into memory at the start, so that no path a client makes up is ever looked for
 * on a disk or class path.
 */
final class Assets {

    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    /** The page may load what the server itself has, and nothing else; nobody may put it into a frame. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    @SuppressWarnings("ArrayRecordComponent") // bytes on their way from one stream to another; nobody compares them
    private record Asset(String contentType, byte[] bytes) {}

    private final ImmutableMap<String, Asset> assets = ImmutableMap.<String, Asset>builder()
            .put("/", read("text/html; charset=utf-8", "index.html"))
            .put("/dashboard/page.css", read(STYLE, "/dev/wavetank/report/page.css"))
            .put("/dashboard/dashboard.css", read(STYLE, "dashboard.css"))
            .put("/dashboard/uPlot.css", read(STYLE, UPLOT + "uPlot.min.css"))
            .put("/dashboard/uPlot.js", read(SCRIPT, UPLOT + "uPlot.esm.js"))
            .put("/dashboard/main.js", read(SCRIPT, "main.js"))
            .put("/dashboard/pods.js", read(SCRIPT, "pods.js"))
            .put("/dashboard/traffic.js", read(SCRIPT, "traffic.js"))
            .put("/dashboard/story.js", read(SCRIPT, "story.js"))
            .put("/dashboard/dom.js", read(SCRIPT, "dom.js"))
            .buildOrThrow();

    private static Asset read(String contentType, String resource) {
        try (InputStream in = Assets.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the page's " + resource + " is missing");
            }
            return new Asset(contentType, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void register(RoutesConfig routes) {
        assets.forEach((path, asset) -> routes.get(path, ctx -> answer(ctx, asset)));
    }

    private static void answer(Context ctx, Asset asset) {
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cache-Control", "no-cache");
        ctx.contentType(asset.contentType()).result(asset.bytes());
    }
}
