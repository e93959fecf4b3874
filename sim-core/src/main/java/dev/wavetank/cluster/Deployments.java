package dev.wavetank.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.ReplicasOwnership;
import dev.wavetank.controllers.RolloutUndo;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.model.Times;
import dev.wavetank.model.manifest.DeploymentWriter;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.LastApplied;
import dev.wavetank.model.manifest.ManifestReader;
import dev.wavetank.model.manifest.MergePatch;
import dev.wavetank.model.manifest.PodTemplates;
import dev.wavetank.model.manifest.ThreeWayMerge;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What people and their tools do to Deployments through the API: create, apply in its two ways, patch, scale, and the
 * {@code kubectl rollout} commands.
 *
 * <p>Of managed fields one is kept: who owns {@code spec.replicas}, since that decides whether a scaling outlives the next
 * apply (see {@link ReplicasOwnership}).
 *
 * <p>Source: kubernetes 1.36 kubectl pkg/cmd/{apply,patch,scale,rollout} and apiserver pkg/endpoints/handlers.
 */
public final class Deployments {

    /** The name under which the controllers of the control plane write, autoscalers among them. */
    public static final String CONTROLLER_MANAGER = "kube-controller-manager";

    private static final String RESTARTED_AT = "kubectl.kubernetes.io/restartedAt";

    /** What is kept of one Deployment beside the object itself; void if its uid is another's. */
    private record Managed(String uid, ReplicasOwnership replicas, ImmutableMap<String, ObjectNode> appliedBy) {}

    private final Simulation simulation;
    private final Store store;
    private final Map<ObjectKey, Managed> managed = new LinkedHashMap<>();

    Deployments(Simulation simulation, Store store) {
        this.simulation = simulation;
        this.store = store;
    }

    /**
     * {@code kubectl apply}. A manifest that carries kubectl's own note of itself ({@link LastApplied}) is merged three ways;
     * one that does not, as built by a program, replaces the spec.
     *
     * @throws ApiException INVALID if the merged object is not valid
     */
    public Deployment apply(Deployment manifest) {
        ObjectNode stated = LastApplied.manifestOf(manifest);
        if (store.get(manifest.key()) == null) {
            Integer replicas = stated == null ? Integer.valueOf(manifest.spec().replicas()) : statedReplicas(stated);
            Deployment created = (Deployment) store.create(manifest);
            return remember(
                    created,
                    stated == null ? ReplicasOwnership.create(replicas) : ReplicasOwnership.createByApply(replicas));
        }
        Deployment live = require(manifest.key());
        if (stated == null) {
            Deployment replaced = (Deployment) Applied.over(live, manifest);
            ReplicasOwnership.Outcome outcome =
                    ownership(live).edit("wavetank", replaced.spec().replicas());
            return write(live, replaced, outcome);
        }
        ReplicasOwnership.Outcome outcome = ownership(live).apply(statedReplicas(stated));
        ObjectNode merged = ThreeWayMerge.merge(DeploymentWriter.write(live), LastApplied.manifestOf(live), stated);
        Deployment wanted = (Deployment) LastApplied.note(read(merged, live), stated);
        return write(live, wanted, outcome);
    }

    /**
     * {@code kubectl apply --server-side}.
     *
     * @param manifest the manifest as it was written
     * @param manager the name to own fields by
     * @param force take {@code spec.replicas} from whoever owns it
     * @throws ApiException CONFLICT if others own {@code spec.replicas} and it is to be another; INVALID
     */
    public Deployment serverSideApply(ObjectNode manifest, String manager, boolean force) {
        KubernetesObject asGiven = ManifestReader.read(Field.root(manifest, new Findings()));
        if (!(asGiven instanceof Deployment given)) {
            throw new ApiException(ApiException.Reason.INVALID, "only Deployments are applied here");
        }
        Integer replicas = statedReplicas(manifest);
        if (store.get(given.key()) == null) {
            Deployment created = (Deployment) store.create(given);
            remember(created, ReplicasOwnership.createByServerSideApply(manager, replicas));
            return noteManifest(created, manager, manifest);
        }
        Deployment live = require(given.key());
        ReplicasOwnership.Outcome outcome = ownership(live).serverSideApply(manager, replicas, force);
        if (outcome.result() == ReplicasOwnership.Result.CONFLICT) {
            throw conflict(outcome.conflicts());
        }
        ObjectNode before = managedOf(live).appliedBy().get(manager);
        ObjectNode merged = ThreeWayMerge.merge(
                DeploymentWriter.write(live),
                before == null ? null : withoutReplicas(before),
                withoutReplicas(manifest));
        Deployment wanted = read(merged, live);
        int size = outcome.after().replicas();
        Deployment written = write(live, wanted.withSpec(wanted.spec().withReplicas(size)), outcome);
        return noteManifest(written, manager, manifest);
    }

