package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.DeploymentAction;
import dev.wavetank.controllers.DeploymentAnnotations;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ReplicaSetStatus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Deployment and its ReplicaSets as a vector gives them, and as they are once a sync's writes have reached them. */
final class DeploymentBench {

    private static final ImmutableMap<String, String> LABELS = ImmutableMap.of("app", "web");

    private Deployment deployment;
    private final Map<String, ReplicaSet> replicaSets = new LinkedHashMap<>();
    private final List<Pod> pods = new ArrayList<>();
    private long version = 1;

    private DeploymentBench(Deployment deployment) {
        this.deployment = deployment;
    }

    static DeploymentBench read(JsonNode input) {
        DeploymentBench bench = new DeploymentBench(deployment(input.path("deployment")));
        input.path("replicaSets").forEach(one -> {
            ReplicaSet replicaSet = replicaSet(one, bench.deployment);
            bench.replicaSets.put(replicaSet.name(), replicaSet);
        });
        for (JsonNode given : input.path("pods")) {
            ReplicaSet owner = bench.replicaSets.get(given.path("replicaSet").asText());
            Pod pod = WorkloadPods.read(given);
            bench.pods.add(owner == null ? pod : pod.withMetadata(ownedBy(pod.metadata(), owner)));
        }
        return bench;
    }

    Deployment deployment() {
        return deployment;
    }

    List<ReplicaSet> replicaSets() {
        return List.copyOf(replicaSets.values());
    }

    @Nullable
    ReplicaSet replicaSet(String name) {
        return replicaSets.get(name);
    }

    List<Pod> pods() {
        return pods;
    }

    /** The user changes the spec; the generation rises only if that changes anything. */
    void edit(DeploymentSpec spec) {
        if (!spec.equals(deployment.spec())) {
            deployment = deployment
                    .withSpec(spec)
                    .withMetadata(
                            raised(deployment.metadata(), deployment.metadata().generation() + 1));
        }
    }

    void report(ReplicaSet replicaSet, ReplicaSetStatus status) {
        replicaSets.put(replicaSet.name(), replicaSet.withStatus(status));
    }

    /** Lets a write happen unless the server would refuse it. */
    void apply(DeploymentAction.Write write, long now) {
        if (write.isRefused()) {
            return;
        }
        if (write.object() instanceof Deployment changed) {
            apply(write.verb(), changed);
        } else if (write.object() instanceof ReplicaSet changed) {
            apply(write.verb(), changed, now);
        }
    }

    private void apply(DeploymentAction.Verb verb, Deployment changed) {
        long generation = deployment.metadata().generation();
        // annotations come along with either write, but only the main resource counts them as a change
        deployment = verb == DeploymentAction.Verb.UPDATE
                ? changed.withStatus(deployment.status()).withMetadata(raised(changed.metadata(), generation + 1))
                : changed.withSpec(deployment.spec()).withMetadata(raised(changed.metadata(), generation));
    }

    private void apply(DeploymentAction.Verb verb, ReplicaSet changed, long now) {
        ReplicaSet before = replicaSets.get(changed.name());
        switch (verb) {
            case CREATE ->
                replicaSets.put(
                        changed.name(),
                        changed.withMetadata(raised(
                                changed.metadata()
                                        .withUid("uid-" + changed.name())
                                        .withCreationTimestamp(now),
                                1)));
            case UPDATE -> {
                if (before == null) {
                    throw new IllegalStateException("no such ReplicaSet: " + changed.name());
                }
                boolean sameSpec = before.replicas() == changed.replicas()
                        && before.minReadySeconds() == changed.minReadySeconds();
                long generation = before.metadata().generation() + (sameSpec ? 0 : 1);
                replicaSets.put(
                        changed.name(),
                        changed.withStatus(before.status()).withMetadata(raised(changed.metadata(), generation)));
            }
            case DELETE -> replicaSets.remove(changed.name());
            case UPDATE_STATUS -> throw new IllegalStateException("a Deployment does not write a ReplicaSet's status");
        }
    }

    private ObjectMeta raised(ObjectMeta metadata, long generation) {
        version++;
        return metadata.withVersion(generation, version);
    }

    static PodTemplate template(String version) {
        return new PodTemplate(LABELS, ImmutableMap.of(), WorkloadPods.BARE_SPEC, TextNode.valueOf(version));
    }

