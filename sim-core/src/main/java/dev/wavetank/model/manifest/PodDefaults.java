package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Quantity;
import java.util.List;
import java.util.Map;

/**
 * What the API server fills into pods and the templates of pods.
 *
 * <p>Source: kubernetes 1.36 pkg/apis/core/v1/defaults.go.
 */
final class PodDefaults {

    private static final int GRACE_SECONDS = 30;

    /** rw-r--r-- */
    private static final int FILE_MODE = 0644;

    private static final int TOKEN_SECONDS = 3600;

    private PodDefaults() {}

    /** A pod, unlike a template, also gets requests from its limits. */
    static void pod(ObjectNode pod) {
        ObjectNode spec = Json.objectIn(pod, "spec");
        spec(spec);
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode container : spec.path(list)) {
                ObjectNode resources = Json.objectIn(container, "resources");
                JsonNode limits = resources.path("limits");
                if (!limits.isEmpty()) {
                    ObjectNode requests = resources.withObject("requests");
                    limits.properties().forEach(limit -> Json.absent(requests, limit.getKey(), limit.getValue()));
                }
            }
        }
        Json.absent(spec, "enableServiceLinks", true);
    }

    static void template(JsonNode template) {
        if (template instanceof ObjectNode object) {
            Json.absent(object, "metadata", Json.object());
            spec(Json.objectIn(object, "spec"));
        }
    }

    private static void spec(ObjectNode spec) {
        boolean hostNetwork = spec.path("hostNetwork").asBoolean();
        for (String list : List.of("initContainers", "containers", "ephemeralContainers")) {
            for (JsonNode container : spec.path(list)) {
                if (container instanceof ObjectNode object) {
                    container(object, hostNetwork);
                }
            }
        }
        spec.path("volumes").forEach(PodDefaults::volume);
        Json.absent(spec, "restartPolicy", "Always");
        Json.absent(spec, "terminationGracePeriodSeconds", GRACE_SECONDS);
        Json.absent(spec, "dnsPolicy", "ClusterFirst");
        String account = spec.path("serviceAccountName")
                .asText(spec.path("serviceAccount").asText());
        if (!account.isEmpty()) {
            Json.absent(spec, "serviceAccountName", account);
            Json.absent(spec, "serviceAccount", account);
        }
        Json.absent(spec, "securityContext", Json.object());
        Json.absent(spec, "schedulerName", "default-scheduler");
        quantities(spec.path("resources"));
        amounts(spec.path("overhead"));
    }

    private static void container(ObjectNode container, boolean hostNetwork) {
        for (JsonNode each : container.path("ports")) {
            if (each instanceof ObjectNode port) {
                Json.absent(port, "protocol", "TCP");
                if (hostNetwork && port.has("containerPort")) {
                    Json.absent(port, "hostPort", port.get("containerPort"));
                }
            }
        }
        for (JsonNode variable : container.path("env")) {
            if (variable.path("valueFrom").path("fieldRef") instanceof ObjectNode reference) {
                Json.absent(reference, "apiVersion", "v1");
            }
        }
        Json.absent(container, "resources", Json.object());
        quantities(container.path("resources"));
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.path(probe) instanceof ObjectNode object) {
                probe(object);
            }
        }
        for (String hook : List.of("postStart", "preStop")) {
            httpGet(container.path("lifecycle").path(hook));
        }
        Json.absent(container, "terminationMessagePath", "/dev/termination-log");
        Json.absent(container, "terminationMessagePolicy", "File");
        Json.absent(
                container, "imagePullPolicy", pullPolicy(container.path("image").asText()));
    }

    private static String pullPolicy(String image) {
        return switch (ContainerReader.defaultPullPolicy(image)) {
            case ALWAYS -> "Always";
            case IF_NOT_PRESENT -> "IfNotPresent";
            case NEVER -> "Never";
        };
    }

    private static void probe(ObjectNode probe) {
        httpGet(probe);
        if (probe.path("grpc") instanceof ObjectNode grpc) {
            Json.absent(grpc, "service", "");
        }
        atLeastOne(probe, "timeoutSeconds", 1);
        atLeastOne(probe, "periodSeconds", 10);
        atLeastOne(probe, "successThreshold", 1);
        atLeastOne(probe, "failureThreshold", 3);
        if (probe.path("initialDelaySeconds").isIntegralNumber()
                && probe.path("initialDelaySeconds").asInt() == 0) {
            probe.remove("initialDelaySeconds");
        }
    }

    /** 0 stands for the default. */
    private static void atLeastOne(ObjectNode probe, String name, int standard) {
        JsonNode value = probe.path(name);
        if (value.isMissingNode() || (value.isIntegralNumber() && value.asLong() == 0)) {
            probe.put(name, standard);
        }
    }

    private static void httpGet(JsonNode handler) {
        if (handler.path("httpGet") instanceof ObjectNode httpGet) {
            if (httpGet.path("path").asText().isEmpty()) {
                httpGet.put("path", "/");
            }
            Json.absent(httpGet, "scheme", "HTTP");
        }
    }

    private static void volume(JsonNode volume) {
        for (String source : List.of("secret", "configMap", "downwardAPI", "projected")) {
            if (volume.path(source) instanceof ObjectNode object) {
                Json.absent(object, "defaultMode", FILE_MODE);
            }
        }
        volume.path("downwardAPI").path("items").forEach(PodDefaults::fieldReference);
        for (JsonNode source : volume.path("projected").path("sources")) {
            source.path("downwardAPI").path("items").forEach(PodDefaults::fieldReference);
            if (source.path("serviceAccountToken") instanceof ObjectNode token) {
                Json.absent(token, "expirationSeconds", TOKEN_SECONDS);
            }
        }
        if (volume.path("hostPath") instanceof ObjectNode path) {
            Json.absent(path, "type", "");
        }
    }

    private static void fieldReference(JsonNode item) {
        if (item.path("fieldRef") instanceof ObjectNode reference) {
            Json.absent(reference, "apiVersion", "v1");
        }
    }

    private static void quantities(JsonNode resources) {
        amounts(resources.path("limits"));
        amounts(resources.path("requests"));
    }

    /** Spells quantities as the API returns them; what is none is left for validation to find. */
    private static void amounts(JsonNode amounts) {
        if (!(amounts instanceof ObjectNode object)) {
            return;
        }
        for (Map.Entry<String, JsonNode> amount : object.properties()) {
            try {
                if (amount.getValue().isValueNode()) {
                    String spelled = Quantity.parse(amount.getValue().asText()).toString();
                    if (!amount.getValue().isTextual()
                            || !amount.getValue().asText().equals(spelled)) {
                        amount.setValue(object.textNode(spelled));
                    }
                }
            } catch (IllegalArgumentException noQuantity) {
                // what is no quantity is somebody else's to refuse; it stays as it is
            }
        }
    }
}
