package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.controllers.DeploymentAction;
import dev.wavetank.controllers.DeploymentAction.Announcement;
import dev.wavetank.controllers.DeploymentAction.Verb;
import dev.wavetank.controllers.DeploymentAction.Write;
import dev.wavetank.controllers.DeploymentAnnotations;
import dev.wavetank.controllers.DeploymentSync;
import dev.wavetank.controllers.Requeue;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import org.jspecify.annotations.Nullable;

/** The five files that each hold single syncs of a Deployment, in one format. */
final class DeploymentSyncTopic implements Topic {

    private final String name;

    DeploymentSyncTopic(String name) {
        this.name = name;
    }

    @Override
    public String group() {
        return "workloads";
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public JsonNode answer(JsonNode input) {
        DeploymentBench bench = DeploymentBench.read(input);
        DeploymentSync.Outcome outcome = DeploymentSync.sync(bench.deployment(), bench.replicaSets(), bench.pods(), 0);
        Requeue requeue = outcome.requeue();
        ObjectNode answer = Json.object();
        ArrayNode actions = answer.putArray("actions");
        ArrayNode events = answer.putArray("events");
        for (DeploymentAction action : outcome.actions()) {
            if (action instanceof Write write) {
                actions.add(written(write, bench));
                bench.apply(write, 0);
            } else if (action instanceof Announcement announcement) {
                events.add(written(announcement));
            }
        }
        ObjectNode after = answer.putObject("replicasAfter");
        bench.replicaSets().forEach(one -> after.put(one.name(), one.replicas()));
        switch (requeue.kind()) {
            case AFTER -> answer.put("requeueAfterMs", WorkloadJson.milliseconds(requeue.after()));
            case RATE_LIMITED -> answer.put("requeueRateLimited", true);
            case RETRY -> answer.put("error", "conflict");
            case NEVER -> {}
        }
        return withoutHash(answer, outcome);
    }

    /** The hash of a template is ours alone, so the vectors say {@code {hash}} for it. */
    private static JsonNode withoutHash(JsonNode answer, DeploymentSync.Outcome outcome) {
        for (DeploymentAction action : outcome.actions()) {
            if (action instanceof Write write
                    && write.verb() == Verb.CREATE
                    && write.object() instanceof ReplicaSet created) {
                String hash = created.template().labels().getOrDefault(PodTemplate.HASH_LABEL, "");
                return renamed(answer, "-" + hash, "-{hash}");
            }
        }
        return answer;
    }

    /** The tree with a text replaced wherever it occurs. */
    static JsonNode renamed(JsonNode tree, String from, String to) {
        try {
            return Json.MAPPER.readTree(Json.text(tree).replace(from, to));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException("renaming " + from + " broke the tree", e);
        }
    }

    static ObjectNode written(Announcement announcement) {
        return Json.object()
                .put("type", announcement.warning() ? "Warning" : "Normal")
                .put("reason", announcement.reason())
                .put("message", announcement.message());
    }

    private static ObjectNode written(Write write, DeploymentBench bench) {
        ObjectNode written = Json.object();
        if (write.object() instanceof Deployment deployment) {
            if (write.verb() == Verb.UPDATE) {
                written.put("action", "updateDeployment");
                written.put("podTemplate", deployment.spec().template().source().asText());
                putAnnotation(written, "revision", deployment.metadata(), DeploymentAnnotations.REVISION);
            } else {
                written.put("action", "updateDeploymentStatus");
                putAnnotation(written, "revision", deployment.metadata(), DeploymentAnnotations.REVISION);
                written.set("status", written(deployment.status()));
            }
        } else if (write.object() instanceof ReplicaSet replicaSet) {
            putReplicaSet(written, write.verb(), replicaSet, bench.replicaSet(replicaSet.name()));
        }
        if (write.isRefused()) {
            written.put("rejected", "conflict");
        }
        return written;
    }

    private static void putReplicaSet(
            ObjectNode written, Verb verb, ReplicaSet replicaSet, @Nullable ReplicaSet stored) {
        boolean created = verb == Verb.CREATE;
        written.put(
                "action", created ? "createReplicaSet" : verb == Verb.DELETE ? "deleteReplicaSet" : "updateReplicaSet");
        written.put("replicaSet", replicaSet.name());
        if (verb == Verb.DELETE) {
            return;
        }
        written.put("replicas", replicaSet.replicas());
        if (created) {
            written.put("podTemplate", replicaSet.template().source().asText());
        }
        // recorded where it differs from what the server has
        if (stored == null || stored.minReadySeconds() != replicaSet.minReadySeconds()) {
            written.put("minReadySeconds", replicaSet.minReadySeconds());
        }
        ObjectMeta metadata = replicaSet.metadata();
        putAnnotation(written, "revision", metadata, DeploymentAnnotations.REVISION);
        putAnnotation(written, "revisionHistory", metadata, DeploymentAnnotations.REVISION_HISTORY);
        putAnnotation(written, "desiredReplicas", metadata, DeploymentAnnotations.DESIRED_REPLICAS);
        putAnnotation(written, "maxReplicas", metadata, DeploymentAnnotations.MAX_REPLICAS);
    }

    static void putAnnotation(ObjectNode written, String field, ObjectMeta metadata, String annotation) {
        String value = metadata.annotation(annotation);
        if (value != null) {
            written.put(field, value);
        }
    }

    static ObjectNode written(DeploymentStatus status) {
        ObjectNode written = Json.object();
        written.put("observedGeneration", status.observedGeneration());
        WorkloadJson.putUnlessZero(written, "replicas", status.replicas());
        WorkloadJson.putUnlessZero(written, "updatedReplicas", status.updatedReplicas());
        WorkloadJson.putUnlessZero(written, "readyReplicas", status.readyReplicas());
        WorkloadJson.putUnlessZero(written, "availableReplicas", status.availableReplicas());
        WorkloadJson.putUnlessZero(written, "unavailableReplicas", status.unavailableReplicas());
        if (status.terminatingReplicas() != null) {
            written.put("terminatingReplicas", status.terminatingReplicas());
        }
        if (!status.conditions().isEmpty()) {
            written.set("conditions", WorkloadJson.written(status.conditions()));
        }
        return written;
    }
}
