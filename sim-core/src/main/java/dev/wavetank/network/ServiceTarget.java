package dev.wavetank.network;

import dev.wavetank.network.TrafficRoute.Source;
import dev.wavetank.network.TrafficRoute.Via;

/**
 * What somebody calls, and from where.
 *
 * @param service name of a Service; if it is headless, {@code via} does not matter
 * @param port name or number of its port; empty for the first
 * @param node whose kube-proxy decides; empty for the first node
 * @param anyNode a load balancer outside takes any node that passes its health check
 * @param intercepted true if requests come to the interceptor of KEDA's HTTP add-on first
 */
public record ServiceTarget(
        String service, String port, Source source, Via via, String node, boolean anyNode, boolean intercepted) {

    /** A target without an interceptor before it. */
    public ServiceTarget(String service, String port, Source source, Via via, String node, boolean anyNode) {
        this(service, port, source, via, node, anyNode, false);
    }

    /** The cluster IP of a Service, from a process on the first node. */
    public static ServiceTarget of(String service) {
        return new ServiceTarget(service, "", Source.NODE, Via.CLUSTER_IP, "", false);
    }

    public ServiceTarget withPort(String port) {
        return new ServiceTarget(service, port, source, via, node, anyNode, intercepted);
    }

    /** The same, behind the interceptor of KEDA's HTTP add-on. */
    public ServiceTarget behindInterceptor() {
        return new ServiceTarget(service, port, source, via, node, anyNode, true);
    }

    public ServiceTarget from(Source source, String node) {
        return new ServiceTarget(service, port, source, via, node, anyNode);
    }

    public ServiceTarget via(Via via, boolean anyNode) {
        return new ServiceTarget(service, port, source, via, node, anyNode);
    }
}
