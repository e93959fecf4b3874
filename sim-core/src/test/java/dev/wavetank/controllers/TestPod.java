package dev.wavetank.controllers;

import com.fasterxml.jackson.databind.node.NullNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.Times;

/** Builds pods for tests: Running on node n1, an hour old and not ready, unless told otherwise. Ages are in seconds. */
final class TestPod {

    /** The instant against which ages are taken. */
    static final long NOW = 1_000_000 * Times.SECOND;

    static final PodSpec SPEC = new PodSpec(
            ImmutableList.of(),
            ImmutableList.of(),
            PodSpec.RestartPolicy.ALWAYS,
            30,
            ImmutableMap.of(),
            ImmutableList.of(),
            0,
            0,
            NullNode.getInstance());

    private final String name;
    private ObjectMeta metadata;
    private PodPhase phase = PodPhase.RUNNING;
    private String nodeName = "n1";
    private ImmutableList<PodCondition> conditions = ImmutableList.of();
    private int restarts;

    private TestPod(String name) {
        this.name = name;
        this.metadata = ObjectMeta.named("default", name)
                .withUid("uid-" + name)
                .withLabels(ImmutableMap.of("app", "web"))
                .withCreationTimestamp(NOW - 3600 * Times.SECOND);
    }

    static TestPod pod(String name) {
        return new TestPod(name);
    }

    TestPod uid(String uid) {
        metadata = metadata.withUid(uid);
        return this;
    }

    TestPod phase(PodPhase phase) {
        this.phase = phase;
        return this;
    }

    TestPod on(String nodeName) {
        this.nodeName = nodeName;
        return this;
    }

    TestPod unscheduled() {
        return on("").phase(PodPhase.PENDING);
    }

    TestPod created(long secondsAgo) {
        metadata = metadata.withCreationTimestamp(NOW - secondsAgo * Times.SECOND);
        return this;
    }

    TestPod ready(long secondsAgo) {
        return readiness(PodCondition.Status.TRUE, secondsAgo);
    }

    TestPod notReady(long secondsAgo) {
        return readiness(PodCondition.Status.FALSE, secondsAgo);
    }

    private TestPod readiness(PodCondition.Status status, long secondsAgo) {
        conditions = ImmutableList.of(
                new PodCondition(PodCondition.Type.READY, status, NOW - secondsAgo * Times.SECOND, "", ""));
        return this;
    }

    TestPod restarts(int count) {
        this.restarts = count;
        return this;
    }

    TestPod cost(String text) {
        metadata = metadata.withAnnotation(VictimCandidate.DELETION_COST, text);
        return this;
    }

    TestPod labels(ImmutableMap<String, String> labels) {
        metadata = metadata.withLabels(labels);
        return this;
    }

    TestPod ownedBy(KubernetesObject owner) {
        metadata = metadata.withOwnerReferences(ImmutableList.of(OwnerReference.controllerOf(owner)));
        return this;
    }

    TestPod terminating() {
        metadata = metadata.withDeletion(NOW, 30);
        return this;
    }

    Pod build() {
        ContainerStatus container =
                new ContainerStatus("main", new ContainerState.Running(0), null, true, true, restarts);
        return new Pod(
                metadata,
                SPEC,
                nodeName,
                new PodStatus(phase, conditions, ImmutableList.of(), ImmutableList.of(container), "", 0));
    }

    @Override
    public String toString() {
        return name;
    }
}
