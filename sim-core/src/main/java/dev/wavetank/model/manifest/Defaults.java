package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.ResourceKind;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;

/**
 * What the API server fills in where an object says nothing, and how it spells what it says: no nulls, quantities in their
 * canonical form. Doing it twice is the same as doing it once.
 *
 * <p>Source: kubernetes 1.36 pkg/apis/core/v1/defaults.go and the defaults.go of apps, autoscaling, batch, networking, policy
 * and scheduling.
 */
public final class Defaults {

    /** Completes an object whose apiVersion, kind and metadata are there, by group and kind. */
    private static final ImmutableMap<String, Consumer<ObjectNode>> BY_KIND =
            ImmutableMap.<String, Consumer<ObjectNode>>builder()
                    .put("Pod", PodDefaults::pod)
                    .put("Service", object -> service(Json.objectIn(object, "spec")))
                    .put("Namespace", Defaults::namespace)
                    .put("Secret", Defaults::secret)
                    .put("PersistentVolumeClaim", object -> {
                        Json.absent(Json.objectIn(object, "spec"), "volumeMode", "Filesystem");
                        Json.absent(object, "status", Json.object().put("phase", "Pending"));
                    })
                    .put("apps/Deployment", object -> deployment(Json.objectIn(object, "spec")))
                    .put("apps/ReplicaSet", object -> replicated(Json.objectIn(object, "spec")))
                    .put("apps/StatefulSet", object -> statefulSet(Json.objectIn(object, "spec")))
                    .put("apps/DaemonSet", object -> daemonSet(Json.objectIn(object, "spec")))
                    .put("batch/Job", object -> job(Json.objectIn(object, "spec")))
                    .put("batch/CronJob", object -> cronJob(Json.objectIn(object, "spec")))
                    .put("autoscaling/HorizontalPodAutoscaler", Defaults::autoscaler)
                    .put("discovery.k8s.io/EndpointSlice", object -> ports(object.path("ports")))
                    .put(
                            "scheduling.k8s.io/PriorityClass",
                            object -> Json.absent(object, "preemptionPolicy", "PreemptLowerPriority"))
                    .buildOrThrow();

    private Defaults() {}

    /** Completes an object as it comes from a client; nothing that says something is changed but in its spelling. */
    public static void apply(ResourceKind kind, ObjectNode object) {
        boolean builtIn = kind.group().endsWith(".k8s.io") || !kind.group().contains(".");
        if (builtIn) {
            dropNulls(object);
        }
        complete(kind, object);
    }

    static void complete(ResourceKind kind, ObjectNode object) {
        Consumer<ObjectNode> defaults = BY_KIND.get((kind.group().isEmpty() ? "" : kind.group() + "/") + kind.kind());
        if (defaults != null) {
            defaults.accept(object);
        }
    }

