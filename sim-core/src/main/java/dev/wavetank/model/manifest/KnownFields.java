package dev.wavetank.model.manifest;

import java.util.List;

/** Sorts the fields of a manifest that no reader asked for: valid ones are noted as not simulated. */
final class KnownFields {

    private KnownFields() {}

    static void noteOthers(Field manifest, String kind) {
        List<String> others = manifest.unasked();
        for (String other : others) {
            if (!other.equals("status") && !other.equals("data") && !other.equals("spec")) {
                manifest.findings().notSimulated(kind + " " + other);
            }
        }
    }

    /** Notes what is left over in a part of a manifest, such as {@code Deployment spec.template.spec}. */
    static void note(Field part, String path) {
        for (String other : part.unasked()) {
            part.findings().notSimulated(path + "." + other);
        }
    }
}
