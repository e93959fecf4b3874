package dev.wavetank.network;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * What the API server makes of a Service's spec before anything else sees it: what was left out is filled in. Addresses
 * and node ports are given out later, by the registry.
 *
 * <p>Source: kubernetes 1.36 pkg/apis/core/v1/defaults.go, SetDefaults_Service.
 */
public final class ServiceDefaults {

    /** Fields that mean the same empty, 0 or false as left out, and are left out when written. */
    private static final List<String> OMITTED_IF_EMPTY = List.of(
            "type",
            "clusterIP",
            "externalName",
            "externalTrafficPolicy",
            "healthCheckNodePort",
            "loadBalancerIP",
            "publishNotReadyAddresses",
            "sessionAffinity");

    private static final List<String> OMITTED_IF_EMPTY_IN_PORT = List.of("name", "protocol", "nodePort");

    private ServiceDefaults() {}

    /** Returns the spec with defaults; the one given is not changed. */
    public static ObjectNode apply(JsonNode spec) {
        ObjectNode filled = spec.deepCopy();
        omitEmpty(filled, OMITTED_IF_EMPTY);
        SessionAffinity.applyDefaults(filled);
        putIfAbsent(filled, "type", "ClusterIP");
        for (JsonNode port : filled.path("ports")) {
            applyToPort((ObjectNode) port);
        }
        String type = filled.path("type").asText();
        if (isExternallyAccessible(filled)) {
            putIfAbsent(filled, "externalTrafficPolicy", "Cluster");
        }
        if (List.of("ClusterIP", "NodePort", "LoadBalancer").contains(type)) {
            putIfAbsent(filled, "internalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer") && !filled.has("allocateLoadBalancerNodePorts")) {
            filled.put("allocateLoadBalancerNodePorts", true);
        }
        return filled;
    }

    private static void applyToPort(ObjectNode port) {
        omitEmpty(port, OMITTED_IF_EMPTY_IN_PORT);
        putIfAbsent(port, "protocol", "TCP");
        if (isEmpty(port.path("targetPort"))) {
            port.put("targetPort", port.path("port").asInt());
        }
    }

    /** True if there is a way in from outside the cluster. */
    static boolean isExternallyAccessible(JsonNode spec) {
        String type = spec.path("type").asText();
        return type.equals("NodePort")
                || type.equals("LoadBalancer")
                || (type.equals("ClusterIP") && !spec.path("externalIPs").isEmpty());
    }

    /**
     * Everything wrong with a spec that has its defaults, as creating the Service would report it.
     *
     * <p>Not looked at: the registry's fields (cluster IPs, IP families), externalIPs, load balancer class and source
     * ranges, and label syntax.
     */
    public static List<FieldError> validate(JsonNode spec) {
        List<FieldError> errors = new ArrayList<>();
        ServiceValidation.validate(spec, errors);
        return List.copyOf(errors);
    }

    static boolean isEmpty(JsonNode value) {
        return value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.asText().isEmpty())
                || (value.isNumber() && value.asInt() == 0)
                || (value.isBoolean() && !value.asBoolean());
    }

    /** A null is as good as nothing in every field. */
    private static void omitEmpty(ObjectNode object, List<String> fields) {
        object.properties().removeIf(field -> field.getValue().isNull());
        for (String field : fields) {
            if (isEmpty(object.path(field))) {
                object.remove(field);
            }
        }
    }

    private static void putIfAbsent(ObjectNode object, String field, String value) {
        if (!object.has(field)) {
            object.put(field, value);
        }
    }
}
