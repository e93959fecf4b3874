package dev.wavetank.controllers.scheduling;

import java.util.LinkedHashMap;
import java.util.Map;

/** Numbers by topology domain: by the key of a node label and its value. */
final class DomainCounts {

    private final Map<String, Map<String, Long>> byKey = new LinkedHashMap<>();

    /** Adds to the domain the node is in; nothing happens if it lacks the label. */
    void add(NodeInfo node, String topologyKey, long amount) {
        String domain = node.domain(topologyKey);
        if (domain != null) {
            byKey.computeIfAbsent(topologyKey, key -> new LinkedHashMap<>()).merge(domain, amount, Long::sum);
        }
    }

    boolean isEmpty() {
        return byKey.isEmpty();
    }

    long of(NodeInfo node, String topologyKey) {
        Map<String, Long> domains = byKey.get(topologyKey);
        String domain = node.domain(topologyKey);
        return domains == null || domain == null ? 0 : domains.getOrDefault(domain, 0L);
    }

    /** The sum over all domains the node is in. */
    long sum(NodeInfo node) {
        long sum = 0;
        for (String topologyKey : byKey.keySet()) {
            sum += of(node, topologyKey);
        }
        return sum;
    }

    boolean anyPositive(NodeInfo node) {
        for (String topologyKey : byKey.keySet()) {
            if (of(node, topologyKey) > 0) {
                return true;
            }
        }
        return false;
    }
}
