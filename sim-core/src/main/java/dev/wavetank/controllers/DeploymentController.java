package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.wavetank.controllers.DeploymentAction.Announcement;
import dev.wavetank.controllers.DeploymentAction.Base;
import dev.wavetank.controllers.DeploymentAction.Write;
import dev.wavetank.controllers.WorkQueue.Outcome;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.ApiClient.Answer;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rolls Deployments out by creating and sizing ReplicaSets, as {@link DeploymentSync} decides.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment.
 */
public final class DeploymentController {

    private static final int WORKERS = 5;
    private static final int MAX_RETRIES = 15;

    private final Simulation simulation;
    private final Store store;
    private final SharedInformers informers;
    private final ApiClient client;
    private final EventRecorder events;
    private final DecisionLog decisions;
    private final WorkQueue<ObjectKey> queue;

    /** A controller that works from now on. */
    public DeploymentController(
            Simulation simulation,
            Store store,
            SharedInformers informers,
            Delays delays,
            ControlPlane settings,
            DecisionLog decisions) {
        this.simulation = simulation;
        this.store = store;
        this.informers = informers;
        this.client = settings.controllerClient(simulation, store, delays, "deployment-controller");
        this.events = settings.eventRecorder(simulation, store, "deployment-controller");
        this.decisions = decisions;
        this.queue = new WorkQueue<>(simulation, "deployment", WORKERS, delays.of(Delay.CONTROLLER_SYNC), this::sync);
        informers.deployments().onChange(this::onDeployment);
        informers.replicaSets().onChange(this::onReplicaSet);
        informers.pods().onChange(this::onPod);
    }

    private void onDeployment(@Nullable Deployment before, @Nullable Deployment after) {
        Deployment deployment = after == null ? before : after;
        if (deployment != null) {
            queue.add(deployment.key());
        }
    }

    private void onReplicaSet(@Nullable ReplicaSet before, @Nullable ReplicaSet after) {
        ObjectKey owner = after == null ? null : ownerOf(after);
        ObjectKey ownerBefore = before == null ? null : ownerOf(before);
        if (ownerBefore != null && !ownerBefore.equals(owner)) {
            queue.add(ownerBefore);
        }
        if (owner != null) {
            queue.add(owner);
        } else if (after != null) {
            for (Deployment candidate :
                    informers.deploymentsByNamespace().get(after.metadata().namespace())) {
                if (candidate.spec().selector().matches(after.metadata().labels())) {
                    queue.add(candidate.key());
                }
            }
        }
    }

    /** Only the last pod's going matters, and only to strategy Recreate, which waits for it. */
    private void onPod(@Nullable Pod before, @Nullable Pod after) {
        if (after != null || before == null) {
            return;
        }
        OwnerReference replicaSet = before.metadata().controller();
        ReplicaSet owner = replicaSet == null
                ? null
                : informers
                        .replicaSets()
                        .get(new ObjectKey(
                                ResourceKind.REPLICA_SET, before.metadata().namespace(), replicaSet.name()));
        ObjectKey key = owner == null ? null : ownerOf(owner);
        Deployment deployment = key == null ? null : informers.deployments().get(key);
        if (deployment == null) {
            return;
        }
        boolean waits =
                deployment.spec().strategy() instanceof Strategy.Recreate && Iterables.isEmpty(podsOf(deployment));
        if (waits) {
            queue.add(deployment.key());
        }
    }

    private static @Nullable ObjectKey ownerOf(KubernetesObject object) {
        OwnerReference controller = object.metadata().controller();
        return controller == null || !controller.kind().equals(ResourceKind.DEPLOYMENT)
                ? null
                : new ObjectKey(ResourceKind.DEPLOYMENT, object.metadata().namespace(), controller.name());
    }

    private Iterable<Pod> podsOf(Deployment deployment) {
        List<Iterable<Pod>> pods = new ArrayList<>();
        for (ReplicaSet owned :
                informers.replicaSetsByOwner().get(deployment.metadata().uid())) {
            pods.add(informers.podsByOwner().get(owned.metadata().uid()));
        }
        return Iterables.concat(pods);
    }

    private void sync(ObjectKey key, Consumer<Outcome> done) {
        Deployment deployment = informers.deployments().get(key);
        if (deployment == null) {
            done.accept(Outcome.DONE);
            return;
        }
        Iterable<ReplicaSet> candidates = Iterables.concat(
                informers.replicaSetsByOwner().get(deployment.metadata().uid()),
                Iterables.filter(
                        informers.replicaSetsByOwner().get(""),
                        orphan -> orphan.metadata().namespace().equals(key.namespace())));
        Claim<ReplicaSet> claim = Claim.of(deployment, deployment.spec().selector(), candidates);
        ImmutableList<OwnerReference> ours = ImmutableList.of(OwnerReference.controllerOf(deployment));
        claim.toAdopt().forEach(replicaSet -> setOwners(replicaSet, ours));
        claim.toRelease().forEach(replicaSet -> setOwners(replicaSet, ImmutableList.of()));
        ImmutableList<Pod> pods = deployment.spec().strategy() instanceof Strategy.Recreate
                ? ImmutableList.copyOf(podsOf(deployment))
                : ImmutableList.of();
        new Execution(deployment, claim.owned(), pods, simulation.now(), done).step();
    }

