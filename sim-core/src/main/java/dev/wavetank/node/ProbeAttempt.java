package dev.wavetank.node;

import dev.wavetank.model.Container;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.Probe;
import dev.wavetank.model.Probe.Handler;
import dev.wavetank.network.AppServer;
import org.jspecify.annotations.Nullable;

/**
 * How a process answers one probe.
 *
 * @param failure what the kubelet writes of it; null if it succeeded
 * @param timesOut true if the answer takes the probe's whole timeout
 */
record ProbeAttempt(@Nullable String failure, boolean timesOut) {

    private static final ProbeAttempt SUCCESS = new ProbeAttempt(null, false);

    /**
     * Tries a process as it is now.
     *
     * @param server null if none runs
     * @param ip the pod's
     */
    static ProbeAttempt on(@Nullable AppServer server, Probe probe, ProbeType type, Container container, String ip) {
        Handler handler = probe.handler();
        if (server == null || !server.isListening()) {
            return new ProbeAttempt(refused(handler, container, ip, probe.timeoutSeconds()), false);
        }
        boolean onlyConnects = handler instanceof Handler.TcpSocket;
        if (server.isHung() && !onlyConnects) {
            return new ProbeAttempt(timedOut(handler, container, ip, probe.timeoutSeconds()), true);
        }
        boolean refuses = type == ProbeType.READINESS && !server.isReady() && !onlyConnects;
        return refuses ? new ProbeAttempt(unready(handler), false) : SUCCESS;
    }

    private static String refused(Handler handler, Container container, String ip, int timeoutSeconds) {
        if (handler instanceof Handler.HttpGet get) {
            String address = address(ip, port(get.port(), container));
            return "Get \"http://" + address + get.path() + "\": dial tcp " + address + ": connect: connection refused";
        }
        if (handler instanceof Handler.TcpSocket tcp) {
            return "dial tcp " + address(ip, port(tcp.port(), container)) + ": connect: connection refused";
        }
        if (handler instanceof Handler.Grpc grpc) {
            return unanswered(grpc, ip, timeoutSeconds);
        }
        return "command failed";
    }

    private static String timedOut(Handler handler, Container container, String ip, int timeoutSeconds) {
        if (handler instanceof Handler.HttpGet get) {
            return "Get \"http://" + address(ip, port(get.port(), container)) + get.path()
                    + "\": context deadline exceeded (Client.Timeout exceeded while awaiting headers)";
        }
        if (handler instanceof Handler.Grpc grpc) {
            return unanswered(grpc, ip, timeoutSeconds);
        }
        String command = handler instanceof Handler.Exec exec ? exec.command() : "";
        return "command timed out: \"" + command + "\" timed out after " + timeoutSeconds + "s";
    }

    private static String unanswered(Handler.Grpc grpc, String ip, int timeoutSeconds) {
        return "timeout: failed to connect service \"" + address(ip, grpc.port()) + "\" within " + timeoutSeconds
                + "s: context deadline exceeded";
    }

    private static String unready(Handler handler) {
        if (handler instanceof Handler.HttpGet) {
            return "HTTP probe failed with statuscode: 503";
        }
        return handler instanceof Handler.Grpc
                ? "service unhealthy (responded with \"NOT_SERVING\")"
                : "command failed";
    }

    private static String address(String ip, int port) {
        return ip + ":" + port;
    }

    /** A port by number, or by the name the container gives it. */
    private static int port(IntOrString port, Container container) {
        if (port instanceof IntOrString.Int number) {
            return number.value();
        }
        for (Container.Port declared : container.ports()) {
            if (declared.name().equals(port.toString())) {
                return declared.containerPort();
            }
        }
        return 0;
    }
}
