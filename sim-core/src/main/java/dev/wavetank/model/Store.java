package dev.wavetank.model;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Simulation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The cluster's objects and their history of versions: what the API server and etcd are to a real cluster.
 *
 * <p>Objects are immutable values under a key; every write gives the object the next {@code resourceVersion}, and whoever
 * watches its kind is told, in the order of the writes, each watch with a delay of its own (see {@link Watch}). A write
 * that carries an outdated {@code resourceVersion} is refused with a conflict. Nothing here takes time; the time a request
 * takes is {@link ApiClient}'s business.
 *
 * <p>Not for use by several threads.
 */
public final class Store {

    private static final String FOREGROUND_FINALIZER = "foregroundDeletion";
    private static final String ORPHAN_FINALIZER = "orphan";

    private final Simulation simulation;
    private final Names names;
    private final Map<ResourceKind, ObjectTable> objects = new LinkedHashMap<>();
    private final Map<String, Set<ObjectKey>> dependentsByOwnerUid = new LinkedHashMap<>();
    private final Map<ResourceKind, List<Watch>> watches = new LinkedHashMap<>();
    private final Map<String, List<Watch>> podWatchesByNode = new LinkedHashMap<>();
    private final List<Watch> watchesOfAll = new ArrayList<>();
    private final Map<ResourceKind, Long> versions = new LinkedHashMap<>();
    private UnaryOperator<KubernetesObject> admission = object -> object;
    private long resourceVersion;

    public Store(Simulation simulation) {
        this.simulation = simulation;
        this.names = new Names(simulation.random().stream("store/names"), simulation.random().stream("store/uids"));
    }

    /** Makes names for objects that are created with {@code generateName}. */
    public Names names() {
        return names;
    }

    /** Lets {@code admission} complete every object before it is created, as admission plugins do. */
    public void admitWith(UnaryOperator<KubernetesObject> admission) {
        this.admission = admission;
    }

    /** The version of the last write; only grows. */
    public long resourceVersion() {
        return resourceVersion;
    }

    /** The version of the last write to any object of a kind; 0 if there was none. */
    public long resourceVersionOf(ResourceKind kind) {
        return versions.getOrDefault(kind, 0L);
    }

    public @Nullable KubernetesObject get(ObjectKey key) {
        return ofKind(key.kind()).get(key);
    }

    /** All objects of a kind as they are now, in the order of namespace and name. */
    public Collection<KubernetesObject> list(ResourceKind kind) {
        return ofKind(kind).list();
    }

    /** The kinds of which there has been an object. */
    public Collection<ResourceKind> kinds() {
        return Collections.unmodifiableCollection(objects.keySet());
    }

    /** The keys of the objects that name this uid as an owner, in the order in which they came to do so. */
    public List<ObjectKey> dependentsOf(String ownerUid) {
        return ImmutableList.copyOf(dependentsByOwnerUid.getOrDefault(ownerUid, Set.of()));
    }

    /**
     * Files a new object: gives it a uid, the time and a version.
     *
     * @throws ApiException ALREADY_EXISTS if there is one of that name
     */
    public KubernetesObject create(KubernetesObject object) {
        ObjectKey key = object.key();
        ObjectTable kind = ofKind(key.kind());
        if (kind.get(key) != null) {
            throw ApiException.alreadyExists(key);
        }
        KubernetesObject admitted = admission.apply(object);
        KubernetesObject created =
                admitted.withMetadata(admitted.metadata().created(names.uid(), simulation.now(), ++resourceVersion));
        kind.put(key, created);
        indexOwners(null, created);
        publish(new WatchEvent(WatchEvent.Type.ADDED, null, created));
        return created;
    }

