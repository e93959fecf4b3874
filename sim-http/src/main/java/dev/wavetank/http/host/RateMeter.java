package dev.wavetank.http.host;

/** How fast virtual time has really gone of late: over the last half second or more of the wall's. */
final class RateMeter {

    private static final long WINDOW = 500_000_000;

    private long wallBefore = System.nanoTime();
    private long virtualBefore = -1;
    private double perSecond;

    void at(long wallNanos, long virtualNanos) {
        if (virtualBefore < 0) {
            wallBefore = wallNanos;
            virtualBefore = virtualNanos;
        } else if (wallNanos - wallBefore >= WINDOW) {
            perSecond = (double) (virtualNanos - virtualBefore) / (wallNanos - wallBefore);
            wallBefore = wallNanos;
            virtualBefore = virtualNanos;
        }
    }

    double perSecond() {
        return perSecond;
    }
}
