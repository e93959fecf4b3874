package dev.wavetank.network;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What may stand in a Service's spec, after defaults.
 *
 * <p>Source: kubernetes 1.36 pkg/apis/core/validation ValidateService, and pkg/api/service.
 */
final class ServiceValidation {

    /** The kubelet's own port, which a load balancer must not take over. */
    private static final int KUBELET_PORT = 10250;

    private final JsonNode spec;
    private final String type;
    private final List<FieldError> errors;

    private ServiceValidation(JsonNode spec, List<FieldError> errors) {
        this.spec = spec;
        this.type = spec.path("type").asText("");
        this.errors = errors;
    }

    static void validate(JsonNode spec, List<FieldError> errors) {
        ServiceValidation validation = new ServiceValidation(spec, errors);
        validation.type();
        validation.ports();
        SessionAffinity.validate(spec, errors);
        validation.externalTrafficPolicy();
        validation.healthCheckNodePort();
        validation.oneOf("internalTrafficPolicy", List.of("Cluster", "Local"));
        validation.oneOf("trafficDistribution", List.of("PreferClose", "PreferSameZone", "PreferSameNode"));
    }

    private void type() {
        oneOf("type", List.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"));
        if (type.equals("ExternalName")) {
            String name = spec.path("externalName").asText("");
            String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
            if (host.isEmpty()) {
                add(FieldError.Type.REQUIRED, "spec.externalName", "an ExternalName Service needs one");
            } else if (!NameSyntax.isDnsSubdomain(host)) {
                add(FieldError.Type.INVALID, "spec.externalName", "\"" + name + "\" is not a DNS name");
            }
        }
    }

    private void ports() {
        JsonNode ports = spec.path("ports");
        boolean headless = spec.path("clusterIP").asText("").equals("None");
        if (ports.isEmpty() && !headless && !type.equals("ExternalName")) {
            add(FieldError.Type.REQUIRED, "spec.ports", "only a headless or an ExternalName Service may have none");
        }
        Set<String> names = new TreeSet<>();
        Set<String> numbers = new TreeSet<>();
        Set<String> nodePorts = new TreeSet<>();
        for (int i = 0; i < ports.size(); i++) {
            JsonNode port = ports.get(i);
            String field = "spec.ports[" + i + "]";
            String protocol = port.path("protocol").asText("");
            name(port.path("name").asText(""), field + ".name", ports.size() > 1, names);
            port(port, field);
            if (!List.of("TCP", "UDP", "SCTP").contains(protocol)) {
                add(FieldError.Type.NOT_SUPPORTED, field + ".protocol", "\"" + protocol + "\" is not TCP, UDP or SCTP");
            }
            nodePort(port.path("nodePort").asInt(0), protocol, field + ".nodePort", nodePorts);
            if (!numbers.add(protocol + "/" + port.path("port").asInt())) {
                add(FieldError.Type.DUPLICATE, field, "another port has the same number and protocol");
            }
        }
    }

    private void name(String name, String field, boolean required, Set<String> names) {
        if (name.isEmpty()) {
            if (required) {
                add(FieldError.Type.REQUIRED, field, "with more than one port each needs a name");
            }
            return;
        }
        if (!NameSyntax.isDnsLabel(name)) {
            add(
                    FieldError.Type.INVALID,
                    field,
                    "\"" + name + "\" is not a DNS label: a-z, 0-9 and - inside, at most 63");
        }
        if (!names.add(name)) {
            add(FieldError.Type.DUPLICATE, field, "another port is named \"" + name + "\"");
        }
    }

    private void port(JsonNode port, String field) {
        portNumber(port.path("port").asInt(), field + ".port");
        JsonNode target = port.path("targetPort");
        if (target.isTextual()) {
            for (String mistake : NameSyntax.portNameMistakes(target.asText())) {
                add(FieldError.Type.INVALID, field + ".targetPort", mistake);
            }
        } else {
            portNumber(target.asInt(), field + ".targetPort");
        }
        if (type.equals("LoadBalancer") && port.path("port").asInt() == KUBELET_PORT) {
            add(FieldError.Type.INVALID, field, "a load balancer must not take the kubelet's port " + KUBELET_PORT);
        }
    }

    private void nodePort(int nodePort, String protocol, String field, Set<String> nodePorts) {
        if (nodePort == 0) {
            return;
        }
        if (type.equals("ClusterIP")) {
            add(FieldError.Type.FORBIDDEN, field, "a ClusterIP Service has no node ports");
        }
        if (!nodePorts.add(protocol + "/" + nodePort)) {
            add(FieldError.Type.DUPLICATE, field, "another port has the same node port and protocol");
        }
    }

    private void externalTrafficPolicy() {
        boolean present = !spec.path("externalTrafficPolicy").asText("").isEmpty();
        if (ServiceDefaults.isExternallyAccessible(spec)) {
            if (present) {
                oneOf("externalTrafficPolicy", List.of("Cluster", "Local"));
            } else {
                add(FieldError.Type.REQUIRED, "spec.externalTrafficPolicy", "");
            }
        } else if (present) {
            add(FieldError.Type.INVALID, "spec.externalTrafficPolicy", "the Service cannot be reached from outside");
        }
    }

    private void healthCheckNodePort() {
        int port = spec.path("healthCheckNodePort").asInt(0);
        boolean needed = type.equals("LoadBalancer")
                && spec.path("externalTrafficPolicy").asText("").equals("Local");
        if (needed && port == 0) {
            add(FieldError.Type.REQUIRED, "spec.healthCheckNodePort", "");
        } else if (needed) {
            portNumber(port, "spec.healthCheckNodePort");
        } else if (port != 0) {
            add(
                    FieldError.Type.INVALID,
                    "spec.healthCheckNodePort",
                    "only a LoadBalancer with externalTrafficPolicy Local has one");
        }
    }

    private void portNumber(int number, String field) {
        if (number < 1 || number > 65535) {
            add(FieldError.Type.INVALID, field, "must be from 1 to 65535, not " + number);
        }
    }

    private void oneOf(String field, List<String> allowed) {
        JsonNode value = spec.path(field);
        if (!value.isMissingNode() && !value.isNull() && !allowed.contains(value.asText())) {
            add(
                    FieldError.Type.NOT_SUPPORTED,
                    "spec." + field,
                    "\"" + value.asText() + "\" is none of " + String.join(", ", allowed));
        }
    }

    private void add(FieldError.Type type, String field, String detail) {
        errors.add(new FieldError(type, field, detail));
    }
}