    /**
     * Writes an object through its main resource; a changed spec raises the generation.
     *
     * @throws ApiException NOT_FOUND, or CONFLICT if the object's {@code resourceVersion} is not the stored one
     */
    public KubernetesObject update(KubernetesObject object) {
        KubernetesObject stored = require(object);
        long generation = stored.metadata().generation() + (object.hasSameSpecAs(stored) ? 0 : 1);
        return write(stored, object, generation);
    }

    /**
     * Writes an object through its status endpoint; the generation stays.
     *
     * @throws ApiException NOT_FOUND, or CONFLICT if the object's {@code resourceVersion} is not the stored one
     */
    public KubernetesObject updateStatus(KubernetesObject object) {
        KubernetesObject stored = require(object);
        return write(stored, object, stored.metadata().generation());
    }

    /**
     * Changes whatever is stored under the key, as a patch without a precondition does.
     *
     * @param change is given the stored object and returns the changed one, or the same for no change
     * @throws ApiException NOT_FOUND
     */
    public KubernetesObject patch(ObjectKey key, UnaryOperator<KubernetesObject> change) {
        KubernetesObject stored = get(key);
        if (stored == null) {
            throw ApiException.notFound(key);
        }
        KubernetesObject changed = change.apply(stored);
        long generation = stored.metadata().generation() + (changed.hasSameSpecAs(stored) ? 0 : 1);
        return write(stored, changed, generation);
    }

    /**
     * Deletes an object, or marks it for deletion: a pod that has to stop first, an object with finalizers.
     *
     * @throws ApiException NOT_FOUND
     */
    public void delete(ObjectKey key, DeleteOptions options) {
        KubernetesObject stored = get(key);
        if (stored == null) {
            throw ApiException.notFound(key);
        }
        if (stored instanceof Pod pod) {
            deletePod(pod, options);
            return;
        }
        ImmutableList<String> finalizers = finalizersAfterDelete(stored, options.propagation());
        if (finalizers.isEmpty()) {
            remove(stored);
        } else if (!stored.metadata().isBeingDeleted()) {
            ObjectMeta marked =
                    stored.metadata().withFinalizers(finalizers).withDeletion(Times.stored(simulation.now()), 0);
            write(stored, stored.withMetadata(marked), stored.metadata().generation() + 1);
        }
    }

    private void deletePod(Pod pod, DeleteOptions options) {
        PodDeletionGrace decision = PodDeletionGrace.decide(pod, options.gracePeriodSeconds(), simulation.now());
        if (decision.outcome() == PodDeletionGrace.Outcome.ALREADY_TERMINATING_NO_CHANGE) {
            return;
        }
        ObjectMeta marked = pod.metadata()
                .withDeletion(Times.stored(decision.deletionTimestamp()), decision.deletionGracePeriodSeconds());
        long generation = pod.metadata().generation() + (decision.raisesGeneration() ? 1 : 0);
        KubernetesObject current = write(pod, pod.withMetadata(marked), generation);
        boolean removed = decision.outcome() == PodDeletionGrace.Outcome.UPDATED_THEN_REMOVED_NOW;
        if (removed && current.metadata().finalizers().isEmpty()) {
            remove(current);
        }
    }

    private static ImmutableList<String> finalizersAfterDelete(
            KubernetesObject object, DeleteOptions.Propagation propagation) {
        ImmutableList<String> finalizers = object.metadata().finalizers();
        String wanted = switch (propagation) {
            case BACKGROUND -> null;
            case FOREGROUND -> FOREGROUND_FINALIZER;
            case ORPHAN -> ORPHAN_FINALIZER;
        };
        if (wanted == null || finalizers.contains(wanted)) {
            return finalizers;
        }
        return ImmutableList.<String>builder().addAll(finalizers).add(wanted).build();
    }

    /** Tells {@code handler} of every change of a kind from now on, {@code delay} after it happened. */
    public Watch watch(ResourceKind kind, WatchDelay delay, Watch.Handler handler) {
        Watch watch = new Watch(simulation, delay, handler);
        watches.computeIfAbsent(kind, unused -> new ArrayList<>()).add(watch);
        return watch;
    }

