package dev.wavetank.scenario;

import dev.wavetank.cluster.Cluster;
import dev.wavetank.node.Kubelet;
import java.util.List;
import java.util.Objects;

/** What a step can do to a node. */
enum NodeDeed {
    CORDON("cordon", "cordon"),
    UNCORDON("uncordon", "uncordon"),
    DRAIN("drain", "drain"),
    RECOVER("recoverNode", "recover"),
    /** The machine stops at once. */
    CRASH("failNode", "crash"),
    /** The machine runs on, but nobody reaches it. */
    NETWORK("failNode", "network"),
    /** The machine is told to go down, and lets its pods stop first. */
    SHUTDOWN("failNode", "shutdown");

    /** Those that are verbs of their own. */
    static final List<NodeDeed> WITHOUT_CHOICE = List.of(CORDON, UNCORDON, DRAIN, RECOVER);

    /** The ways in which a node can fail. */
    static final List<NodeDeed> FAILURES = List.of(CRASH, NETWORK, SHUTDOWN);

    private final String verb;
    private final String text;

    NodeDeed(String verb, String text) {
        this.verb = verb;
        this.text = text;
    }

    String verb() {
        return verb;
    }

    /** How it is told of; for failures also the word scenarios use. */
    String text() {
        return text;
    }

    void doTo(Cluster cluster, String node, long graceSeconds) {
        Kubelet kubelet = Objects.requireNonNull(cluster.kubelet(node), node);
        switch (this) {
            case CORDON -> cluster.cordon(node, true);
            case UNCORDON -> cluster.cordon(node, false);
            case DRAIN -> cluster.drain(node);
            case RECOVER -> kubelet.recover();
            case CRASH -> kubelet.powerOff();
            case NETWORK -> kubelet.disconnect();
            case SHUTDOWN -> kubelet.shutDown(graceSeconds);
        }
    }
}
