package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.Delays;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.WatchEvent;
import dev.wavetank.model.manifest.CustomResourceDefinition;
import dev.wavetank.model.manifest.CustomResources;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Follows deletions down the tree of owners: what the deleted object owned is deleted after it (background), before it
 * (foreground), or set free (orphan).
 *
 * <p>Source: kubernetes 1.36 pkg/controller/garbagecollector.
 */
public final class GarbageCollector {

    private static final String FOREGROUND = "foregroundDeletion";
    private static final String ORPHAN = "orphan";

    private final Simulation simulation;
    private final Store store;
    private final ApiClient client;

    /** A collector that watches the owners of other objects from now on. */
    public GarbageCollector(Simulation simulation, Store store, Delays delays, ControlPlane settings) {
        this.simulation = simulation;
        this.store = store;
        this.client = settings.controllerClient(simulation, store, delays, "generic-garbage-collector");
        for (ResourceKind kind : List.of(
                ResourceKind.DEPLOYMENT, ResourceKind.REPLICA_SET, ResourceKind.POD, ResourceKind.ENDPOINT_SLICE)) {
            store.watch(kind, delays.watch(simulation, "garbage-collector/" + kind.plural()), this::on);
        }
        for (CustomResourceDefinition custom : CustomResources.all()) {
            ResourceKind kind = custom.resource();
            store.watch(kind, delays.watch(simulation, "garbage-collector/" + kind.plural()), this::on);
        }
    }

    private void on(WatchEvent event) {
        KubernetesObject object = event.object();
        if (event.type() == WatchEvent.Type.DELETED) {
            store.dependentsOf(object.metadata().uid()).forEach(this::deleteDependent);
            releaseWaitingOwners(object);
        } else if (object.metadata().isBeingDeleted()) {
            if (object.metadata().finalizers().contains(FOREGROUND)) {
                foreground(object);
            } else if (object.metadata().finalizers().contains(ORPHAN)) {
                orphan(object);
            }
        }
    }

    private void deleteDependent(ObjectKey key) {
        client.delete(key, DeleteOptions.DEFAULT, (nothing, refused) -> {});
    }

    private void foreground(KubernetesObject owner) {
        List<ObjectKey> dependents = store.dependentsOf(owner.metadata().uid());
        if (dependents.isEmpty()) {
            removeFinalizer(owner.key(), FOREGROUND);
            return;
        }
        for (ObjectKey key : dependents) {
            KubernetesObject dependent = store.get(key);
            if (dependent != null && !dependent.metadata().isBeingDeleted()) {
                client.delete(
                        key, new DeleteOptions(null, DeleteOptions.Propagation.FOREGROUND), (nothing, refused) -> {});
            }
        }
    }

    /** The last dependent of an owner that waits for them lets it go. */
    private void releaseWaitingOwners(KubernetesObject gone) {
        for (OwnerReference reference : gone.metadata().ownerReferences()) {
            ObjectKey key = new ObjectKey(reference.kind(), gone.metadata().namespace(), reference.name());
            KubernetesObject owner = store.get(key);
            boolean waits = owner != null
                    && owner.metadata().uid().equals(reference.uid())
                    && owner.metadata().finalizers().contains(FOREGROUND);
            if (waits && store.dependentsOf(reference.uid()).isEmpty()) {
                removeFinalizer(key, FOREGROUND);
            }
        }
    }

    private void orphan(KubernetesObject owner) {
        String uid = owner.metadata().uid();
        for (ObjectKey key : store.dependentsOf(uid)) {
            patchMetadata(
                    key,
                    metadata -> metadata.withOwnerReferences(metadata.ownerReferences().stream()
                            .filter(reference -> !reference.uid().equals(uid))
                            .collect(ImmutableList.toImmutableList())));
        }
        // requests of one client arrive in order only if they take equally long, so the owner waits until it stands
        // alone
        releaseOnceAlone(owner.key(), uid);
    }

    private void releaseOnceAlone(ObjectKey key, String uid) {
        if (store.dependentsOf(uid).isEmpty()) {
            removeFinalizer(key, ORPHAN);
        } else {
            simulation.after(10_000_000, () -> releaseOnceAlone(key, uid));
        }
    }

    private void removeFinalizer(ObjectKey key, String finalizer) {
        patchMetadata(
                key,
                metadata -> metadata.withFinalizers(metadata.finalizers().stream()
                        .filter(name -> !name.equals(finalizer))
                        .collect(ImmutableList.toImmutableList())));
    }

    private void patchMetadata(ObjectKey key, UnaryOperator<ObjectMeta> change) {
        client.patch(key, stored -> stored.withMetadata(change.apply(stored.metadata())), (result, refused) -> {});
    }
}
