package dev.wavetank.network;

/**
 * The bridge of one node, to which the network of every pod there is plugged. It has a carrier as long as one is plugged in, and
 * the node forgets the hardware addresses of its pods when the carrier is lost.
 */
final class PodBridge {

    private int plugged;

    void plug() {
        plugged++;
    }

    void unplug() {
        plugged--;
    }

    /**
     * True if the node goes on sending to a pod that has vanished, since probes and requests have kept its hardware address fresh:
     * the packets get lost, and the client waits. False if it looks for the address anew and finds that nobody has it.
     */
    boolean hasCarrier() {
        return plugged > 0;
    }
}
