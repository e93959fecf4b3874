package dev.wavetank.http.ingress;

import dev.wavetank.model.Service;
import dev.wavetank.network.ServiceTarget;
import dev.wavetank.network.TrafficRoute.Source;
import dev.wavetank.network.TrafficRoute.Via;
import java.util.ArrayList;
import java.util.List;

/**
 * A way into the cluster that gets a real port.
 *
 * @param service the Service's name
 * @param port the Service's port, by name or number
 * @param number the port's number as a client of the cluster would use it: that of the load balancer, or of the node
 */
public record IngressPort(String namespace, String service, String port, Via via, int number) {

    /** The ways in that a Service opens, the load balancer's before the nodes'. */
    static List<IngressPort> of(Service service) {
        List<IngressPort> ways = new ArrayList<>();
        boolean balanced = service.type() == Service.Type.LOAD_BALANCER;
        for (Service.Port port : service.ports()) {
            if (balanced && isTcp(port)) {
                ways.add(way(service, port, Via.LOAD_BALANCER_IP, port.port()));
            }
        }
        for (Service.Port port : service.ports()) {
            if ((balanced || service.type() == Service.Type.NODE_PORT) && isTcp(port) && port.nodePort() > 0) {
                ways.add(way(service, port, Via.NODE_PORT, port.nodePort()));
            }
        }
        return ways;
    }

    private static boolean isTcp(Service.Port port) {
        return !port.protocol().equals("UDP") && !port.protocol().equals("SCTP");
    }

    private static IngressPort way(Service service, Service.Port port, Via via, int number) {
        String name = port.name().isEmpty() ? Integer.toString(port.port()) : port.name();
        return new IngressPort(service.metadata().namespace(), service.name(), name, via, number);
    }

    ServiceTarget target() {
        return ServiceTarget.of(service).withPort(port).from(Source.OUTSIDE, "").via(via, via == Via.LOAD_BALANCER_IP);
    }

    /** Names the account and random streams of those who come in here. */
    String account() {
        return "ingress/" + namespace + "/" + service + ":" + port + "/" + (isBalancer() ? "lb" : "node");
    }

    /** True for a load balancer's port, false for a node's. */
    public boolean isBalancer() {
        return via == Via.LOAD_BALANCER_IP;
    }

    /** What it is, for people. */
    public String text() {
        return (isBalancer() ? "LoadBalancer " : "NodePort ") + namespace + "/" + service + ", port " + number;
    }
}
