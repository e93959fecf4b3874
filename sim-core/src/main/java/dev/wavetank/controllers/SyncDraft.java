package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.DeploymentAction.Announcement;
import dev.wavetank.controllers.DeploymentAction.Base;
import dev.wavetank.controllers.DeploymentAction.Verb;
import dev.wavetank.controllers.DeploymentAction.Write;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.WorkloadCondition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The page one sync writes on: its own copy of the Deployment and the actions so far.
 *
 * <p>The copy's figures and conditions change as the sync goes on, but its resourceVersion stays the one that was read.
 * So the second write of the Deployment is refused, and likewise the second write of a ReplicaSet unless it starts from
 * the answer to the first.
 */
final class SyncDraft {

    /** The server refuses a write made over an outdated copy; it ends the sync. */
    static final class StaleWriteException extends RuntimeException {
        private static final long serialVersionUID = 1;

        StaleWriteException(ObjectKey key) {
            super(key + " was written earlier in this sync", null, false, false);
        }
    }

    private final long now;
    private Deployment deployment;
    private final List<DeploymentAction> actions = new ArrayList<>();
    private final Map<ObjectKey, Long> written = new LinkedHashMap<>();
    private long placeholder;

    SyncDraft(Deployment deployment, long now) {
        this.deployment = deployment;
        this.now = now;
    }

    long now() {
        return now;
    }

    /** The sync's copy as it stands. */
    Deployment deployment() {
        return deployment;
    }

    int replicas() {
        return deployment.spec().replicas();
    }

    /** Changes the copy; nothing is written yet. */
    void change(Deployment changed) {
        deployment = changed;
    }

    void setCondition(WorkloadCondition condition) {
        deployment = deployment.withStatus(DeploymentConditions.with(deployment.status(), condition));
    }

    void writeStatus(String reason) {
        write(Verb.UPDATE_STATUS, deployment, reason);
    }

    void writeDeployment(String reason) {
        write(Verb.UPDATE, deployment, reason);
    }

    ReplicaSet create(ReplicaSet replicaSet, String reason) {
        return fresh(replicaSet, write(Verb.CREATE, replicaSet, reason));
    }

    ReplicaSet update(ReplicaSet replicaSet, String reason) {
        return fresh(replicaSet, write(Verb.UPDATE, replicaSet, reason));
    }

    void delete(ReplicaSet replicaSet, String reason) {
        actions.add(new Write(Verb.DELETE, replicaSet, Base.AS_READ, reason));
    }

    void normal(String reason, String message) {
        actions.add(new Announcement(false, reason, message));
    }

    void warn(String reason, String message) {
        actions.add(new Announcement(true, reason, message));
    }

    /**
     * Gives a ReplicaSet a size and the notes that go with it, and announces a change of size. Writes nothing if size and
     * notes are right.
     *
     * @return the ReplicaSet as it is afterwards
     */
    ReplicaSet resize(ReplicaSet replicaSet, int replicas, String reason) {
        Fenceposts fenceposts = Fenceposts.of(deployment.spec());
        int before = replicaSet.replicas();
        if (before == replicas
                && DeploymentAnnotations.areSized(replicaSet, fenceposts.replicas(), fenceposts.maxTotal())) {
            return replicaSet;
        }
        ReplicaSet after = update(
                DeploymentAnnotations.sized(
                        replicaSet.withReplicas(replicas), fenceposts.replicas(), fenceposts.maxTotal()),
                reason);
        if (before != replicas) {
            announceSize(replicaSet.name(), before, replicas);
        }
        return after;
    }

    /** Carries resizes out in order; a ReplicaSet's second one starts from the answer to its first. */
    void resizeAll(List<Resize> resizes) {
        Map<String, ReplicaSet> latest = new LinkedHashMap<>();
        for (Resize resize : resizes) {
            String name = resize.replicaSet().name();
            ReplicaSet copy = latest.getOrDefault(name, resize.replicaSet());
            latest.put(name, resize(copy, resize.replicas(), resize.reason()));
        }
    }

    void announceSize(String replicaSet, int before, int after) {
        normal(
                "ScalingReplicaSet",
                "Scaled " + (before < after ? "up" : "down") + " replica set " + replicaSet + " from " + before + " to "
                        + after);
    }

    ImmutableList<DeploymentAction> actions() {
        return ImmutableList.copyOf(actions);
    }

    int actionCount() {
        return actions.size();
    }

    /** Notes the write and returns the version its answer stands for. */
    private long write(Verb verb, KubernetesObject object, String reason) {
        ObjectKey key = object.key();
        @Nullable Long current = written.get(key);
        Base base = current == null
                ? Base.AS_READ
                : current == object.metadata().resourceVersion() ? Base.OWN_WRITE : Base.STALE;
        actions.add(new Write(verb, object, base, reason));
        if (base == Base.STALE) {
            throw new StaleWriteException(key);
        }
        placeholder--;
        written.put(key, placeholder);
        return placeholder;
    }

    private static ReplicaSet fresh(ReplicaSet replicaSet, long version) {
        return replicaSet.withMetadata(
                replicaSet.metadata().withVersion(replicaSet.metadata().generation(), version));
    }
}
