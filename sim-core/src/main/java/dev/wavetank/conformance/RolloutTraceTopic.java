package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.controllers.DeploymentAction;
import dev.wavetank.controllers.DeploymentAction.Announcement;
import dev.wavetank.controllers.DeploymentAction.Write;
import dev.wavetank.controllers.DeploymentAnnotations;
import dev.wavetank.controllers.DeploymentSync;
import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** {@code rollout-trace}: a Deployment's life in steps, each followed by syncs until one of them writes nothing. */
final class RolloutTraceTopic implements Topic {

    @Override
    public String group() {
        return "workloads";
    }

    @Override
    public String name() {
        return "rollout-trace";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        return new Trace(DeploymentBench.read(input)).run(input.path("steps"));
    }

    private static final class Trace {

        private final DeploymentBench bench;
        /** Our names of created ReplicaSets by those the vectors have for them. */
        private final Map<String, String> names = new LinkedHashMap<>();

        Trace(DeploymentBench bench) {
            this.bench = bench;
        }

        JsonNode run(JsonNode steps) {
            ObjectNode answer = Json.object();
            ArrayNode answers = answer.putArray("steps");
            for (JsonNode step : steps) {
                long now = WorkloadJson.instant(step.path("atMs"));
                edit(step);
                report(step.path("replicaSetStatus"));
                ArrayNode events = Json.MAPPER.createArrayNode();
                int syncs = 1;
                while (syncWrites(now, events)) {
                    syncs++;
                }
                answers.add(described(syncs, events));
            }
            JsonNode renamed = answer;
            for (Map.Entry<String, String> name : names.entrySet()) {
                renamed = DeploymentSyncTopic.renamed(renamed, name.getValue(), name.getKey());
            }
            return renamed;
        }

        private void edit(JsonNode step) {
            DeploymentSpec spec = bench.deployment().spec();
            if (step.has("setPodTemplate")) {
                spec = spec.withTemplate(
                        DeploymentBench.template(step.path("setPodTemplate").asText()));
            }
            if (step.has("setReplicas")) {
                spec = spec.withReplicas(step.path("setReplicas").intValue());
            }
            if (step.has("setPaused")) {
                spec = spec.withPaused(step.path("setPaused").asBoolean());
            }
            bench.edit(spec);
        }

        private void report(JsonNode statuses) {
            for (Map.Entry<String, JsonNode> status : statuses.properties()) {
                ReplicaSet replicaSet = bench.replicaSet(names.getOrDefault(status.getKey(), status.getKey()));
                if (replicaSet != null) {
                    long generation = replicaSet.metadata().generation();
                    bench.report(replicaSet, DeploymentBench.replicaSetStatus(status.getValue(), 0, generation));
                }
            }
        }

        private boolean syncWrites(long now, ArrayNode events) {
            DeploymentSync.Outcome outcome =
                    DeploymentSync.sync(bench.deployment(), bench.replicaSets(), bench.pods(), now);
            boolean wrote = false;
            for (DeploymentAction action : outcome.actions()) {
                if (action instanceof Write write) {
                    wrote = true;
                    bench.apply(write, now);
                    if (write.verb() == DeploymentAction.Verb.CREATE && write.object() instanceof ReplicaSet created) {
                        names.put(vectorName(created), created.name());
                    }
                } else if (action instanceof Announcement announcement) {
                    events.add(DeploymentSyncTopic.written(announcement));
                }
            }
            return wrote;
        }

        private static String vectorName(ReplicaSet created) {
            String hash = created.template().labels().getOrDefault(PodTemplate.HASH_LABEL, "");
            String stem = created.name().substring(0, created.name().length() - hash.length());
            return stem + "{" + created.template().source().asText() + "}";
        }

        private ObjectNode described(int syncs, ArrayNode events) {
            ObjectNode described = Json.object();
            described.put("syncs", syncs);
            described.set("events", events);
            ObjectNode replicaSets = described.putObject("replicaSets");
            for (ReplicaSet replicaSet : bench.replicaSets()) {
                ObjectNode one = replicaSets.putObject(replicaSet.name());
                one.put("replicas", replicaSet.replicas());
                DeploymentSyncTopic.putAnnotation(
                        one, "revision", replicaSet.metadata(), DeploymentAnnotations.REVISION);
                DeploymentSyncTopic.putAnnotation(
                        one, "revisionHistory", replicaSet.metadata(), DeploymentAnnotations.REVISION_HISTORY);
            }
            DeploymentSyncTopic.putAnnotation(
                    described, "revision", bench.deployment().metadata(), DeploymentAnnotations.REVISION);
            ObjectNode status = DeploymentSyncTopic.written(bench.deployment().status());
            status.path("conditions").forEach(condition -> ((ObjectNode) condition).remove("message"));
            described.set("status", status);
            return described;
        }
    }
}
