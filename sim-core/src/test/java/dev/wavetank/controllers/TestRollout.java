package dev.wavetank.controllers;

import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.DeploymentAction.Announcement;
import dev.wavetank.controllers.DeploymentAction.Write;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ReplicaSetStatus;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A Deployment without a cluster: syncs it, lets its writes happen, and reports pods that the test says are there. */
final class TestRollout {

    private static final ImmutableMap<String, String> LABELS = ImmutableMap.of("app", "web");

    private Deployment deployment;
    private final Map<String, ReplicaSet> replicaSets = new LinkedHashMap<>();
    private final List<String> events = new ArrayList<>();
    private long now = TestPod.NOW;

    TestRollout(int replicas, Strategy strategy) {
        this.deployment = new Deployment(
                ObjectMeta.named("default", "web").withUid("uid-web").withVersion(1, 1),
                new DeploymentSpec(replicas, LabelSelector.matching(LABELS), template(1), strategy, 0, 10, 600, false),
                DeploymentStatus.NEW);
    }

    static Strategy rolling(String maxSurge, String maxUnavailable) {
        return new Strategy.RollingUpdate(intOrString(maxSurge), intOrString(maxUnavailable));
    }

    private static IntOrString intOrString(String text) {
        return text.endsWith("%") ? IntOrString.of(text) : IntOrString.of(Integer.parseInt(text));
    }

    static PodTemplate template(int version) {
        return new PodTemplate(LABELS, ImmutableMap.of(), TestPod.SPEC, TextNode.valueOf("v" + version));
    }

    Deployment deployment() {
        return deployment;
    }

    ImmutableList<ReplicaSet> replicaSets() {
        return ImmutableList.copyOf(replicaSets.values());
    }

    /** The ReplicaSet of a template's version. */
    ReplicaSet ofVersion(int version) {
        return replicaSets().stream()
                .filter(one -> one.template().sameRevisionAs(template(version)))
                .findFirst()
                .orElseThrow();
    }

    /** The messages of the events since the last call. */
    List<String> events() {
        List<String> said = List.copyOf(events);
        events.clear();
        return said;
    }

    void edit(UnaryOperator<DeploymentSpec> change) {
        ObjectMeta metadata = deployment.metadata();
        deployment = deployment
                .withSpec(change.apply(deployment.spec()))
                .withMetadata(metadata.withVersion(metadata.generation() + 1, metadata.resourceVersion() + 1));
    }

    void annotate(String annotation, String value) {
        deployment = deployment.withMetadata(deployment.metadata().withAnnotation(annotation, value));
    }

    /** Lets up to {@code newlyAvailable} more pods of each ReplicaSet be available; those scaled away are gone. */
    void report(int newlyAvailable) {
        now += Times.SECOND;
        for (ReplicaSet replicaSet : replicaSets()) {
            int available = Math.min(replicaSet.replicas(), replicaSet.status().availableReplicas() + newlyAvailable);
            replicaSets.put(
                    replicaSet.name(),
                    replicaSet.withStatus(new ReplicaSetStatus(
                            replicaSet.replicas(),
                            replicaSet.replicas(),
                            available,
                            available,
                            0,
                            replicaSet.metadata().generation(),
                            ImmutableList.of())));
        }
    }

    /** One sync; true if it wrote anything. */
    boolean sync() {
        DeploymentSync.Outcome outcome = DeploymentSync.sync(deployment, replicaSets(), List.of(), now);
        boolean wrote = false;
        for (DeploymentAction action : outcome.actions()) {
            if (action instanceof Write write) {
                wrote = true;
                if (!write.isRefused()) {
                    apply(write);
                }
            } else if (action instanceof Announcement announcement) {
                events.add(announcement.message());
            }
        }
        return wrote;
    }

    /** Syncs, with every pod available at once, until there is nothing left to write or to report. */
    void settle() {
        boolean moved = true;
        for (int round = 0; moved; round++) {
            if (round > 10_000) {
                throw new AssertionError("does not settle: " + deployment + replicaSets());
            }
            moved = sync() || !isReported();
            report(Integer.MAX_VALUE / 2);
        }
    }

    private boolean isReported() {
        return replicaSets().stream()
                .allMatch(one -> one.status().replicas() == one.replicas()
                        && one.status().availableReplicas() == one.replicas());
    }

    private void apply(Write write) {
        if (write.object() instanceof Deployment written) {
            ObjectMeta metadata = written.metadata();
            ObjectMeta raised = metadata.withVersion(
                    deployment.metadata().generation(), deployment.metadata().resourceVersion() + 1);
            deployment = write.verb() == DeploymentAction.Verb.UPDATE
                    ? written.withMetadata(raised).withStatus(deployment.status())
                    : written.withMetadata(raised).withSpec(deployment.spec());
        } else if (write.object() instanceof ReplicaSet written) {
            ReplicaSet before = replicaSets.get(written.name());
            switch (write.verb()) {
                case CREATE ->
                    replicaSets.put(
                            written.name(),
                            written.withMetadata(written.metadata()
                                    .withUid("uid-" + written.name())
                                    .withCreationTimestamp(Times.stored(now))
                                    .withVersion(1, 1)));
                case UPDATE -> {
                    if (before == null) {
                        throw new AssertionError("updates what is not there: " + written.name());
                    }
                    replicaSets.put(
                            written.name(),
                            written.withStatus(before.status())
                                    .withMetadata(written.metadata()
                                            .withVersion(
                                                    before.metadata().generation() + 1,
                                                    before.metadata().resourceVersion() + 1)));
                }
                case DELETE -> replicaSets.remove(written.name());
                case UPDATE_STATUS -> throw new AssertionError("a Deployment never writes a ReplicaSet's status");
            }
        }
    }
}
