package dev.wavetank.model.manifest;

import dev.wavetank.model.PodTemplate;

/** Reads templates of pods on their own, outside a manifest. */
public final class PodTemplates {

    private PodTemplates() {}

    /** Reads a template of a workload of that kind. */
    public static PodTemplate read(Field template, String kind) {
        return PodReader.template(template, kind);
    }
}
