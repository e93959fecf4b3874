package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.Iterables;
import dev.wavetank.controllers.WorkQueue.Outcome;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Delays;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.EventRecorder;
import dev.wavetank.model.Names;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the pods of every ReplicaSet at the number it asks for, as {@link ReplicaSetSync} decides.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/replicaset.
 */
public final class ReplicaSetController {

    private static final int WORKERS = 5;
    private static final PodTally NO_PODS = new PodTally();

    private final Simulation simulation;
    private final Names names;
    private final SharedInformers informers;
    private final ApiClient client;
    private final EventRecorder events;
    private final DecisionLog decisions;
    private final VictimOrder victimOrder;
    private final TieBreak tieBreak;
    private final WorkQueue<ObjectKey> queue;
    private final Map<ObjectKey, Expectations> expectations = new HashMap<>();
    private final Map<String, PodTally> tallies = new HashMap<>();

    /** A controller that works from now on. */
    public ReplicaSetController(
            Simulation simulation,
            Store store,
            SharedInformers informers,
            Delays delays,
            ControlPlane settings,
            DecisionLog decisions) {
        this.simulation = simulation;
        this.names = store.names();
        this.informers = informers;
        this.client = settings.controllerClient(simulation, store, delays, "replicaset-controller");
        this.events = settings.eventRecorder(simulation, store, "replicaset-controller");
        this.decisions = decisions;
        this.victimOrder = settings.victimOrder();
        this.tieBreak = TieBreak.seeded(simulation.random().seed());
        this.queue = new WorkQueue<>(simulation, "replicaset", WORKERS, delays.of(Delay.CONTROLLER_SYNC), this::sync);
        informers.replicaSets().onChange(this::onReplicaSet);
        informers.pods().onChange(this::onPod);
    }

    private void onReplicaSet(@Nullable ReplicaSet before, @Nullable ReplicaSet after) {
        if (after != null) {
            queue.add(after.key());
        } else if (before != null) {
            expectations.remove(before.key());
            queue.add(before.key());
        }
    }

    private void onPod(@Nullable Pod before, @Nullable Pod after) {
        tally(before, after);
        if (after == null || after.metadata().isBeingDeleted()) {
            Pod going = after == null ? before : after;
            if (going != null) {
                podGoes(going);
            }
            return;
        }
        ObjectKey owner = ownerOf(after);
        ObjectKey ownerBefore = before == null ? null : ownerOf(before);
        if (ownerBefore != null && !ownerBefore.equals(owner)) {
            queue.add(ownerBefore);
        }
        if (owner != null) {
            if (before == null) {
                expectationsOf(owner).creationObserved();
            }
            queue.add(owner);
            enqueueForAvailability(owner, before, after);
        } else if (before == null
                || ownerBefore != null
                || !before.metadata().labels().equals(after.metadata().labels())) {
            enqueueMatching(after);
        }
    }

    private void tally(@Nullable Pod before, @Nullable Pod after) {
        OwnerReference was = before == null ? null : before.metadata().controller();
        OwnerReference is = after == null ? null : after.metadata().controller();
        if (was != null && is != null && was.uid().equals(is.uid())) {
            countIn(is.uid()).replace(before, after);
            return;
        }
        if (was != null) {
            PodTally left = countIn(was.uid());
            left.replace(before, null);
            if (left.isEmpty()) {
                tallies.remove(was.uid());
            }
        }
        if (is != null) {
            countIn(is.uid()).replace(null, after);
        }
    }

    private PodTally countIn(String ownerUid) {
        return tallies.computeIfAbsent(ownerUid, unused -> new PodTally());
    }

    private PodTally tallyOf(ReplicaSet replicaSet) {
        return tallies.getOrDefault(replicaSet.metadata().uid(), NO_PODS);
    }

    private void podGoes(Pod pod) {
        ObjectKey owner = ownerOf(pod);
        if (owner != null) {
            expectationsOf(owner).deletionObserved(pod.name());
            queue.add(owner);
        }
    }

