package dev.wavetank.http.clock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.engine.Durations;
import dev.wavetank.http.host.ClockState;
import dev.wavetank.http.host.ClusterHost;
import dev.wavetank.http.host.Speed;
import dev.wavetank.http.web.Routes;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * The clock in the user's hand: {@code GET /wavetank/clock} says where it stands, and {@code POST} to {@code pause}, {@code
 * resume}, {@code step}, {@code settle}, {@code advance?by=30s}, {@code advance?to=5m} and {@code speed?to=10x} turns it. The answer
 * comes when the time has passed, and says where the clock then stands.
 */
public final class ClockRoutes implements Routes {

    private static final String PATH = "/wavetank/clock";
    private static final String STANDARD_PATIENCE = "15m";

    private final ClusterHost host;

    public ClockRoutes(ClusterHost host) {
        this.host = host;
    }

    @Override
    public void register(RoutesConfig routes) {
        routes.get(PATH, this::answer);
        routes.post(PATH + "/pause", ctx -> {
            host.pause();
            answer(ctx);
        });
        routes.post(PATH + "/resume", ctx -> {
            host.resume();
            answer(ctx);
        });
        routes.post(PATH + "/speed", ctx -> {
            host.setSpeed(speed(required(ctx, "to")));
            answer(ctx);
        });
        routes.post(PATH + "/step", ctx -> answerAfter(ctx, host.stepping()));
        routes.post(PATH + "/advance", ctx -> answerAfter(ctx, advance(ctx)));
        routes.post(PATH + "/settle", ctx -> {
            String atMost = ctx.queryParam("atMost");
            answerAfter(ctx, host.settling(span("atMost", atMost == null ? STANDARD_PATIENCE : atMost)));
        });
    }

    private CompletableFuture<Boolean> advance(Context ctx) {
        String to = ctx.queryParam("to");
        return to == null
                ? host.advancing(span("by", required(ctx, "by")))
                : host.jumping(span("to", to).toNanos());
    }

    private static String required(Context ctx, String name) {
        String value = ctx.queryParam(name);
        if (value == null || value.isEmpty()) {
            throw new BadRequestResponse("say " + name + ", such as " + ctx.path() + "?" + name + "=30s");
        }
        return value;
    }

    private static Duration span(String name, String text) {
        try {
            return Duration.ofNanos(Durations.parse(text));
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse(name + ": " + e.getMessage());
        }
    }

    private static Speed speed(String text) {
        try {
            return Speed.parse(text);
        } catch (IllegalArgumentException e) {
            throw new BadRequestResponse("to: " + e.getMessage());
        }
    }

    private void answer(Context ctx) {
        ctx.contentType("application/json").result(json(host.state()).toString());
    }

    private void answerAfter(Context ctx, CompletableFuture<Boolean> passing) {
        ctx.future(() -> passing.thenAcceptAsync(reached -> {
            ObjectNode json = json(host.state());
            json.put("reached", reached);
            ctx.contentType("application/json").result(json.toString());
        }));
    }

    /** Where the clock stands, as JSON. */
    public static ObjectNode json(ClockState state) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("nowNanos", state.nowNanos());
        json.put("now", Durations.format(state.nowNanos()));
        json.put("date", state.date().toString());
        json.put("speed", state.speed().text());
        json.put("paused", state.paused());
        json.put("hurrying", state.hurrying());
        json.put("settled", state.settled());
        json.put("factor", Math.rint(state.factor() * 100) / 100);
        json.put("events", state.events());
        return json;
    }
}
