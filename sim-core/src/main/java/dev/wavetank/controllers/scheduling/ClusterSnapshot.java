package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cluster as the scheduler sees it: its nodes with the pods on them, bound or assumed. Kept up to date pod by pod.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/backend/cache.
 */
public final class ClusterSnapshot {

    private final Map<String, NodeInfo> byName = new LinkedHashMap<>();
    private final Map<String, NodeInfo> byPod = new HashMap<>();
    private final Map<String, Integer> nodesWithImage = new HashMap<>();
    private final Map<SpreadCount.Selection, SpreadCount> spreadCounts = new LinkedHashMap<>();
    private final Map<SpreadCount.Labels, List<SpreadCount>> spreadCountsByLabels = new LinkedHashMap<>();
    private final Map<String, Integer> zoneIndexes = new LinkedHashMap<>();
    private int nextSlot;
    private int taintedNodes;
    private int podsWithAffinity;
    private @Nullable List<NodeInfo> ordered;

    /** Adds a node, or takes in what changed about it. Its pods stay. */
    public void putNode(Node node) {
        NodeInfo known = byName.get(node.name());
        if (known == null) {
            NodeInfo added = new NodeInfo(nextSlot++, node);
            added.setZoneIndex(zoneIndex(node));
            byName.put(node.name(), added);
            taintedNodes += node.taints().isEmpty() ? 0 : 1;
            ordered = null;
            return;
        }
        taintedNodes +=
                (node.taints().isEmpty() ? 0 : 1) - (known.node().taints().isEmpty() ? 0 : 1);
        if (!known.labels().equals(node.metadata().labels())) {
            ordered = null;
            spreadCounts.clear();
            spreadCountsByLabels.clear();
        }
        known.setNode(node);
        known.setZoneIndex(zoneIndex(node));
    }

    private int zoneIndex(Node node) {
        return zoneIndexes.merge(node.zone(), zoneIndexes.size(), (known, unused) -> known);
    }

    /** One more than the largest index of a zone. */
    int zones() {
        return zoneIndexes.size();
    }

    /** Forgets a node and the pods on it. */
    public void removeNode(String name) {
        NodeInfo gone = byName.get(name);
        if (gone == null) {
            return;
        }
        List.copyOf(gone.pods()).forEach(pod -> removePod(pod.key()));
        putImages(name, ImmutableMap.of());
        byName.remove(name);
        taintedNodes -= gone.node().taints().isEmpty() ? 0 : 1;
        ordered = null;
    }

    /** States which images a node has, by name, with their size in bytes. */
    public void putImages(String nodeName, ImmutableMap<String, Long> images) {
        NodeInfo node = byName.get(nodeName);
        if (node == null) {
            return;
        }
        node.images().keySet().forEach(image -> nodesWithImage.merge(image, -1, Integer::sum));
        images.keySet().forEach(image -> nodesWithImage.merge(image, 1, Integer::sum));
        node.setImages(images);
    }

    /** Puts a pod on a node, or takes in what changed about it; nothing happens if the node is not known. */
    public void putPod(PodInfo pod, String nodeName) {
        removePod(pod.key());
        NodeInfo node = byName.get(nodeName);
        if (node == null) {
            return;
        }
        node.add(pod);
        byPod.put(pod.key(), node);
        podsWithAffinity += pod.needs().podAffinity().isEmpty() ? 0 : 1;
        countsOf(pod).forEach(count -> count.add(node, pod, 1));
    }

    /** Takes a pod off its node, if it is on one. */
    public void removePod(String key) {
        NodeInfo node = byPod.remove(key);
        PodInfo pod = node == null ? null : node.remove(key);
        if (node != null && pod != null) {
            podsWithAffinity -= pod.needs().podAffinity().isEmpty() ? 0 : 1;
            countsOf(pod).forEach(count -> count.add(node, pod, -1));
        }
    }

    @Nullable
    NodeInfo node(String name) {
        return byName.get(name);
    }

    public int size() {
        return byName.size();
    }

    /** The nodes zone by zone in turn, so that any stretch of the list has some of each zone. */
    List<NodeInfo> nodes() {
        if (ordered == null) {
            ordered = Collections.unmodifiableList(interleaved());
        }
        return ordered;
    }

    private List<NodeInfo> interleaved() {
        Map<String, Deque<NodeInfo>> zones = new LinkedHashMap<>();
        for (NodeInfo node : byName.values()) {
            zones.computeIfAbsent(node.node().zone(), zone -> new ArrayDeque<>())
                    .add(node);
        }
        List<NodeInfo> nodes = new ArrayList<>(byName.size());
        while (nodes.size() < byName.size()) {
            for (Deque<NodeInfo> zone : zones.values()) {
                NodeInfo next = zone.poll();
                if (next != null) {
                    nodes.add(next);
                }
            }
        }
        return nodes;
    }

    boolean hasPodsWithAffinity() {
        return podsWithAffinity > 0;
    }

    int nodesWithImage(String image) {
        return nodesWithImage.getOrDefault(image, 0);
    }

    boolean hasTaints() {
        return taintedNodes > 0;
    }

    /** How many pods of a namespace a selector matches, per node and zone; kept up to date from the first call on. */
    SpreadCount spreadCount(String namespace, LabelSelector selector) {
        return spreadCounts.computeIfAbsent(new SpreadCount.Selection(namespace, selector), this::counted);
    }

    private SpreadCount counted(SpreadCount.Selection selection) {
        SpreadCount count = new SpreadCount();
        spreadCountsByLabels.forEach((labels, counts) -> {
            if (selection.matches(labels)) {
                counts.add(count);
            }
        });
        for (NodeInfo node : byName.values()) {
            for (PodInfo pod : node.pods()) {
                if (selection.matches(SpreadCount.Labels.of(pod))) {
                    count.add(node, pod, 1);
                }
            }
        }
        return count;
    }

    private List<SpreadCount> countsOf(PodInfo pod) {
        return spreadCountsByLabels.computeIfAbsent(SpreadCount.Labels.of(pod), labels -> {
            List<SpreadCount> counts = new ArrayList<>();
            spreadCounts.forEach((selection, count) -> {
                if (selection.matches(labels)) {
                    counts.add(count);
                }
            });
            return counts;
        });
    }

    /** What a question answers if a node's pods below a priority were gone; they are back afterwards. */
    <T> T withoutPodsBelow(int priority, NodeInfo node, Supplier<T> question) {
        List<PodInfo> victims = node.pods().stream()
                .filter(pod -> pod.needs().priority() < priority)
                .toList();
        victims.forEach(victim -> removePod(victim.key()));
        try {
            return question.get();
        } finally {
            victims.forEach(victim -> putPod(victim, node.name()));
        }
    }
}