    /** A pod that has turned ready becomes available later; nothing else would bring the controller back to it then. */
    private void enqueueForAvailability(ObjectKey owner, @Nullable Pod before, Pod after) {
        ReplicaSet replicaSet = informers.replicaSets().get(owner);
        boolean turnedReady = after.isReady() && (before == null || !before.isReady());
        if (turnedReady && replicaSet != null && replicaSet.minReadySeconds() > 0) {
            queue.addAfter(owner, replicaSet.minReadySeconds() * dev.wavetank.model.Times.SECOND);
        }
    }

    private void enqueueMatching(Pod orphan) {
        for (ReplicaSet candidate :
                informers.replicaSetsByNamespace().get(orphan.metadata().namespace())) {
            if (candidate.selector().matches(orphan.metadata().labels())) {
                queue.add(candidate.key());
            }
        }
    }

    private @Nullable ObjectKey ownerOf(Pod pod) {
        OwnerReference controller = pod.metadata().controller();
        if (controller == null || !controller.kind().equals(ResourceKind.REPLICA_SET)) {
            return null;
        }
        return new ObjectKey(ResourceKind.REPLICA_SET, pod.metadata().namespace(), controller.name());
    }

    private Expectations expectationsOf(ObjectKey key) {
        return expectations.computeIfAbsent(key, unused -> new Expectations());
    }

    private void sync(ObjectKey key, Consumer<Outcome> done) {
        ReplicaSet replicaSet = informers.replicaSets().get(key);
        if (replicaSet == null) {
            expectations.remove(key);
            done.accept(Outcome.DONE);
            return;
        }
        boolean mayManage = expectationsOf(key).areMet(simulation.now());
        ReplicaSetSync.Plan plan = mayAdopt(replicaSet)
                ? null
                : ReplicaSetSync.planByCount(replicaSet, tallyOf(replicaSet), mayManage, simulation.now());
        new Execution(key, plan == null ? planByPods(replicaSet, mayManage) : plan, done).adopt();
    }

    /** True if a pod without an owner matches, whether or not it is active. */
    private boolean mayAdopt(ReplicaSet replicaSet) {
        for (Pod orphan : orphansOf(replicaSet)) {
            if (replicaSet.selector().matches(orphan.metadata().labels())) {
                return true;
            }
        }
        return false;
    }

    private Collection<Pod> orphansOf(ReplicaSet replicaSet) {
        return informers.orphanPodsByNamespace().get(replicaSet.metadata().namespace());
    }

    private ReplicaSetSync.Plan planByPods(ReplicaSet replicaSet, boolean mayManage) {
        return ReplicaSetSync.plan(
                replicaSet,
                Iterables.concat(
                        informers.podsByOwner().get(replicaSet.metadata().uid()), orphansOf(replicaSet)),
                mayManage,
                () -> podsPerNode(replicaSet),
                victimOrder,
                tieBreak,
                simulation.now());
    }

    /** Counts the pods of all ReplicaSets of the same Deployment. */
    private PodsPerNode podsPerNode(ReplicaSet replicaSet) {
        OwnerReference controller = replicaSet.metadata().controller();
        if (controller == null) {
            return PodsPerNode.NO_WORKLOAD;
        }
        List<PodTally> related = new ArrayList<>();
        for (ReplicaSet sibling : informers.replicaSetsByOwner().get(controller.uid())) {
            related.add(tallyOf(sibling));
        }
        return PodsPerNode.sum(related);
    }

    /** One sync's way through its requests: adoptions, then creations batch by batch or deletions at once, then the status. */
    private final class Execution {

        private final ObjectKey key;
        private final ReplicaSetSync.Plan plan;
        private final Consumer<Outcome> done;
        private final ReplicaSet replicaSet;
        private @Nullable String failure;
        private int outstanding;

        Execution(ObjectKey key, ReplicaSetSync.Plan plan, Consumer<Outcome> done) {
            this.key = key;
            this.plan = plan;
            this.done = done;
            this.replicaSet = plan.replicaSet();
        }

        void adopt() {
            OwnerReference ours = OwnerReference.controllerOf(replicaSet);
            plan.claim().toAdopt().forEach(pod -> setOwners(pod, ImmutableList.of(ours)));
            plan.claim().toRelease().forEach(pod -> setOwners(pod, ImmutableList.of()));
            manage();
        }

