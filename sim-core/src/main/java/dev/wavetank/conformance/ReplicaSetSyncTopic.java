package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.Expectations;
import dev.wavetank.controllers.PodsPerNode;
import dev.wavetank.controllers.ReplicaSetSync;
import dev.wavetank.controllers.SlowStart;
import dev.wavetank.controllers.TieBreak;
import dev.wavetank.controllers.VictimOrder;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ReplicaSetStatus;
import dev.wavetank.model.ResourceKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code replicaset-sync}: one sync of a ReplicaSet, its API calls failing where the case says so. */
final class ReplicaSetSyncTopic implements Topic {

    private static final ImmutableMap<String, String> SELECTOR = ImmutableMap.of("app", "web");
    private static final ImmutableMap<String, String> ALL_LABELS = ImmutableMap.of("app", "web", "tier", "front");

    @Override
    public String group() {
        return "workloads";
    }

    @Override
    public String name() {
        return "replicaset-sync";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ReplicaSet replicaSet = replicaSet(input.path("replicaSet"));
        List<Pod> pods = new ArrayList<>();
        input.path("pods").forEach(pod -> pods.add(pod(pod, replicaSet)));
        JsonNode pending = input.path("pendingExpectations");
        Expectations expectations = expectations(pending);
        ReplicaSetSync.Plan plan = ReplicaSetSync.plan(
                replicaSet,
                pods,
                expectations.areMet(0),
                () -> PodsPerNode.of(pods.stream()
                        .filter(pod ->
                                replicaSet.selector().matches(pod.metadata().labels()))
                        .toList()),
                VictimOrder.KUBERNETES,
                TieBreak.AS_GIVEN,
                0);
        ObjectNode answer = Json.object();
        putNames(answer, "adopted", plan.claim().toAdopt());
        putNames(answer, "released", plan.claim().toRelease());
        String failure = null;
        boolean managed = false;
        if (plan.toCreate() > 0) {
            managed = true;
            failure = create(plan.toCreate(), input.path("createCallsBeforeFailure"), expectations, answer);
        } else if (!plan.toDelete().isEmpty()) {
            managed = true;
            failure = delete(plan.toDelete(), input.path("deleteFailure").asText(), expectations, answer);
        }
        ReplicaSetSync.Report report = plan.report(failure);
        answer.put("statusWritten", report.statusChanged());
        answer.set("status", status(report.status()));
        if (report.requeueAfter() >= 0) {
            answer.put("requeueAfterMs", WorkloadJson.milliseconds(report.requeueAfter()));
        }
        if (report.retry()) {
            answer.put("error", true);
        }
        if (managed || !pending.isMissingNode()) {
            ObjectNode after = answer.putObject("expectationsAfter");
            after.put("adds", expectations.adds());
            after.put("deletes", expectations.deletes());
        }
        return answer;
    }

    private static @Nullable String create(int count, JsonNode works, Expectations expectations, ObjectNode answer) {
        expectations.expectCreations(count, 0);
        int limit = works.isNumber() ? works.intValue() : Integer.MAX_VALUE;
        int calls = 0;
        SlowStart run = SlowStart.of(count, SlowStart.INITIAL_BATCH_SIZE);
        while (!run.isDone()) {
            int batch = run.batch();
            run = run.after(SlowStartTopic.failures(calls, batch, limit));
            calls += batch;
        }
        for (int i = run.successes(); i < count; i++) {
            expectations.creationObserved();
        }
        WorkloadJson.putUnlessZero(answer, "createCalls", calls);
        WorkloadJson.putUnlessZero(answer, "created", run.successes());
        return run.failed() ? "quota exceeded" : null;
    }

    private static @Nullable String delete(
            List<Pod> victims, String failure, Expectations expectations, ObjectNode answer) {
        expectations.expectDeletions(victims.stream().map(Pod::name).toList(), 0);
        putNames(answer, "deleteCalls", victims);
        if (!failure.isEmpty()) {
            victims.forEach(pod -> expectations.deletionObserved(pod.name()));
        }
        return failure.equals("error") ? "delete refused" : null;
    }

    private static Expectations expectations(JsonNode pending) {
        Expectations expectations = new Expectations();
        if (pending.isMissingNode()) {
            return expectations;
        }
        long since = -WorkloadJson.instant(pending.path("ageMs"));
        List<String> going = new ArrayList<>();
        for (int i = 0; i < pending.path("deletes").intValue(); i++) {
            going.add("expected-" + i);
        }
        expectations.expect(pending.path("adds").intValue(), going, since);
        return expectations;
    }

    /** Names sorted: neither claims nor deletions have a defined order. */
    private static void putNames(ObjectNode answer, String field, List<Pod> pods) {
        if (!pods.isEmpty()) {
            var names = answer.putArray(field);
            pods.stream().map(Pod::name).sorted().forEach(names::add);
        }
    }

    private static ReplicaSet replicaSet(JsonNode given) {
        ObjectMeta metadata = ObjectMeta.named("default", "web-1")
                .withUid("uid-of-web-1")
                .withVersion(given.path("generation").longValue(), 1);
        if (given.path("deleting").asBoolean()) {
            metadata = metadata.withDeletion(0, 0);
        }
        JsonNode status = given.path("status");
        return new ReplicaSet(
                metadata,
                given.path("replicas").intValue(),
                given.path("minReadySeconds").intValue(),
                LabelSelector.matching(SELECTOR),
                new PodTemplate(ALL_LABELS, ImmutableMap.of(), WorkloadPods.BARE_SPEC, NullNode.getInstance()),
                new ReplicaSetStatus(
                        status.path("replicas").intValue(),
                        status.path("fullyLabeledReplicas").intValue(),
                        status.path("readyReplicas").intValue(),
                        status.path("availableReplicas").intValue(),
                        WorkloadJson.optionalInt(status.path("terminatingReplicas")),
                        status.path("observedGeneration").longValue(),
                        WorkloadJson.conditions(status.path("conditions"))));
    }

    private static Pod pod(JsonNode given, ReplicaSet replicaSet) {
        Pod pod = WorkloadPods.read(given);
        ImmutableMap<String, String> labels = switch (given.path("labels").asText()) {
            case "none" -> ImmutableMap.of("app", "other");
            case "selectorOnly" -> SELECTOR;
            default -> ALL_LABELS;
        };
        ImmutableList<OwnerReference> owners = switch (given.path("owner").asText()) {
            case "none" -> ImmutableList.of();
            case "other" ->
                ImmutableList.of(new OwnerReference(ResourceKind.REPLICA_SET, "other", "uid-other", true, true));
            default -> ImmutableList.of(OwnerReference.controllerOf(replicaSet));
        };
        return pod.withMetadata(pod.metadata().withLabels(labels).withOwnerReferences(owners));
    }

    private static ObjectNode status(ReplicaSetStatus status) {
        ObjectNode written = JsonNodeFactory.instance.objectNode();
        written.put("replicas", status.replicas());
        written.put("fullyLabeledReplicas", status.fullyLabeledReplicas());
        written.put("readyReplicas", status.readyReplicas());
        written.put("availableReplicas", status.availableReplicas());
        if (status.terminatingReplicas() != null) {
            written.put("terminatingReplicas", status.terminatingReplicas());
        }
        written.put("observedGeneration", status.observedGeneration());
        if (!status.conditions().isEmpty()) {
            written.set("conditions", WorkloadJson.written(status.conditions()));
        }
        return written;
    }
}
