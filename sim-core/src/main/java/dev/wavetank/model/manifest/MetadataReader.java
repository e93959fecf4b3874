package dev.wavetank.model.manifest;

import dev.wavetank.model.ObjectMeta;
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

    static ObjectMeta withoutNamespace(ObjectMeta metadata) {
        return ObjectMeta.named("", metadata.name())
                .withLabels(metadata.labels())
                .withAnnotations(metadata.annotations());
    }

    private static boolean isDnsSubdomain(String name) {
        return name.length() <= MAX_NAME_LENGTH && DNS_SUBDOMAIN.matcher(name).matches();
    }
}
