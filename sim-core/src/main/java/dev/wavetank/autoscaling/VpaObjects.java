package dev.wavetank.autoscaling;

import dev.wavetank.autoscaling.vpa.ContainerResources;
import dev.wavetank.autoscaling.vpa.ResourceAmounts;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.Informer;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.QosClass;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Store;
import dev.wavetank.model.WatchDelay;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the three parts of the VerticalPodAutoscaler have in common: the objects, and which of them a pod belongs to. */
final class VpaObjects {

    /** If several are about one workload the oldest counts, and of several as old the first by name. */
    private static final Comparator<VerticalPodAutoscaler> OLDEST_FIRST = Comparator.comparingLong(
                    (VerticalPodAutoscaler each) -> each.object().metadata().creationTimestamp())
            .thenComparing(VerticalPodAutoscaler::name);

    private final Store store;
    private final Informer<KeptObject> autoscalers;

    /** A view that follows the store from now on. */
    VpaObjects(Store store, WatchDelay delay) {
        this.store = store;
        this.autoscalers = new Informer<>(store, VerticalPodAutoscaler.KIND, KeptObject.class, delay);
    }

    /** All of them, oldest first. */
    List<VerticalPodAutoscaler> list() {
        return autoscalers.list().stream()
                .map(VerticalPodAutoscaler::of)
                .sorted(OLDEST_FIRST)
                .toList();
    }

    /** The one that controls a pod: the oldest whose target is the topmost controller of the pod. */
    Optional<VerticalPodAutoscaler> controlling(Pod pod) {
        if (autoscalers.list().isEmpty()) {
            return Optional.empty();
        }
        KubernetesObject top = topmostController(pod);
        return top == null
                ? Optional.empty()
                : list().stream().filter(each -> isAbout(each, top)).findFirst();
    }

    private static boolean isAbout(VerticalPodAutoscaler autoscaler, KubernetesObject workload) {
        return autoscaler.namespace().equals(workload.metadata().namespace())
                && autoscaler.target().kind().equals(workload.kind().kind())
                && autoscaler.target().apiVersion().equals(workload.kind().apiVersion())
                && autoscaler.target().name().equals(workload.metadata().name());
    }

    /** The target; null if there is no such workload, or it is itself controlled by another. */
    @Nullable
    KubernetesObject target(VerticalPodAutoscaler autoscaler) {
        for (ResourceKind kind : List.of(ResourceKind.DEPLOYMENT, ResourceKind.REPLICA_SET)) {
            KubernetesObject found = store.get(new ObjectKey(
                    kind, autoscaler.namespace(), autoscaler.target().name()));
            if (found != null && isAbout(autoscaler, found)) {
                return found.metadata().controller() == null ? found : null;
            }
        }
        return null;
    }

    static LabelSelector selector(KubernetesObject workload) {
        return workload instanceof Deployment deployment
                ? deployment.spec().selector()
                : ((ReplicaSet) workload).selector();
    }

    private @Nullable KubernetesObject topmostController(Pod pod) {
        KubernetesObject owner = ownerOf(pod);
        KubernetesObject next = owner;
        while (next != null) {
            owner = next;
            next = ownerOf(next);
        }
        return owner;
    }

    /** The controller of an object, if it is in the store. */
    @Nullable
    KubernetesObject ownerOf(KubernetesObject object) {
        OwnerReference controller = object.metadata().controller();
        return controller == null
                ? null
                : store.get(new ObjectKey(controller.kind(), object.metadata().namespace(), controller.name()));
    }

    /** The containers as the spec has them. */
    static List<ContainerResources> specified(Pod pod) {
        return pod.spec().containers().stream()
                .map(container -> new ContainerResources(
                        container.name(), amounts(container.requests()), amounts(container.limits())))
                .toList();
    }

    /** The containers with what is in force: what their status says, else the spec. */
    static List<ContainerResources> inForce(Pod pod) {
        return pod.spec().containers().stream()
                .map(container -> inForce(pod, container))
                .toList();
    }

    private static ContainerResources inForce(Pod pod, Container container) {
        for (ContainerStatus status : pod.status().containerStatuses()) {
            QosClass.Claim claim = status.resources();
            if (status.name().equals(container.name()) && claim != null) {
                return new ContainerResources(container.name(), amounts(claim.requests()), amounts(claim.limits()));
            }
        }
        return new ContainerResources(container.name(), amounts(container.requests()), amounts(container.limits()));
    }

    private static ResourceAmounts amounts(Resources resources) {
        return new ResourceAmounts(
                resources.cpuMillis() == 0 ? null : Long.valueOf(resources.cpuMillis()),
                resources.memoryBytes() == 0 ? null : Long.valueOf(resources.memoryBytes()));
    }
}
