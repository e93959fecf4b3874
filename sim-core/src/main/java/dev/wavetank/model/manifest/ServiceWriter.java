package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Service;
import dev.wavetank.model.Service.TrafficPolicy;

/** Writes Services. */
final class ServiceWriter implements KindWriter<Service> {

    @Override
    public void write(ObjectNode written, Service service, Surroundings around) {
        ObjectNode spec = written.putObject("spec");
        if (!service.ports().isEmpty()) {
            ArrayNode ports = spec.putArray("ports");
            service.ports().forEach(port -> port(ports.addObject(), port));
        }
        if (service.selector() != null) {
            Json.texts(spec, "selector", service.selector());
        }
        Json.text(spec, "clusterIP", service.clusterIp());
        spec.put("type", service.type().text());
        spec.put("sessionAffinity", service.affinityTimeoutSeconds() == null ? "None" : "ClientIP");
        if (service.externalTrafficPolicy() == TrafficPolicy.LOCAL) {
            spec.put("externalTrafficPolicy", "Local");
        }
        if (service.publishNotReadyAddresses()) {
            spec.put("publishNotReadyAddresses", true);
        }
        if (service.affinityTimeoutSeconds() != null) {
            spec.putObject("sessionAffinityConfig")
                    .putObject("clientIP")
                    .put("timeoutSeconds", service.affinityTimeoutSeconds());
        }
        if (service.internalTrafficPolicy() == TrafficPolicy.LOCAL) {
            spec.put("internalTrafficPolicy", "Local");
        }
        Json.text(spec, "trafficDistribution", service.trafficDistribution());
    }

    private static void port(ObjectNode written, Service.Port port) {
        Json.text(written, "name", port.name());
        written.put("protocol", port.protocol());
        written.put("port", port.port());
        Json.intOrString(written, "targetPort", port.targetPort());
        Json.number(written, "nodePort", port.nodePort());
    }

    @Override
    public void complete(ObjectNode written, Service service, Surroundings around) {
        ObjectNode spec = Json.objectIn(written, "spec");
        Json.absent(written, "status", Json.object());
        Json.absent(Json.objectIn(written, "status"), "loadBalancer", Json.object());
        if (service.type() == Service.Type.EXTERNAL_NAME) {
            return;
        }
        if (!service.clusterIp().isEmpty() && !spec.has("clusterIPs")) {
            spec.putArray("clusterIPs").add(service.clusterIp());
        }
        if (service.type() != Service.Type.CLUSTER_IP) {
            Json.absent(spec, "externalTrafficPolicy", "Cluster");
        }
        if (!spec.has("ipFamilies")) {
            spec.putArray("ipFamilies").add("IPv4");
        }
        Json.absent(spec, "ipFamilyPolicy", "SingleStack");
        Json.absent(spec, "internalTrafficPolicy", "Cluster");
        if (service.type() == Service.Type.LOAD_BALANCER) {
            Json.absent(spec, "allocateLoadBalancerNodePorts", true);
        }
    }
}