    /** Removes nulls, which mean the same as saying nothing. */
    private static void dropNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().removeIf(field -> field.getValue().isNull());
        }
        node.forEach(Defaults::dropNulls);
    }

    private static void service(ObjectNode spec) {
        Json.absent(spec, "sessionAffinity", "None");
        Json.absent(spec, "type", "ClusterIP");
        boolean sticky = spec.path("sessionAffinity").asText().equals("ClientIP");
        if (sticky) {
            spec.withObject("sessionAffinityConfig").withObject("clientIP");
            Json.absent(Json.objectIn(spec.path("sessionAffinityConfig"), "clientIP"), "timeoutSeconds", 10_800);
        }
        ports(spec.path("ports"));
        for (JsonNode port : spec.path("ports")) {
            boolean unset = !port.has("targetPort")
                    || port.path("targetPort").asText().equals("0")
                    || port.path("targetPort").asText().isEmpty();
            if (unset && port.has("port") && port instanceof ObjectNode written) {
                written.set("targetPort", port.get("port"));
            }
        }
        String type = spec.path("type").asText();
        if (type.equals("NodePort") || type.equals("LoadBalancer")) {
            Json.absent(spec, "externalTrafficPolicy", "Cluster");
        }
        if (!type.equals("ExternalName")) {
            Json.absent(spec, "internalTrafficPolicy", "Cluster");
        }
        if (type.equals("LoadBalancer")) {
            Json.absent(spec, "allocateLoadBalancerNodePorts", true);
        }
    }

    private static void ports(JsonNode ports) {
        for (JsonNode port : ports) {
            if (port instanceof ObjectNode written) {
                Json.absent(written, "protocol", "TCP");
            }
        }
    }

    private static void namespace(ObjectNode object) {
        ObjectNode metadata = Json.objectIn(object, "metadata");
        if (metadata.has("name")) {
            Json.absent(metadata.withObject("labels"), "kubernetes.io/metadata.name", metadata.get("name"));
        }
        ObjectNode spec = object.withObject("spec");
        if (!spec.has("finalizers") && !metadata.has("deletionTimestamp")) {
            spec.putArray("finalizers").add("kubernetes");
        }
        Json.absent(object.withObject("status"), "phase", metadata.has("deletionTimestamp") ? "Terminating" : "Active");
    }

    /** Text that was given readable is stored as the others. */
    private static void secret(ObjectNode object) {
        Json.absent(object, "type", "Opaque");
        if (object.path("stringData") instanceof ObjectNode readable) {
            ObjectNode data = object.withObject("data");
            readable.properties()
                    .forEach(entry -> data.put(
                            entry.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(entry.getValue().asText().getBytes(StandardCharsets.UTF_8))));
            object.remove("stringData");
        }
    }

    private static void replicated(ObjectNode spec) {
        Json.absent(spec, "replicas", 1);
        PodDefaults.template(spec.path("template"));
    }

    private static void deployment(ObjectNode spec) {
        replicated(spec);
        Json.absent(spec, "strategy", Json.object());
        ObjectNode strategy = Json.objectIn(spec, "strategy");
        Json.absent(strategy, "type", "RollingUpdate");
        if (strategy.path("type").asText().equals("RollingUpdate")) {
            ObjectNode rolling = strategy.withObject("rollingUpdate");
            Json.absent(rolling, "maxUnavailable", "25%");
            Json.absent(rolling, "maxSurge", "25%");
        }
        Json.absent(spec, "revisionHistoryLimit", 10);
        Json.absent(spec, "progressDeadlineSeconds", 600);
    }

    private static void statefulSet(ObjectNode spec) {
        replicated(spec);
        Json.absent(spec, "podManagementPolicy", "OrderedReady");
        ObjectNode update = spec.withObject("updateStrategy");
        Json.absent(update, "type", "RollingUpdate");
        if (update.path("type").asText().equals("RollingUpdate")) {
            Json.absent(update.withObject("rollingUpdate"), "partition", 0);
        }
        Json.absent(spec, "revisionHistoryLimit", 10);
        ObjectNode retention = spec.withObject("persistentVolumeClaimRetentionPolicy");
        Json.absent(retention, "whenDeleted", "Retain");
        Json.absent(retention, "whenScaled", "Retain");
    }

    private static void daemonSet(ObjectNode spec) {
        PodDefaults.template(spec.path("template"));
        ObjectNode update = spec.withObject("updateStrategy");
        Json.absent(update, "type", "RollingUpdate");
        if (update.path("type").asText().equals("RollingUpdate")) {
            Json.absent(update.withObject("rollingUpdate"), "maxUnavailable", 1);
            Json.absent(update.withObject("rollingUpdate"), "maxSurge", 0);
        }
        Json.absent(spec, "revisionHistoryLimit", 10);
    }

    private static void job(ObjectNode spec) {
        if (!spec.has("completions") && !spec.has("parallelism")) {
            spec.put("completions", 1);
        }
        Json.absent(spec, "parallelism", 1);
        Json.absent(spec, "backoffLimit", 6);
        Json.absent(spec, "completionMode", "NonIndexed");
        Json.absent(spec, "suspend", false);
        Json.absent(spec, "podReplacementPolicy", spec.has("podFailurePolicy") ? "Failed" : "TerminatingOrFailed");
        PodDefaults.template(spec.path("template"));
    }

    private static void cronJob(ObjectNode spec) {
        Json.absent(spec, "concurrencyPolicy", "Allow");
        Json.absent(spec, "suspend", false);
        Json.absent(spec, "successfulJobsHistoryLimit", 3);
        Json.absent(spec, "failedJobsHistoryLimit", 1);
        PodDefaults.template(spec.path("jobTemplate").path("spec").path("template"));
    }

    /** The defaults of the behavior are {@link HpaBehaviorReader}'s. */
    private static void autoscaler(ObjectNode object) {
        ObjectNode spec = Json.objectIn(object, "spec");
        Json.absent(spec, "minReplicas", 1);
        boolean second = object.path("apiVersion").asText("autoscaling/v2").equals("autoscaling/v2");
        if (second && spec.path("metrics").isEmpty()) {
            ObjectNode cpu = spec.putArray("metrics").addObject().put("type", "Resource");
            cpu.putObject("resource")
                    .put("name", "cpu")
                    .putObject("target")
                    .put("type", "Utilization")
                    .put("averageUtilization", 80);
        }
    }
}
