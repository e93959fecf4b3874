package dev.wavetank.http.host;

import dev.wavetank.cluster.Cluster;

/** Remembers whether a cluster is settled until something in it changes, since looking costs a walk over all pods. */
final class SettledLook {

    private final Cluster cluster;
    private long version = -1;
    private boolean settled;

    SettledLook(Cluster cluster) {
        this.cluster = cluster;
    }

    boolean isSettled() {
        long current = cluster.store().resourceVersion();
        if (current != version) {
            version = current;
            settled = cluster.isSettled();
        }
        return settled;
    }
}