    private static ApiException conflict(List<String> owners) {
        List<String> lines = new ArrayList<>();
        for (String owner : owners) {
            lines.add("conflict with " + owner + ": .spec.replicas");
        }
        return new ApiException(
                ApiException.Reason.CONFLICT,
                "Apply failed with " + owners.size() + (owners.size() == 1 ? " conflict: " : " conflicts: ")
                        + String.join("; ", lines));
    }

    private static ObjectNode withoutReplicas(ObjectNode manifest) {
        ObjectNode copy = manifest.deepCopy();
        if (copy.path("spec") instanceof ObjectNode spec) {
            spec.remove("replicas");
        }
        return copy;
    }

    /** Sets the size through the scale subresource, as {@code kubectl scale} and autoscalers do. */
    public Deployment scale(ObjectKey key, int replicas, String manager) {
        Deployment live = require(key);
        return write(
                live,
                live.withSpec(live.spec().withReplicas(replicas)),
                ownership(live).scale(manager, replicas));
    }

    /**
     * Changes the object by a JSON merge patch, as {@code kubectl patch --type merge} does.
     *
     * @throws ApiException NOT_FOUND; INVALID if the patched object is not valid
     */
    public Deployment patch(ObjectKey key, JsonNode mergePatch, String manager) {
        Deployment live = require(key);
        return patched(live, MergePatch.apply(DeploymentWriter.write(live), mergePatch), manager);
    }

    /**
     * Changes the object by a strategic merge patch, as {@code kubectl patch} and {@code kubectl edit} do.
     *
     * @throws ApiException NOT_FOUND; INVALID if the patched object is not valid
     */
    public Deployment patchStrategically(ObjectKey key, JsonNode patch, String manager) {
        Deployment live = require(key);
        JsonNode merged = patch instanceof ObjectNode object
                ? ThreeWayMerge.merge(DeploymentWriter.write(live), null, object)
                : patch;
        return patched(live, merged, manager);
    }

    private Deployment patched(Deployment live, JsonNode manifest, String manager) {
        if (!(manifest instanceof ObjectNode object)) {
            throw invalid(live.name(), "a patch must be an object");
        }
        Deployment wanted = read(object, live);
        return write(live, wanted, ownership(live).edit(manager, wanted.spec().replicas()));
    }

    /**
     * {@code kubectl rollout undo}.
     *
     * @param toRevision 0 for the one before
     * @return what kubectl prints
     * @throws ApiException INVALID with what kubectl says if it refuses
     */
    public String undo(ObjectKey key, long toRevision) {
        Deployment live = require(key);
        List<ReplicaSet> owned = new ArrayList<>();
        for (ObjectKey dependent : store.dependentsOf(live.metadata().uid())) {
            if (store.get(dependent) instanceof ReplicaSet replicaSet
                    && replicaSet.metadata().isControlledBy(live.metadata().uid())) {
                owned.add(replicaSet);
            }
        }
        RolloutUndo decision = RolloutUndo.of(live, owned, toRevision);
        if (decision.error() != null) {
            throw refused(decision.error());
        }
        if (decision.patched() != null) {
            store.update(decision.patched());
        }
        return String.valueOf(decision.message());
    }

    /** {@code kubectl rollout pause} and {@code resume}. */
    public void setPaused(ObjectKey key, boolean paused) {
        Deployment live = require(key);
        if (live.spec().paused() == paused) {
            throw refused("deployments.apps \"" + key.name() + "\" is " + (paused ? "already" : "not") + " paused");
        }
        store.update(live.withSpec(live.spec().withPaused(paused)));
    }

    /** {@code kubectl rollout restart}: a new revision that differs in an annotation of the template. */
    public void restart(ObjectKey key) {
        Deployment live = require(key);
        if (live.spec().paused()) {
            throw refused("can't restart paused deployment (run rollout resume first)");
        }
        String now = Instant.ofEpochSecond(simulation.now() / Times.SECOND).toString();
        if (now.equals(live.spec().template().annotations().get(RESTARTED_AT))) {
            throw refused("deployment \"" + key.name() + "\" was restarted within this second already");
        }
        changeTemplate(
                live,
                template -> template.withObject("metadata")
                        .withObject("annotations")
                        .put(RESTARTED_AT, now));
    }

