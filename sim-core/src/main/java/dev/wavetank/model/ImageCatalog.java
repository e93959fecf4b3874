package dev.wavetank.model;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;

/**
 * The images there are, which nodes have them from the start, and how fast a node pulls the others.
 *
 * @param images by reference as manifests write it; one that is not listed is on every node and has no size
 * @param bytesPerSecond what a node gets from the registry, above 0
 */
public record ImageCatalog(ImmutableMap<String, Image> images, long bytesPerSecond) {

    /**
     * One image.
     *
     * @param sizeBytes what a pull has to fetch
     * @param everywhere true if all nodes have it
     * @param nodes the nodes that have it otherwise
     * @param pullError what the registry answers to a pull; empty if it can be pulled
     */
    public record Image(long sizeBytes, boolean everywhere, ImmutableSet<String> nodes, String pullError) {

        private static final Image UNLISTED = new Image(0, true, ImmutableSet.of(), "");

        /** True if the node has it before anything was pulled. */
        public boolean isOn(String node) {
            return everywhere || nodes.contains(node);
        }
    }

    private static final long STANDARD_BYTES_PER_SECOND = 50L << 20;

    /** All images are on all nodes. */
    public static final ImageCatalog ALL_PRESENT = new ImageCatalog(ImmutableMap.of(), STANDARD_BYTES_PER_SECOND);

    public Image image(String reference) {
        return images.getOrDefault(reference, Image.UNLISTED);
    }

    /** The listed images a node has from the start, with their size in bytes. */
    public ImmutableMap<String, Long> imagesOn(String node) {
        ImmutableMap.Builder<String, Long> on = ImmutableMap.builder();
        images.forEach((reference, image) -> {
            if (image.isOn(node)) {
                on.put(reference, image.sizeBytes());
            }
        });
        return on.buildOrThrow();
    }
}