    private void setOwners(ReplicaSet replicaSet, ImmutableList<OwnerReference> owners) {
        client.patch(
                replicaSet.key(),
                stored -> stored.withMetadata(stored.metadata().withOwnerReferences(owners)),
                (result, refused) -> {});
    }

    /** One sync's way through its requests, each sent when the one before has been answered. */
    private final class Execution {

        private final Deployment deployment;
        private final ImmutableList<ReplicaSet> owned;
        private final ImmutableList<Pod> pods;
        private final long now;
        private final Consumer<Outcome> done;
        private final Map<ObjectKey, Long> versionsWritten = new HashMap<>();
        private DeploymentSync.Outcome plan;
        private int next;

        /** The pods matter to strategy Recreate only. */
        Execution(
                Deployment deployment,
                List<ReplicaSet> owned,
                ImmutableList<Pod> pods,
                long now,
                Consumer<Outcome> done) {
            this.deployment = deployment;
            this.owned = ImmutableList.copyOf(owned);
            this.pods = pods;
            this.now = now;
            this.done = done;
            this.plan = DeploymentSync.sync(deployment, owned, pods, now);
        }

        void step() {
            ImmutableList<DeploymentAction> actions = plan.actions();
            while (next < actions.size() && actions.get(next) instanceof Announcement announcement) {
                next++;
                if (announcement.warning()) {
                    events.warning(deployment, announcement.reason(), announcement.message());
                } else {
                    events.normal(deployment, announcement.reason(), announcement.message());
                }
            }
            if (next == actions.size()) {
                finish();
            } else {
                send((Write) actions.get(next++));
            }
        }

        private void send(Write write) {
            KubernetesObject object = write.base() == Base.OWN_WRITE ? onOwnVersion(write.object()) : write.object();
            if (write.verb() != DeploymentAction.Verb.UPDATE_STATUS) {
                // a status only tells what others did
                decisions.record("DeploymentController", deployment.key(), () -> describe(write));
            }
            Answer<KubernetesObject> answer = (written, refused) -> {
                if (refused != null) {
                    refused(write, refused);
                    return;
                }
                if (written != null) {
                    versionsWritten.put(written.key(), written.metadata().resourceVersion());
                }
                step();
            };
            switch (write.verb()) {
                case CREATE -> client.create(object, answer);
                case UPDATE -> client.update(object, answer);
                case UPDATE_STATUS -> client.updateStatus(object, answer);
                case DELETE ->
                    client.delete(object.key(), DeleteOptions.DEFAULT, (nothing, refused) -> answer.on(null, refused));
            }
        }

        private KubernetesObject onOwnVersion(KubernetesObject object) {
            ObjectMeta metadata = object.metadata();
            long version = versionsWritten.getOrDefault(object.key(), metadata.resourceVersion());
            return object.withMetadata(metadata.withVersion(metadata.generation(), version));
        }

        private void refused(Write write, ApiException refused) {
            if (write.verb() == DeploymentAction.Verb.DELETE && refused.reason() == ApiException.Reason.NOT_FOUND) {
                step();
                return;
            }
            if (write.verb() == DeploymentAction.Verb.CREATE) {
                boolean taken = refused.reason() == ApiException.Reason.ALREADY_EXISTS;
                ReplicaSet wanted = (ReplicaSet) write.object();
                plan = DeploymentSync.createRefused(
                        deployment,
                        wanted,
                        taken,
                        (ReplicaSet) store.get(wanted.key()),
                        String.valueOf(refused.getMessage()),
                        simulation.now());
                next = 0;
                step();
            } else if (plan.shrinking().contains(next - 1)) {
                next = plan.shrinking().lowerEndpoint();
                plan = DeploymentSync.shrinkingRefused(deployment, owned, pods, now);
                step();
            } else {
                retry();
            }
        }

        private void finish() {
            switch (plan.requeue().kind()) {
                case RETRY -> retry();
                case RATE_LIMITED -> {
                    done.accept(Outcome.DONE);
                    queue.addRateLimited(deployment.key());
                }
                case AFTER -> {
                    queue.addAfter(deployment.key(), plan.requeue().after());
                    done.accept(Outcome.DONE);
                }
                case NEVER -> done.accept(Outcome.DONE);
            }
        }

        /** Gives up after {@value #MAX_RETRIES} errors in a row, until the next event. */
        private void retry() {
            boolean hopeless = queue.failures(deployment.key()) >= MAX_RETRIES;
            done.accept(hopeless ? Outcome.DONE : Outcome.RETRY);
        }

        private String describe(Write write) {
            return write.verb().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ') + " "
                    + write.object().key() + (write.object() instanceof ReplicaSet set ? " at " + set.replicas() : "")
                    + ": " + write.reason();
        }
    }
}
