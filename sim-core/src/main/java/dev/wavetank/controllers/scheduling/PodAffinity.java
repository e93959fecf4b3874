package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.model.LabelSelector;

/** Which pods a pod wants near it, and which not. */
public record PodAffinity(
        ImmutableList<Term> required,
        ImmutableList<Term> requiredAnti,
        ImmutableList<Weighted> preferred,
        ImmutableList<Weighted> preferredAnti) {

    public static final PodAffinity NONE =
            new PodAffinity(ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), ImmutableList.of());

    /**
     * Pods in the same domain. Namespace selectors are not simulated.
     *
     * @param topologyKey the node label whose equal values make a domain
     * @param namespaces where the other pods are looked for; the pod's own namespace unless it names some
     */
    public record Term(LabelSelector selector, String topologyKey, ImmutableSet<String> namespaces) {

        /** True if {@code other} is one of the pods meant by a term of a pod in {@code ownNamespace}. */
        boolean matches(String ownNamespace, PodInfo other) {
            boolean reaches = namespaces.isEmpty()
                    ? ownNamespace.equals(other.namespace())
                    : namespaces.contains(other.namespace());
            return reaches && selector.matches(other.labels());
        }
    }

    /** A term that is liked and not demanded; {@code weight} is 1 to 100. */
    public record Weighted(int weight, Term term) {}

    boolean hasPreferences() {
        return !preferred.isEmpty() || !preferredAnti.isEmpty();
    }

    /** True if nothing is asked for. */
    boolean isEmpty() {
        return required.isEmpty() && requiredAnti.isEmpty() && !hasPreferences();
    }
}
