package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ResourceKind;
import java.util.List;

/**
 * A kind beyond Kubernetes' own that the library simulates: what a CustomResourceDefinition and its admission webhook are to
 * a real cluster. Implementations are found by {@link java.util.ServiceLoader} and have a public constructor without
 * parameters.
 */
public interface CustomResourceDefinition {

    /** The kind, by all its names. */
    ResourceKind resource();

    /** What kubectl also calls it, such as {@code vpa}; none if it has no short names. */
    List<String> shortNames();

    /** Reports everything that is wrong with a manifest. */
    void check(Field manifest);

    /** Fills in what the admission webhook fills in. */
    default void complete(ObjectNode manifest) {}

    /** What {@code kubectl get} shows of an object between NAME and AGE, by column title, in order. */
    default ImmutableMap<String, String> columns(KeptObject object) {
        return ImmutableMap.of();
    }

    /** The titles of {@link #columns} where there is no object to show. */
    default ImmutableList<String> columnTitles() {
        return ImmutableList.of();
    }
}
