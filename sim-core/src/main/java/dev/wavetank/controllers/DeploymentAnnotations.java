package dev.wavetank.controllers;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.ReplicaSet;
import dev.wavetank.model.manifest.LastApplied;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The notes a Deployment and its ReplicaSets carry for the Deployment controller.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/deployment/util/deployment_util.go.
 */
public final class DeploymentAnnotations {

    /** On both: which of the templates seen so far, counted from 1. */
    public static final String REVISION = "deployment.kubernetes.io/revision";

    /** On a ReplicaSet: the revisions it had before, oldest first, separated by commas. */
    public static final String REVISION_HISTORY = "deployment.kubernetes.io/revision-history";

    /** On a ReplicaSet: the Deployment's replicas when it was last scaled; a difference means the user has scaled. */
    public static final String DESIRED_REPLICAS = "deployment.kubernetes.io/desired-replicas";

    /** On a ReplicaSet: desired replicas and surge together, the base of proportional scaling. */
    public static final String MAX_REPLICAS = "deployment.kubernetes.io/max-replicas";

    /** On a Deployment: asks the controller for a rollback to a revision, 0 for the previous one. Deprecated, still obeyed. */
    public static final String ROLLBACK_TO = "deprecated.deployment.rollback.to";

    /** On a Deployment: the manifest kubectl applied last. */
    public static final String LAST_APPLIED = LastApplied.ANNOTATION;

    /** What belongs to one object alone and is not handed from a Deployment to its ReplicaSets or back. */
    private static final ImmutableSet<String> OWN =
            ImmutableSet.of(LAST_APPLIED, REVISION, REVISION_HISTORY, DESIRED_REPLICAS, MAX_REPLICAS, ROLLBACK_TO);

    private DeploymentAnnotations() {}

    /** The object's revision, 0 if it has none yet, empty if the annotation is not a number. */
    public static OptionalLong revision(KubernetesObject object) {
        String text = object.metadata().annotation(REVISION);
        return text == null ? OptionalLong.of(0) : parseLong(text);
    }

    static OptionalLong parseLong(@Nullable String text) {
        try {
            return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    /** The annotation's number; empty if it is missing, no 32-bit number or negative. */
    static OptionalInt count(ReplicaSet replicaSet, String annotation) {
        OptionalLong number = parseLong(replicaSet.metadata().annotation(annotation));
        return number.isPresent() && number.getAsLong() >= 0 && number.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** The metadata with a Deployment's own-worded annotations copied over. */
    static ObjectMeta copiedTo(ObjectMeta target, ObjectMeta deployment) {
        return target.withAnnotations(merged(target.annotations(), deployment.annotations()));
    }

    /** A Deployment's metadata after a rollback: the ReplicaSet's annotations, but the Deployment's own notes. */
    public static ObjectMeta rolledBack(ObjectMeta deployment, ObjectMeta replicaSet) {
        Map<String, String> kept = new LinkedHashMap<>();
        deployment.annotations().forEach((key, value) -> {
            if (OWN.contains(key)) {
                kept.put(key, value);
            }
        });
        return deployment.withAnnotations(merged(kept, replicaSet.annotations()));
    }

    static ObjectMeta without(ObjectMeta metadata, String annotation) {
        Map<String, String> rest = new LinkedHashMap<>(metadata.annotations());
        rest.remove(annotation);
        return metadata.withAnnotations(ImmutableMap.copyOf(rest));
    }

    private static ImmutableMap<String, String> merged(Map<String, String> target, Map<String, String> source) {
        Map<String, String> all = new LinkedHashMap<>(target);
        source.forEach((key, value) -> {
            if (!OWN.contains(key)) {
                all.put(key, value);
            }
        });
        return ImmutableMap.copyOf(all);
    }

    /** The ReplicaSet with the two notes of a scaling set. */
    static ReplicaSet sized(ReplicaSet replicaSet, int desired, int max) {
        return replicaSet.withMetadata(replicaSet
                .metadata()
                .withAnnotation(DESIRED_REPLICAS, Integer.toString(desired))
                .withAnnotation(MAX_REPLICAS, Integer.toString(max)));
    }

    static boolean areSized(ReplicaSet replicaSet, int desired, int max) {
        return Integer.toString(desired).equals(replicaSet.metadata().annotation(DESIRED_REPLICAS))
                && Integer.toString(max).equals(replicaSet.metadata().annotation(MAX_REPLICAS));
    }
}
