package dev.wavetank.node;

import dev.wavetank.model.Times;

/** When a pod was last looked at and synced, and hence when its next sync may begin. */
final class SyncTimes {

    private final RelistClock relists;
    private final boolean onDemand;
    private long lastSyncEnd = Times.NONE;
    private long lastOnDemandRelist = Times.NONE;
    private boolean lookedSinceSync;

    /**
     * Of a pod that was never synced.
     *
     * @param onDemand look at the pod right after a sync that started or stopped something
     */
    SyncTimes(RelistClock relists, boolean onDemand) {
        this.relists = relists;
        this.onDemand = onDemand;
    }

    void ended(long now, SyncResult result) {
        lastSyncEnd = now;
        lookedSinceSync = onDemand && result.hasActed() && result.isClean();
        if (lookedSinceSync) {
            lastOnDemandRelist = now;
        }
    }

    /** A sync asked for now starts after the first look that is younger than the last sync. */
    long earliestSync(long now) {
        if (!Times.isSet(lastSyncEnd)) {
            return now;
        }
        return Math.max(now, lookedSinceSync ? lastSyncEnd : relists.firstAfter(lastSyncEnd));
    }

    /** The last look at the pod's containers up to now. */
    long lastRelist(long now) {
        return Math.max(lastOnDemandRelist, relists.lastUpTo(now));
    }
}
