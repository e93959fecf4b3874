package dev.wavetank.network;

import org.jspecify.annotations.Nullable;

/**
 * One IP of the pod network, and the process that answers there, if any. Rules hold on to addresses and not to processes:
 * an address may have outlived its pod.
 */
public final class PodAddress {

    private final String ip;
    private final String podName;
    private @Nullable AppServer server;
    private boolean reachable;

    PodAddress(String ip, String podName) {
        this.ip = ip;
        this.podName = podName;
    }

    public String ip() {
        return ip;
    }

    public String podName() {
        return podName;
    }

    /** The process that holds the listening socket; null if there is none. */
    public @Nullable AppServer server() {
        return server;
    }

    /** False once the pod's network is gone: packets to it vanish. */
    boolean isReachable() {
        return reachable;
    }

    /** The pod's network is up; nobody listens yet. */
    public void connect() {
        reachable = true;
    }

    /** The pod's network is taken down. */
    public void disconnect() {
        reachable = false;
        server = null;
    }

    /** Packets no longer get here, though the process lives on: the machine's network is lost. */
    public void cutOff() {
        reachable = false;
    }

    /** Puts a process behind the address, or none. */
    public void serveWith(@Nullable AppServer server) {
        this.server = server;
    }
}
