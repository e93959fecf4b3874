package dev.wavetank.http.proto;

import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.Locale;

/** What fields are called in JSON; mostly what they are called in protobuf. */
final class JsonNames {

    private JsonNames() {}

    static String of(FieldDescriptor field) {
        String name = field.getName();
        if (!field.getContainingType().getName().equals("JSONSchemaProps")) {
            return name;
        }
        if (name.equals("ref") || name.equals("schema")) {
            return "$" + name;
        }
        return name.startsWith("xKubernetes") ? dashed(name) : name;
    }

    private static String dashed(String name) {
        return name.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }
}