    static DeploymentSpec spec(JsonNode given) {
        return new DeploymentSpec(
                given.path("replicas").intValue(),
                LabelSelector.matching(LABELS),
                template(given.path("podTemplate").asText()),
                strategy(given.path("strategy")),
                given.path("minReadySeconds").intValue(),
                WorkloadJson.optionalInt(given.path("revisionHistoryLimit")),
                WorkloadJson.optionalInt(given.path("progressDeadlineSeconds")),
                given.path("paused").asBoolean());
    }

    private static Strategy strategy(JsonNode given) {
        return given.path("type").asText().equals("Recreate")
                ? new Strategy.Recreate()
                : new Strategy.RollingUpdate(
                        intOrString(given.path("maxSurge")), intOrString(given.path("maxUnavailable")));
    }

    static @Nullable IntOrString intOrString(JsonNode given) {
        if (given.isNumber()) {
            return IntOrString.of(given.intValue());
        }
        return given.isTextual() ? IntOrString.of(given.textValue()) : null;
    }

    private static Deployment deployment(JsonNode given) {
        ObjectMeta metadata = metadata(given, given.path("name").asText());
        metadata = annotated(metadata, DeploymentAnnotations.ROLLBACK_TO, given.path("rollbackTo"));
        JsonNode status = given.path("status");
        return new Deployment(
                metadata,
                spec(given),
                new DeploymentStatus(
                        status.path("observedGeneration").longValue(),
                        status.path("replicas").intValue(),
                        status.path("updatedReplicas").intValue(),
                        status.path("readyReplicas").intValue(),
                        status.path("availableReplicas").intValue(),
                        status.path("unavailableReplicas").intValue(),
                        WorkloadJson.optionalInt(status.path("terminatingReplicas")),
                        null,
                        WorkloadJson.conditions(status.path("conditions"))));
    }

    static ReplicaSet replicaSet(JsonNode given, Deployment deployment) {
        ObjectMeta metadata = ownedBy(metadata(given, given.path("name").asText()), deployment)
                .withCreationTimestamp(WorkloadJson.instant(given.path("creationMs")));
        metadata = annotated(metadata, DeploymentAnnotations.REVISION_HISTORY, given.path("revisionHistory"));
        metadata = annotated(metadata, DeploymentAnnotations.DESIRED_REPLICAS, given.path("desiredReplicas"));
        metadata = annotated(metadata, DeploymentAnnotations.MAX_REPLICAS, given.path("maxReplicas"));
        return new ReplicaSet(
                metadata,
                given.path("replicas").intValue(),
                given.path("minReadySeconds").intValue(),
                LabelSelector.matching(LABELS),
                template(given.path("podTemplate").asText()),
                replicaSetStatus(
                        given.path("status"),
                        WorkloadJson.optionalInt(given.path("status").path("terminatingReplicas")),
                        given.path("status").path("observedGeneration").longValue()));
    }

    static ReplicaSetStatus replicaSetStatus(JsonNode given, @Nullable Integer terminating, long observedGeneration) {
        return new ReplicaSetStatus(
                given.path("replicas").intValue(),
                given.path("replicas").intValue(),
                given.path("readyReplicas").intValue(),
                given.path("availableReplicas").intValue(),
                terminating,
                observedGeneration,
                WorkloadJson.conditions(given.path("conditions")));
    }

    private static ObjectMeta metadata(JsonNode given, String name) {
        ObjectMeta metadata = ObjectMeta.named("default", name)
                .withUid("uid-" + name)
                .withVersion(given.path("generation").longValue(), 1);
        if (given.path("deleting").asBoolean()) {
            metadata = metadata.withDeletion(0, 0);
        }
        return annotated(metadata, DeploymentAnnotations.REVISION, given.path("revision"));
    }

    private static ObjectMeta annotated(ObjectMeta metadata, String annotation, JsonNode value) {
        return value.isTextual() ? metadata.withAnnotation(annotation, value.textValue()) : metadata;
    }

    private static ObjectMeta ownedBy(ObjectMeta metadata, KubernetesObject owner) {
        return metadata.withOwnerReferences(ImmutableList.of(OwnerReference.controllerOf(owner)));
    }
}
