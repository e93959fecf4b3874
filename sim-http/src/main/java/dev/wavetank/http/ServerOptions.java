package dev.wavetank.http;

import dev.wavetank.http.host.Speed;
import dev.wavetank.http.ingress.Ingress;
import dev.wavetank.http.web.Limits;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a cluster is served.
 *
 * @param listen the address to listen on; any but a loopback one means TLS and a token
 * @param port 0 for a free one
 * @param token what clients have to know; null makes one up where it is needed
 * @param speed how fast the cluster's clock goes
 * @param paused true to let time stand still at first
 * @param startDate what the cluster takes for the date when it is served; null for the wall clock's
 * @param ingressPort where the first port of the first LoadBalancer Service is served; 0 for a free one
 * @param onIngress told of every real port that is opened in front of a Service
 */
public record ServerOptions(
        String listen,
        int port,
        @Nullable String token,
        Speed speed,
        boolean paused,
        @Nullable Instant startDate,
        int ingressPort,
        Consumer<Ingress.Opened> onIngress,
        Limits limits) {

    /** On this machine only, on free ports, in real time. */
    public static final ServerOptions STANDARD =
            new ServerOptions("127.0.0.1", 0, null, Speed.REALTIME, false, null, 0, opened -> {}, Limits.STANDARD);

    public ServerOptions withListen(String listen) {
        return new ServerOptions(listen, port, token, speed, paused, startDate, ingressPort, onIngress, limits);
    }

    public ServerOptions withPort(int port) {
        return new ServerOptions(listen, port, token, speed, paused, startDate, ingressPort, onIngress, limits);
    }

    public ServerOptions withToken(@Nullable String token) {
        return new ServerOptions(listen, port, token, speed, paused, startDate, ingressPort, onIngress, limits);
    }

    public ServerOptions withSpeed(Speed speed) {
        return new ServerOptions(listen, port, token, speed, paused, startDate, ingressPort, onIngress, limits);
    }

    public ServerOptions withPaused(boolean paused) {
        return new ServerOptions(listen, port, token, speed, paused, startDate, ingressPort, onIngress, limits);
    }

    public ServerOptions withStartDate(@Nullable Instant startDate) {
        return new ServerOptions(listen, port, token, speed, paused, startDate, ingressPort, onIngress, limits);
    }

    public ServerOptions withIngressPort(int ingressPort) {
        return new ServerOptions(listen, port, token, speed, paused, startDate, ingressPort, onIngress, limits);
    }

    public ServerOptions withOnIngress(Consumer<Ingress.Opened> onIngress) {
        return new ServerOptions(listen, port, token, speed, paused, startDate, ingressPort, onIngress, limits);
    }

    public ServerOptions withLimits(Limits limits) {
        return new ServerOptions(listen, port, token, speed, paused, startDate, ingressPort, onIngress, limits);
    }
}
