package dev.wavetank.controllers;

import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Delays;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.Informer;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Service;
import dev.wavetank.model.Store;

/**
 * The controller manager's own copies of what its controllers look at; one of each kind for all of them, so that they share
 * one view of the world.
 *
 * <p>Source: kubernetes 1.36 client-go informers, SharedInformerFactory.
 */
public final class SharedInformers {

    private final Informer<Deployment> deployments;
    private final Informer.Index<Deployment> deploymentsByNamespace;
    private final Informer<ReplicaSet> replicaSets;
    private final Informer.Index<ReplicaSet> replicaSetsByOwner;
    private final Informer.Index<ReplicaSet> replicaSetsByNamespace;
    private final Informer<Pod> pods;
    private final Informer.Index<Pod> podsByOwner;
    private final Informer.Index<Pod> podsByNamespace;
    private final Informer.Index<Pod> orphanPodsByNamespace;
    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;
    private final Informer.Index<EndpointSlice> slicesByService;
    private final Informer<Node> nodes;

    /** Copies that follow the store from now on. */
    public SharedInformers(Simulation simulation, Store store, Delays delays) {
        deployments = informer(simulation, store, delays, ResourceKind.DEPLOYMENT, Deployment.class);
        deploymentsByNamespace = deployments.indexBy(SharedInformers::namespace);
        replicaSets = informer(simulation, store, delays, ResourceKind.REPLICA_SET, ReplicaSet.class);
        replicaSetsByOwner = replicaSets.indexBy(SharedInformers::controllerUid);
        replicaSetsByNamespace = replicaSets.indexBy(SharedInformers::namespace);
        pods = informer(simulation, store, delays, ResourceKind.POD, Pod.class);
        podsByOwner = pods.indexBy(SharedInformers::controllerUid);
        podsByNamespace = pods.indexBy(SharedInformers::namespace);
        orphanPodsByNamespace =
                pods.indexBy(pod -> controllerUid(pod).isEmpty() ? namespace(pod) : Informer.Index.NOWHERE);
        services = informer(simulation, store, delays, ResourceKind.SERVICE, Service.class);
        slices = informer(simulation, store, delays, ResourceKind.ENDPOINT_SLICE, EndpointSlice.class);
        slicesByService = slices.indexBy(slice -> slice.metadata().namespace() + "/" + slice.serviceName());
        nodes = informer(simulation, store, delays, ResourceKind.NODE, Node.class);
    }

    private static <T extends KubernetesObject> Informer<T> informer(
            Simulation simulation, Store store, Delays delays, ResourceKind kind, Class<T> type) {
        return new Informer<>(store, kind, type, delays.watch(simulation, "controller-manager/" + kind.plural()));
    }

    private static String namespace(KubernetesObject object) {
        return object.metadata().namespace();
    }

    /** The uid of the owner that manages an object; empty for an orphan. */
    private static String controllerUid(KubernetesObject object) {
        OwnerReference controller = object.metadata().controller();
        return controller == null ? "" : controller.uid();
    }

    public Informer<Deployment> deployments() {
        return deployments;
    }

    public Informer.Index<Deployment> deploymentsByNamespace() {
        return deploymentsByNamespace;
    }

    public Informer<ReplicaSet> replicaSets() {
        return replicaSets;
    }

    /** By the uid of the Deployment that manages them; orphans under the empty text. */
    public Informer.Index<ReplicaSet> replicaSetsByOwner() {
        return replicaSetsByOwner;
    }

    public Informer.Index<ReplicaSet> replicaSetsByNamespace() {
        return replicaSetsByNamespace;
    }

    public Informer<Pod> pods() {
        return pods;
    }

    /** By the uid of the ReplicaSet that manages them; orphans under the empty text. */
    public Informer.Index<Pod> podsByOwner() {
        return podsByOwner;
    }

    public Informer.Index<Pod> podsByNamespace() {
        return podsByNamespace;
    }

    /** Pods without an owner that manages them. */
    public Informer.Index<Pod> orphanPodsByNamespace() {
        return orphanPodsByNamespace;
    }

    public Informer<Service> services() {
        return services;
    }

    public Informer<EndpointSlice> slices() {
        return slices;
    }

    /** By {@code namespace/name} of the Service they belong to. */
    public Informer.Index<EndpointSlice> slicesByService() {
        return slicesByService;
    }

    public Informer<Node> nodes() {
        return nodes;
    }
}
