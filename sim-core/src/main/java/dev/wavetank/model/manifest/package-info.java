/**
 * From manifests to objects of the model: defaults filled in, mistakes found with the place they are at, what is not
 * simulated kept and named. Knows trees, not files: where a tree came from is its reader's business. Start with
 * {@code ManifestReader}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.model.manifest;
