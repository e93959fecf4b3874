package dev.wavetank.http.api;

import dev.wavetank.model.ResourceKind;
import java.util.List;

/**
 * One resource as discovery lists it.
 *
 * @param kind group, version and names it is served by
 * @param stored the kind its objects are filed under in the store; differs from {@code kind} where an object is served in
 *     several versions
 * @param verbs in the order discovery lists them
 */
record Resource(
        ResourceKind kind,
        ResourceKind stored,
        String singular,
        List<String> shortNames,
        List<String> categories,
        List<String> verbs,
        List<Subresource> subresources,
        boolean custom) {

    /**
     * A part of an object with an endpoint of its own.
     *
     * @param name as the path has it, such as {@code scale}
     * @param group of what it answers with; empty with an empty version for the group of its resource
     */
    record Subresource(String name, String group, String version, String kind, List<String> verbs) {}

    boolean allows(String verb) {
        return verbs.contains(verb);
    }

    boolean hasSubresource(String name) {
        return subresources.stream().anyMatch(each -> each.name().equals(name));
    }

    boolean allows(String subresource, String verb) {
        return subresources.stream()
                .anyMatch(
                        each -> each.name().equals(subresource) && each.verbs().contains(verb));
    }
}
