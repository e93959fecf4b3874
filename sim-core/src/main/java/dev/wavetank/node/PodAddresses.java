package dev.wavetank.node;

import java.util.Locale;

/** Hands out the IPs of one node's pod range in turn, the way the host-local address plugin does. */
public final class PodAddresses {

    private static final int ADDRESSES_PER_NODE = 253;
    private static final int NODES_PER_BLOCK = 256;

    private final String prefix;
    private long handedOut;

    /** The pod range of the node with this index, from 0: 10.244.0.0/24 and on, then 10.129.0.0/24 and on. */
    public PodAddresses(int nodeIndex) {
        int block = nodeIndex / NODES_PER_BLOCK;
        int second = block == 0 ? 244 : 128 + block;
        this.prefix = String.format(Locale.ROOT, "10.%d.%d.", second, nodeIndex % NODES_PER_BLOCK);
    }

    String next() {
        return prefix + (2 + handedOut++ % ADDRESSES_PER_NODE);
    }
}
