package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodDisruptionBudget;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.WallClock;
import org.jspecify.annotations.Nullable;

/**
 * Reads objects as the API server stores them: with status, uid, times and all else that {@link ManifestReader}, which reads
 * what people write, passes over. What the model has no place for goes into the metadata's {@code kept}.
 */
public final class ObjectReader {

    private final ObjectWriter writer;

    /**
     * A reader of what that writer writes.
     *
     * @param writer tells what need not be kept, since it is written anyway
     */
    public ObjectReader(ObjectWriter writer) {
        this.writer = writer;
    }

    /**
     * Reads a whole object.
     *
     * @param given the object; it is not changed and may be changed afterwards
     * @param findings gets what is wrong with it; if there are problems, the result is not to be used
     * @return null if it has no name
     */
    public @Nullable KubernetesObject read(ResourceKind kind, ObjectNode given, Findings findings) {
        return read(kind, given, null, findings);
    }

    /**
     * Reads a changed object. Parts that did not change stay the very values they were: a template that is written with its
     * defaults filled in does not become a new revision by being written back.
     *
     * @param stored the object before the change
     */
    public @Nullable KubernetesObject read(
            ResourceKind kind, ObjectNode given, @Nullable KubernetesObject stored, Findings findings) {
        ObjectNode copy = given.deepCopy();
        Field root = Field.root(copy, findings);
        ObjectMeta metadata = MetadataReader.readWhole(root.get("metadata").expectObject(), writer.clock());
        ObjectMeta placed = kind.namespaced() ? metadata : MetadataReader.clusterWide(metadata);
        if (stored != null && !copy.path("metadata").has("generation")) {
            // kinds that show no generation have one nevertheless
            placed = placed.withVersion(stored.metadata().generation(), placed.resourceVersion());
        }
        KubernetesObject read = read(kind, root, copy, placed);
        if (read == null || !findings.problems().isEmpty()) {
            return read;
        }
        KubernetesObject kept = stored == null ? read : keepUnchanged(copy, read, stored);
        return kept.withMetadata(kept.metadata().withKept(writer.kept(copy, kept)));
    }

    private @Nullable KubernetesObject read(ResourceKind kind, Field root, ObjectNode tree, ObjectMeta metadata) {
        WallClock clock = writer.clock();
        Field status = root.get("status").expectObject();
        if (kind.equals(ResourceKind.POD)) {
            return PodReader.read(root) instanceof Pod pod
                    ? new Pod(metadata, pod.spec(), pod.nodeName(), PodStatusReader.read(status, clock))
                    : null;
        }
        if (kind.equals(ResourceKind.DEPLOYMENT)) {
            return DeploymentReader.read(root) instanceof Deployment deployment
                    ? new Deployment(metadata, deployment.spec(), deploymentStatus(status, clock))
                    : null;
        }
        if (kind.equals(ResourceKind.HORIZONTAL_POD_AUTOSCALER)) {
            return HpaReader.read(root) instanceof HorizontalPodAutoscaler autoscaler
                    ? new HorizontalPodAutoscaler(metadata, autoscaler.spec(), HpaStatusReader.read(status, clock))
                    : null;
        }
        if (kind.equals(ResourceKind.POD_DISRUPTION_BUDGET)) {
            return DisruptionBudgetReader.read(root) instanceof PodDisruptionBudget budget
                    ? budget.withMetadata(metadata).withStatus(DisruptionBudgetReader.status(status, clock))
                    : null;
        }
        if (kind.equals(ResourceKind.NODE)) {
            return NodeReader.read(root) instanceof Node node
                    ? NodeReader.withStatus(node, status).withMetadata(metadata)
                    : null;
        }
        if (kind.equals(ResourceKind.SERVICE)) {
            KubernetesObject service = ServiceReader.read(root);
            return service == null ? null : service.withMetadata(metadata);
        }
        if (kind.equals(ResourceKind.REPLICA_SET)) {
            return ReplicaSetReader.read(root, metadata, clock);
        }
        if (kind.equals(ResourceKind.ENDPOINT_SLICE)) {
            return EndpointSliceReader.read(root, metadata);
        }
        if (kind.equals(ResourceKind.EVENT)) {
            return EventReader.read(root, metadata, clock);
        }
        return kept(kind, root, tree, metadata);
    }

    private KeptObject kept(ResourceKind kind, Field root, ObjectNode tree, ObjectMeta metadata) {
        ObjectNode source = tree.deepCopy().without("metadata");
        CustomResourceDefinition custom = CustomResources.of(kind.apiVersion(), kind.kind());
        if (custom != null) {
            custom.check(root);
            custom.complete(source);
        }
        if (source.has("status")) {
            source.set("status", ControllerTimes.of(kind, writer.clock()).stored(source.get("status")));
        }
        return new KeptObject(kind, metadata, source);
    }

    private static DeploymentStatus deploymentStatus(Field status, WallClock clock) {
        return new DeploymentStatus(
                Read.generation(status.get("observedGeneration")),
                Read.count(status.get("replicas")),
                Read.count(status.get("updatedReplicas")),
                Read.count(status.get("readyReplicas")),
                Read.count(status.get("availableReplicas")),
                Read.count(status.get("unavailableReplicas")),
                status.get("terminatingReplicas").integerOrNull(0),
                status.get("collisionCount").integerOrNull(0),
                Conditions.read(status, clock));
    }

    private KubernetesObject keepUnchanged(ObjectNode given, KubernetesObject read, KubernetesObject stored) {
        if (read instanceof Pod pod && stored instanceof Pod before) {
            return same(given.path("spec"), before, "spec")
                    ? new Pod(pod.metadata(), before.spec(), pod.nodeName(), pod.status())
                    : pod;
        }
        if (read instanceof Deployment deployment && stored instanceof Deployment before) {
            return same(given.path("spec").path("template"), before, "template")
                    ? deployment.withSpec(
                            deployment.spec().withTemplate(before.spec().template()))
                    : deployment;
        }
        if (read instanceof ReplicaSet set && stored instanceof ReplicaSet before) {
            return same(given.path("spec").path("template"), before, "template")
                    ? new ReplicaSet(
                            set.metadata(),
                            set.replicas(),
                            set.minReadySeconds(),
                            set.selector(),
                            before.template(),
                            set.status())
                    : set;
        }
        if (read instanceof KeptObject changed && stored instanceof KeptObject before) {
            boolean same = given.deepCopy()
                    .without("metadata")
                    .equals(writer.write(before).without("metadata"));
            return same ? new KeptObject(changed.kind(), changed.metadata(), before.source()) : changed;
        }
        return read;
    }

    private boolean same(JsonNode given, KubernetesObject stored, String part) {
        JsonNode spec = writer.write(stored).path("spec");
        return given.equals(part.equals("spec") ? spec : spec.path(part));
    }
}