    /**
     * {@code kubectl set image}.
     *
     * @param container the container's name; empty for the first
     */
    public void setImage(ObjectKey key, String container, String image) {
        changeTemplate(require(key), template -> {
            boolean found = false;
            for (JsonNode each : template.path("spec").path("containers")) {
                boolean meant = container.isEmpty()
                        ? !found
                        : each.path("name").asText().equals(container);
                if (meant && each instanceof ObjectNode settings) {
                    settings.put("image", image);
                    found = true;
                }
            }
            if (!found) {
                throw refused("unable to find container named \"" + container + "\"");
            }
        });
    }

    private void changeTemplate(Deployment live, Consumer<ObjectNode> change) {
        ObjectNode template = live.spec().template().source().deepCopy();
        change.accept(template);
        store.update(live.withSpec(
                live.spec().withTemplate(PodTemplates.read(Field.root(template, new Findings()), "Deployment"))));
    }

    /** Who has a say in the size, and what the last client-side apply said of it. */
    public ReplicasOwnership ownership(Deployment live) {
        int size = live.spec().replicas();
        ReplicasOwnership kept = managedOf(live).replicas();
        // a size that changed without passing here was written by an autoscaler
        ReplicasOwnership current = kept.replicas() == size
                ? kept
                : kept.scale(CONTROLLER_MANAGER, size).after();
        ObjectNode noted = LastApplied.manifestOf(live);
        return new ReplicasOwnership(
                size,
                live.metadata().generation(),
                current.owners(),
                noted == null ? null : new ReplicasOwnership.LastApplied(statedReplicas(noted)));
    }

    private Managed managedOf(Deployment live) {
        Managed kept = managed.get(live.key());
        if (kept != null && kept.uid().equals(live.metadata().uid())) {
            return kept;
        }
        ReplicasOwnership fresh =
                ReplicasOwnership.create(live.spec().replicas()).after();
        return new Managed(live.metadata().uid(), fresh, ImmutableMap.of());
    }

    private Deployment write(Deployment live, Deployment wanted, ReplicasOwnership.Outcome outcome) {
        if (!wanted.spec().selector().equals(live.spec().selector())) {
            throw invalid(live.name(), "spec.selector: field is immutable");
        }
        return remember((Deployment) store.update(wanted), outcome);
    }

    private Deployment remember(Deployment written, ReplicasOwnership.Outcome outcome) {
        Managed before = managedOf(written);
        managed.put(written.key(), new Managed(before.uid(), outcome.after(), before.appliedBy()));
        return written;
    }

    private Deployment noteManifest(Deployment written, String manager, ObjectNode manifest) {
        Managed before = managedOf(written);
        ImmutableMap<String, ObjectNode> applied = ImmutableMap.<String, ObjectNode>builder()
                .putAll(before.appliedBy())
                .put(manager, manifest)
                .buildKeepingLast();
        managed.put(written.key(), new Managed(before.uid(), before.replicas(), applied));
        return written;
    }

    /** The live object with what a whole manifest says. */
    private static Deployment read(ObjectNode manifest, Deployment live) {
        Findings findings = new Findings();
        KubernetesObject read = ManifestReader.read(Field.root(manifest, findings));
        if (!findings.problems().isEmpty() || !(read instanceof Deployment wanted)) {
            String problem = findings.problems().isEmpty()
                    ? "this is no Deployment"
                    : findings.problems().get(0).message();
            throw invalid(live.name(), problem);
        }
        return new Deployment(
                live.metadata()
                        .withLabels(wanted.metadata().labels())
                        .withAnnotations(wanted.metadata().annotations()),
                wanted.spec(),
                live.status());
    }

    private static @Nullable Integer statedReplicas(ObjectNode manifest) {
        JsonNode replicas = manifest.path("spec").path("replicas");
        return replicas.isIntegralNumber() ? Integer.valueOf(replicas.intValue()) : null;
    }

    private Deployment require(ObjectKey key) {
        if (store.get(key) instanceof Deployment deployment) {
            return deployment;
        }
        throw new ApiException(
                ApiException.Reason.NOT_FOUND,
                ResourceKind.DEPLOYMENT.plural() + ".apps \"" + key.name() + "\" not found");
    }

    private static ApiException refused(String message) {
        return new ApiException(ApiException.Reason.INVALID, message);
    }

    private static ApiException invalid(String name, String problem) {
        return new ApiException(ApiException.Reason.INVALID, "Deployment.apps \"" + name + "\" is invalid: " + problem);
    }
}
