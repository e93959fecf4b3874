package dev.wavetank.model;

import org.jspecify.annotations.Nullable;

/**
 * How and how often the kubelet asks a container for its health.
 *
 * <p>Source: core/v1 Probe with the defaults of kubernetes 1.36 pkg/apis/core/v1/defaults.go.
 *
 * @param initialDelaySeconds seconds after container start before the first attempt, ≥ 0
 * @param periodSeconds seconds between attempts, ≥ 1, default 10
 * @param timeoutSeconds seconds an attempt may take, ≥ 1, default 1
 * @param successThreshold successes in a row that count as healthy, ≥ 1
 * @param failureThreshold failures in a row that count as unhealthy, ≥ 1, default 3
 * @param terminationGracePeriodSeconds grace of a kill this probe causes, if it has one of its own
 */
public record Probe(
        Handler handler,
        int initialDelaySeconds,
        int periodSeconds,
        int timeoutSeconds,
        int successThreshold,
        int failureThreshold,
        @Nullable Long terminationGracePeriodSeconds) {

    /** What an attempt does: exactly one of the shapes core/v1 Probe allows. */
    public sealed interface Handler {
        /** GET on the pod's address; 200 to 399 is success. */
        record HttpGet(String path, IntOrString port) implements Handler {}

        /** A connection that opens is success. */
        record TcpSocket(IntOrString port) implements Handler {}

        /** gRPC health check of a service. */
        record Grpc(int port, String service) implements Handler {}

        /** A command that exits with 0 is success. */
        record Exec(String command) implements Handler {}
    }
}
