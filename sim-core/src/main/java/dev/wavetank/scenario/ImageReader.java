package dev.wavetank.scenario;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.cluster.ClusterSpec;
import dev.wavetank.cluster.NodeSpec;
import dev.wavetank.model.ImageCatalog;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Suggestion;
import java.util.List;

/** Reads what a scenario says of images: how large they are, and which nodes have them. */
final class ImageReader {

    private ImageReader() {}

    /** The cluster with the images of the scenario, and the bandwidth to their registry. */
    static ClusterSpec read(Field images, Field cluster, ClusterSpec spec) {
        Field registry = cluster.get("registry").expectObject();
        long bandwidth = bytes(registry.get("bandwidth"), ImageCatalog.ALL_PRESENT.bytesPerSecond(), 1);
        registry.noOthers();
        List<String> nodes = spec.nodes().stream().map(NodeSpec::name).toList();
        ImmutableMap.Builder<String, ImageCatalog.Image> read = ImmutableMap.builder();
        for (Field image : images.entries()) {
            read.put(image.name(), image(image.expectObject(), nodes));
        }
        return spec.withImages(new ImageCatalog(read.buildOrThrow(), bandwidth));
    }

    private static ImageCatalog.Image image(Field image, List<String> nodes) {
        Field present = image.get("present");
        boolean listed = present.node().isArray();
        ImmutableSet.Builder<String> on = ImmutableSet.builder();
        if (listed) {
            for (Field node : present.elements()) {
                String name = node.text("");
                if (nodes.contains(name)) {
                    on.add(name);
                } else {
                    node.problem("there is no node " + name, Suggestion.sentence(name, nodes));
                }
            }
        }
        boolean everywhere = !listed && present.bool(true);
        ImageCatalog.Image read = new ImageCatalog.Image(
                bytes(image.get("size"), 0, 0),
                everywhere,
                on.build(),
                image.get("pullError").text(""));
        image.noOthers();
        return read;
    }

    private static long bytes(Field field, long fallback, long least) {
        long bytes = field.parsed(fallback, text -> Quantity.parse(text).value());
        if (bytes < least) {
            field.problem(field.name() + " is below " + least, "Give a size such as 50Mi.");
            return fallback;
        }
        return bytes;
    }
}
