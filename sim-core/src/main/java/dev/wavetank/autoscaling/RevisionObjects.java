package dev.wavetank.autoscaling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.knative.AutoscalerConfig;
import dev.wavetank.autoscaling.knative.KnativeService;
import dev.wavetank.autoscaling.knative.RevisionConfig;
import dev.wavetank.autoscaling.knative.Serving;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.ManifestReader;
import java.util.Locale;
import java.util.Map;

/**
 * Makes what a Knative Service consists of.
 *
 * <p>Source: knative serving pkg/reconciler/{configuration,route,revision}/resources.
 */
final class RevisionObjects {

    private static final int DRAIN_SECONDS = 30;
    private static final int PROGRESS_DEADLINE_SECONDS = 600;

    private RevisionObjects() {}

    static KeptObject revision(KnativeService service, int number) {
        String name = service.revisionName().isEmpty()
                ? String.format(Locale.ROOT, "%s-%05d", service.name(), number)
                : service.revisionName();
        ObjectNode spec = service.template().path("spec") instanceof ObjectNode written
                ? written.deepCopy()
                : JsonNodeFactory.instance.objectNode();
        spec.put("containerConcurrency", service.containerConcurrency());
        spec.put("timeoutSeconds", service.timeoutSeconds());
        ObjectMeta metadata = owned(service.object(), name)
                .withLabels(labels(service.name(), name))
                .withAnnotations(service.annotations());
        return CustomResource.create(Serving.REVISION, metadata, spec);
    }

    static KeptObject configuration(KnativeService service) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.set("template", service.template());
        return CustomResource.create(Serving.CONFIGURATION, owned(service.object(), service.name()), spec);
    }

    static KeptObject route(KnativeService service) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        ArrayNode traffic = spec.putArray("traffic");
        if (service.traffic().isEmpty()) {
            traffic.addObject().put("configurationName", service.name()).put("percent", 100);
        }
        for (KnativeService.Share share : service.traffic()) {
            ObjectNode entry = traffic.addObject().put("percent", share.percent());
            entry.put(
                    share.revision().isEmpty() ? "configurationName" : "revisionName",
                    share.revision().isEmpty() ? service.name() : share.revision());
        }
        return CustomResource.create(Serving.ROUTE, owned(service.object(), service.name()), spec);
    }

    static KeptObject podAutoscaler(KeptObject revision) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.set("containerConcurrency", CustomResource.spec(revision).path("containerConcurrency"));
        spec.putObject("scaleTargetRef")
                .put("apiVersion", "apps/v1")
                .put("kind", "Deployment")
                .put("name", deploymentName(revision.metadata().name()));
        return CustomResource.create(
                Serving.POD_AUTOSCALER,
                owned(revision, revision.metadata().name())
                        .withLabels(revision.metadata().labels())
                        .withAnnotations(revision.metadata().annotations()),
                spec);
    }

    static KeptObject serverlessService(KeptObject revision) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("mode", "Proxy");
        return CustomResource.create(
                Serving.SERVERLESS_SERVICE,
                owned(revision, revision.metadata().name())
                        .withLabels(revision.metadata().labels()),
                spec);
    }

    static String deploymentName(String revision) {
        return revision + "-deployment";
    }

    /** The settings of a revision; unreachable ones are let go. */
    static RevisionConfig config(KeptObject revision, boolean reachable) {
        return RevisionConfig.resolve(
                CustomResource.spec(revision).path("containerConcurrency").asInt(),
                revision.metadata().annotations(),
                reachable,
                AutoscalerConfig.DEFAULT);
    }

    /** The Deployment of a revision: the user's container, and a queue-proxy beside it. */
    static Deployment deployment(KeptObject revision) {
        String name = revision.metadata().name();
        RevisionConfig config = config(revision, true);
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", "apps/v1").put("kind", "Deployment");
        ObjectNode metadata = manifest.putObject("metadata");
        metadata.put("name", deploymentName(name))
                .put("namespace", revision.metadata().namespace());
        put(metadata.putObject("labels"), revision.metadata().labels());
        ObjectNode spec = manifest.putObject("spec");
        spec.put("replicas", Math.max(config.initialScale(), config.minScale()));
        spec.put("progressDeadlineSeconds", PROGRESS_DEADLINE_SECONDS).put("revisionHistoryLimit", 0);
        spec.putObject("strategy").putObject("rollingUpdate").put("maxUnavailable", 0);
        put(spec.putObject("selector").putObject("matchLabels"), Map.of(Serving.REVISION_LABEL, name));
        ObjectNode template = spec.putObject("template");
        put(
                template.putObject("metadata").putObject("labels"),
                ImmutableMap.<String, String>builder()
                        .putAll(revision.metadata().labels())
                        .put("app", name)
                        .buildKeepingLast());
        template.set("spec", podSpec(revision));
        Deployment read = (Deployment) ManifestReader.read(Field.root(manifest, new Findings()));
        if (read == null) {
            throw new IllegalStateException("a Deployment of our own making cannot be read: " + manifest);
        }
        return read.withMetadata(
                read.metadata().withOwnerReferences(ImmutableList.of(OwnerReference.controllerOf(revision))));
    }

    private static ObjectNode podSpec(KeptObject revision) {
        ObjectNode spec = CustomResource.spec(revision).deepCopy();
        spec.remove("containerConcurrency");
        JsonNode timeout = spec.remove("timeoutSeconds");
        spec.remove("idleTimeoutSeconds");
        spec.remove("responseStartTimeoutSeconds");
        spec.set("terminationGracePeriodSeconds", timeout);
        ArrayNode containers = spec.path("containers") instanceof ArrayNode known ? known : spec.putArray("containers");
        for (JsonNode container : containers) {
            ObjectNode user = (ObjectNode) container;
            if (!user.has("name")) {
                user.put("name", "user-container");
            }
            // the queue-proxy asks every 50 ms; the kubelet's own second is the finest there is here
            if (user.path("readinessProbe") instanceof ObjectNode probe) {
                probe.put(
                        "periodSeconds", Math.max(1, probe.path("periodSeconds").asInt(1)));
            } else {
                user.putObject("readinessProbe")
                        .put("periodSeconds", 1)
                        .putObject("tcpSocket")
                        .put("port", user.at("/ports/0/containerPort").asInt(8080));
            }
            // it hears of its end only after half a minute without requests
            user.withObject("/lifecycle")
                    .withObject("/preStop")
                    .putObject("sleep")
                    .put("seconds", DRAIN_SECONDS);
        }
        ObjectNode proxy =
                containers.addObject().put("name", Serving.QUEUE_PROXY).put("image", "knative/queue");
        proxy.putObject("resources").putObject("requests").put("cpu", "25m");
        proxy.putObject("lifecycle").putObject("preStop").putObject("sleep").put("seconds", DRAIN_SECONDS);
        return spec;
    }

    private static void put(ObjectNode object, Map<String, String> texts) {
        texts.forEach(object::put);
    }

    private static ImmutableMap<String, String> labels(String service, String revision) {
        return ImmutableMap.of(
                Serving.SERVICE_LABEL,
                service,
                "serving.knative.dev/configuration",
                service,
                Serving.REVISION_LABEL,
                revision);
    }

    private static ObjectMeta owned(KubernetesObject owner, String name) {
        return ObjectMeta.named(owner.metadata().namespace(), name)
                .withOwnerReferences(ImmutableList.of(OwnerReference.controllerOf(owner)));
    }

    static boolean isOf(KubernetesObject object, ResourceKind kind, String label, String value) {
        return object.kind().equals(kind)
                && value.equals(object.metadata().labels().get(label));
    }
}
