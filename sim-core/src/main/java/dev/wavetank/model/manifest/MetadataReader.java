package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.WallClock;
import java.util.regex.Pattern;

/** Reads metadata. */
final class MetadataReader {

    private static final String DEFAULT_NAMESPACE = "default";
    private static final int MAX_NAME_LENGTH = 253;
    private static final Pattern DNS_SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private MetadataReader() {}

    static ObjectMeta read(Field metadata) {
        metadata.required("Add metadata with at least a name.").expectObject();
        Field nameField = metadata.get("name");
        if (metadata.isPresent()) {
            nameField.required("Give the object a name.");
        }
        String name = nameField.text("");
        if (!name.isEmpty() && !isDnsSubdomain(name)) {
            nameField.problem(
                    "\"" + name + "\" cannot be the name of an object",
                    "Use lower case letters, digits, '-' and '.', starting and ending with a letter or digit.");
        }
        return ObjectMeta.named(metadata.get("namespace").text(DEFAULT_NAMESPACE), name)
                .withLabels(metadata.get("labels").stringMap())
                .withAnnotations(metadata.get("annotations").stringMap());
    }

    /** Reads metadata with all that the server has filled in. */
    static ObjectMeta readWhole(Field metadata, WallClock clock) {
        Field deletion = metadata.get("deletionTimestamp");
        return read(metadata)
                .withUid(metadata.get("uid").text(""))
                .withCreationTimestamp(Read.time(metadata.get("creationTimestamp"), clock))
                .withDeletion(
                        Read.time(deletion, clock),
                        deletion.isPresent()
                                ? metadata.get("deletionGracePeriodSeconds").longInteger(0, 0, Long.MAX_VALUE)
                                : 0)
                .withOwnerReferences(metadata.get("ownerReferences").elements().stream()
                        .map(MetadataReader::owner)
                        .collect(ImmutableList.toImmutableList()))
                .withFinalizers(metadata.get("finalizers").elements().stream()
                        .map(finalizer -> finalizer.text(""))
                        .collect(ImmutableList.toImmutableList()))
                .withVersion(
                        Read.generation(metadata.get("generation")),
                        metadata.get("resourceVersion").parsed(0L, MetadataReader::version));
    }

    private static OwnerReference owner(Field owner) {
        return new OwnerReference(
                Kinds.named(owner.get("apiVersion").text(""), owner.get("kind").text("")),
                owner.get("name").text(""),
                owner.get("uid").text(""),
                owner.get("controller").bool(false),
                owner.get("blockOwnerDeletion").bool(false));
    }

    private static long version(String text) {
        if (!text.matches("[0-9]{0,18}")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no version; leave it out, or send the one you read");
        }
        return text.isEmpty() ? 0 : Long.parseLong(text);
    }

    /** The same metadata, of a kind that belongs to no namespace. */
    static ObjectMeta clusterWide(ObjectMeta metadata) {
        return ObjectMeta.named("", metadata.name())
                .withLabels(metadata.labels())
                .withAnnotations(metadata.annotations())
                .withUid(metadata.uid())
                .withCreationTimestamp(metadata.creationTimestamp())
                .withDeletion(metadata.deletionTimestamp(), metadata.deletionGracePeriodSeconds())
                .withOwnerReferences(metadata.ownerReferences())
                .withFinalizers(metadata.finalizers())
                .withVersion(metadata.generation(), metadata.resourceVersion())
                .withKept(metadata.kept());
    }

    static ObjectMeta withoutNamespace(ObjectMeta metadata) {
        return ObjectMeta.named("", metadata.name())
                .withLabels(metadata.labels())
                .withAnnotations(metadata.annotations());
    }

    private static boolean isDnsSubdomain(String name) {
        return name.length() <= MAX_NAME_LENGTH && DNS_SUBDOMAIN.matcher(name).matches();
    }
}
