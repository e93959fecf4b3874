package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Taint;
import org.jspecify.annotations.Nullable;

/** Reads Nodes. */
final class NodeReader {

    private static final int DEFAULT_MAX_PODS = 110;

    private NodeReader() {}

    static @Nullable KubernetesObject read(Field manifest) {
        ObjectMeta metadata = MetadataReader.withoutNamespace(MetadataReader.read(manifest.get("metadata")));
        Field spec = manifest.get("spec").expectObject();
        Field status = manifest.get("status").expectObject();
        Field allocatable = status.get("allocatable").isPresent() ? status.get("allocatable") : status.get("capacity");
        ImmutableList<Taint> taints = spec.get("taints").elements().stream()
                .map(taint -> new Taint(
                        taint.get("key").text(""),
                        taint.get("value").text(""),
                        taint.get("effect").text("NoSchedule")))
                .collect(ImmutableList.toImmutableList());
        Node read = new Node(
                metadata,
                spec.get("unschedulable").bool(false),
                taints,
                new Resources(
                        allocatable
                                .get("cpu")
                                .parsed(4_000L, text -> Quantity.parse(text).milliValue()),
                        allocatable
                                .get("memory")
                                .parsed(16L << 30, text -> Quantity.parse(text).value())),
                allocatable.get("pods").parsed(DEFAULT_MAX_PODS, text ->
                        (int) Quantity.parse(text).value()),
                PodCondition.Status.TRUE,
                ImmutableMap.of());
        return metadata.name().isEmpty() ? null : read;
    }

    /** The node with what its kubelet reports. */
    static Node withStatus(Node node, Field status) {
        PodCondition.Status ready = PodCondition.Status.TRUE;
        for (Field condition : status.get("conditions").elements()) {
            if (condition.get("type").text("").equals("Ready")) {
                ready = Conditions.status(condition);
            }
        }
        ImmutableMap.Builder<String, Long> images = ImmutableMap.builder();
        for (Field image : status.get("images").elements()) {
            Field names = image.get("names");
            if (names.isPresent() && !names.elements().isEmpty()) {
                images.put(
                        names.elements().get(0).text(""), image.get("sizeBytes").longInteger(0, 0, Long.MAX_VALUE));
            }
        }
        return node.withReady(ready).withImages(images.buildKeepingLast());
    }
}