    /** As {@link #watch}, but only of pods bound to one node: what a kubelet asks for. */
    public Watch watchPodsOn(String nodeName, WatchDelay delay, Watch.Handler handler) {
        Watch watch = new Watch(simulation, delay, handler);
        podWatchesByNode.computeIfAbsent(nodeName, unused -> new ArrayList<>()).add(watch);
        return watch;
    }

    /** Tells {@code handler} of every change of every kind, at once: for recorders that stand outside the cluster. */
    public void observe(Watch.Handler handler) {
        watchesOfAll.add(new Watch(simulation, WatchDelay.NONE, handler));
    }

    private KubernetesObject require(KubernetesObject object) {
        KubernetesObject stored = get(object.key());
        if (stored == null || !stored.metadata().uid().equals(object.metadata().uid())) {
            throw ApiException.notFound(object.key());
        }
        if (stored.metadata().resourceVersion() != object.metadata().resourceVersion()) {
            throw ApiException.conflict(object.key());
        }
        return stored;
    }

    /** Files the changed object; one on its way out goes as soon as nothing holds it back. */
    private KubernetesObject write(KubernetesObject stored, KubernetesObject changed, long generation) {
        if (changed.equals(stored)) {
            return stored;
        }
        KubernetesObject written = changed.withMetadata(changed.metadata().withVersion(generation, ++resourceVersion));
        ofKind(written.kind()).put(written.key(), written);
        indexOwners(stored, written);
        publish(new WatchEvent(WatchEvent.Type.MODIFIED, stored, written));
        boolean finalizersGone = !stored.metadata().finalizers().isEmpty()
                && written.metadata().finalizers().isEmpty();
        if (written.metadata().isBeingDeleted() && finalizersGone) {
            remove(written);
        }
        return written;
    }

    private void remove(KubernetesObject stored) {
        ofKind(stored.kind()).remove(stored.key());
        resourceVersion++;
        KubernetesObject last = stored.withMetadata(
                stored.metadata().withVersion(stored.metadata().generation(), resourceVersion));
        indexOwners(stored, null);
        publish(new WatchEvent(WatchEvent.Type.DELETED, stored, last));
    }

    private void publish(WatchEvent event) {
        versions.put(event.object().kind(), resourceVersion);
        for (Watch watch : watchesOfAll) {
            watch.offer(event);
        }
        for (Watch watch : watches.getOrDefault(event.object().kind(), List.of())) {
            watch.offer(event);
        }
        if (event.object() instanceof Pod pod && pod.isScheduled()) {
            for (Watch watch : podWatchesByNode.getOrDefault(pod.nodeName(), List.of())) {
                watch.offer(event);
            }
        }
    }

    private void indexOwners(@Nullable KubernetesObject before, @Nullable KubernetesObject after) {
        ImmutableList<OwnerReference> was = owners(before);
        ImmutableList<OwnerReference> is = owners(after);
        if (was.equals(is)) {
            return;
        }
        for (OwnerReference owner : was) {
            Set<ObjectKey> dependents = dependentsByOwnerUid.get(owner.uid());
            if (before != null && dependents != null) {
                dependents.remove(before.key());
                if (dependents.isEmpty()) {
                    dependentsByOwnerUid.remove(owner.uid());
                }
            }
        }
        for (OwnerReference owner : is) {
            if (after != null) {
                dependentsByOwnerUid
                        .computeIfAbsent(owner.uid(), unused -> new LinkedHashSet<>())
                        .add(after.key());
            }
        }
    }

    private static ImmutableList<OwnerReference> owners(@Nullable KubernetesObject object) {
        return object == null ? ImmutableList.of() : object.metadata().ownerReferences();
    }

    private ObjectTable ofKind(ResourceKind kind) {
        return objects.computeIfAbsent(kind, unused -> new ObjectTable());
    }
}
