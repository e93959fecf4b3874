package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.OwnerReference;
import java.util.Map;

/**
 * Which objects belong to an owner: those it controls and its selector still matches, and orphans that match. Deployments
 * claim ReplicaSets this way, ReplicaSets pods.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/controller_ref_manager.go.
 *
 * @param owned what counts as the owner's, the adopted included, in the order given
 * @param toAdopt orphans to put an owner reference on
 * @param toRelease owned objects the selector no longer matches, to take it off
 */
public record Claim<T extends KubernetesObject>(
        ImmutableList<T> owned, ImmutableList<T> toAdopt, ImmutableList<T> toRelease) {

    /** Claims among the candidates; an owner that is being deleted neither adopts nor releases. */
    public static <T extends KubernetesObject> Claim<T> of(
            KubernetesObject owner, LabelSelector selector, Iterable<T> candidates) {
        boolean ownerStays = !owner.metadata().isBeingDeleted();
        ImmutableList.Builder<T> owned = ImmutableList.builder();
        ImmutableList.Builder<T> toAdopt = ImmutableList.builder();
        ImmutableList.Builder<T> toRelease = ImmutableList.builder();
        // pods of one template share their labels, so one look at them does for all
        Map<String, String> labels = Map.of();
        boolean matches = selector.matches(labels);
        for (T candidate : candidates) {
            OwnerReference controller = candidate.metadata().controller();
            if (candidate.metadata().labels() != labels) {
                labels = candidate.metadata().labels();
                matches = selector.matches(labels);
            }
            if (controller == null) {
                if (matches && ownerStays && !candidate.metadata().isBeingDeleted()) {
                    toAdopt.add(candidate);
                    owned.add(candidate);
                }
            } else if (controller.uid().equals(owner.metadata().uid())) {
                if (matches) {
                    owned.add(candidate);
                } else if (ownerStays) {
                    toRelease.add(candidate);
                }
            }
        }
        return new Claim<>(owned.build(), toAdopt.build(), toRelease.build());
    }
}
