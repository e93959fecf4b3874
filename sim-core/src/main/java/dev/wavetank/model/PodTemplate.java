package dev.wavetank.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableMap;

/**
 * What pods of a workload are made from.
 *
 * @param source the template as it was given, unsimulated fields included; not to be changed. Two templates are the same
 *     revision if their sources are equal but for the label {@code pod-template-hash}
 */
public record PodTemplate(
        ImmutableMap<String, String> labels, ImmutableMap<String, String> annotations, PodSpec spec, JsonNode source) {

    /** The label by which a Deployment tells its ReplicaSets apart. */
    public static final String HASH_LABEL = "pod-template-hash";

    /** The same template with one more label on its pods; the source stays as it was given. */
    public PodTemplate withLabel(String key, String value) {
        return new PodTemplate(
                ImmutableMap.<String, String>builder()
                        .putAll(labels)
                        .put(key, value)
                        .buildKeepingLast(),
                annotations,
                spec,
                source);
    }

    /** The same template without a label on its pods; the source stays as it was given. */
    public PodTemplate withoutLabel(String key) {
        ImmutableMap.Builder<String, String> rest = ImmutableMap.builder();
        labels.forEach((label, value) -> {
            if (!label.equals(key)) {
                rest.put(label, value);
            }
        });
        return new PodTemplate(rest.buildOrThrow(), annotations, spec, source);
    }

    /** True if a ReplicaSet of one template serves for the other: equal but for the hash label. */
    public boolean sameRevisionAs(PodTemplate other) {
        return source.equals(other.source);
    }
}