        private void setOwners(Pod pod, ImmutableList<OwnerReference> owners) {
            client.patch(
                    pod.key(),
                    stored -> stored.withMetadata(stored.metadata().withOwnerReferences(owners)),
                    (result, refused) -> {});
        }

        private void manage() {
            if (plan.toCreate() > 0) {
                expectationsOf(key).expectCreations(plan.toCreate(), simulation.now());
                create(SlowStart.of(plan.toCreate(), SlowStart.INITIAL_BATCH_SIZE));
            } else if (!plan.toDelete().isEmpty()) {
                deleteVictims();
            } else {
                report();
            }
        }

        private void create(SlowStart batches) {
            if (batches.isDone()) {
                // what was never tried will not be seen either
                for (int i = 0; i < batches.remaining(); i++) {
                    expectationsOf(key).creationObserved();
                }
                report();
                return;
            }
            outstanding = batches.batch();
            int[] failures = new int[1];
            for (int i = 0; i < batches.batch(); i++) {
                Pod pod = newPod();
                client.create(pod, (created, refused) -> {
                    if (refused == null) {
                        events.normal(replicaSet, "SuccessfulCreate", "Created pod: " + pod.name());
                    } else {
                        failures[0]++;
                        failed("FailedCreate", "Error creating: ", refused);
                        expectationsOf(key).creationObserved();
                    }
                    if (--outstanding == 0) {
                        create(batches.after(failures[0]));
                    }
                });
            }
        }

        private Pod newPod() {
            ObjectMeta metadata = ObjectMeta.named(key.namespace(), names.generate(replicaSet.name() + "-"))
                    .withLabels(replicaSet.template().labels())
                    .withAnnotations(replicaSet.template().annotations())
                    .withOwnerReferences(ImmutableList.of(OwnerReference.controllerOf(replicaSet)));
            return new Pod(metadata, replicaSet.template().spec(), "", PodStatus.NEW);
        }

        private void deleteVictims() {
            List<Pod> victims = plan.toDelete();
            explain();
            expectationsOf(key).expectDeletions(victims.stream().map(Pod::name).toList(), simulation.now());
            outstanding = victims.size();
            for (Pod victim : victims) {
                client.delete(victim.key(), DeleteOptions.DEFAULT, (nothing, refused) -> {
                    if (refused == null) {
                        events.normal(replicaSet, "SuccessfulDelete", "Deleted pod: " + victim.name());
                    } else {
                        expectationsOf(key).deletionObserved(victim.name());
                        if (refused.reason() != ApiException.Reason.NOT_FOUND) {
                            failed("FailedDelete", "Error deleting: ", refused);
                        }
                    }
                    if (--outstanding == 0) {
                        report();
                    }
                });
            }
        }

        private void explain() {
            PodDeletion.Selection selection = plan.deletion();
            for (int i = 0;
                    decisions.isOn()
                            && selection != null
                            && i < selection.victims().size();
                    i++) {
                int victim = i;
                decisions.record(
                        "ReplicaSetController",
                        selection.victims().get(i).pod().key(),
                        () -> "deleted: " + plan.reason() + "; " + selection.reason(victim));
            }
        }

        private void failed(String reason, String what, ApiException refused) {
            if (failure == null) {
                failure = String.valueOf(refused.getMessage());
            }
            events.warning(replicaSet, reason, what + refused.getMessage());
        }

        private void report() {
            ReplicaSetSync.Report report = plan.report(failure);
            if (!report.statusChanged()) {
                finish(report, false);
                return;
            }
            client.updateStatus(replicaSet.withStatus(report.status()), (written, refused) -> {
                if (refused != null && refused.reason() == ApiException.Reason.CONFLICT) {
                    // read again and written once more, the counts being newer than the object
                    client.patch(
                            key,
                            stored -> ((ReplicaSet) stored).withStatus(report.status()),
                            (again, refusedAgain) -> finish(report, refusedAgain != null));
                } else {
                    finish(report, refused != null);
                }
            });
        }

        private void finish(ReplicaSetSync.Report report, boolean writeFailed) {
            if (report.requeueAfter() >= 0) {
                queue.addAfter(key, report.requeueAfter());
            }
            done.accept(report.retry() || writeFailed ? Outcome.RETRY : Outcome.DONE);
        }
    }
}
