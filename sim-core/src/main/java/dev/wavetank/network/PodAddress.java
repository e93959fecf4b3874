package dev.wavetank.network;

import org.jspecify.annotations.Nullable;

/**
 * One IP of the pod network, and the process that answers there, if any. Rules hold on to addresses and not to processes:
 * an address may have outlived its pod.
 */
public final class PodAddress {

    private final PodNetwork network;
    private final PodBridge bridge;
    private final int number;
    private final String ip;
    private final String podName;
    private String nodeName = "";
    private @Nullable AppServer server;
    private boolean reachable;
    private boolean plugged;

    PodAddress(PodNetwork network, PodBridge bridge, int number, String ip, String podName) {
        this.network = network;
        this.bridge = bridge;
        this.number = number;
        this.ip = ip;
        this.podName = podName;
    }

    /** Which one it is of its network, counted from 0. */
    int number() {
        return number;
    }

    public String ip() {
        return ip;
    }

    public String podName() {
        return podName;
    }

    /** The node its pod runs on; empty as long as no endpoint has said so. */
    public String nodeName() {
        return nodeName;
    }

    void setNodeName(String nodeName) {
        this.nodeName = nodeName;
    }

    /** The process that holds the listening socket; null if there is none. */
    public @Nullable AppServer server() {
        return server;
    }

    /** False once the pod's network is gone: packets to it vanish. */
    boolean isReachable() {
        return reachable;
    }

    /** True if packets to a pod that is gone are lost without anybody noticing; see {@link PodBridge#hasCarrier()}. */
    boolean losesPacketsSilently() {
        return !plugged && bridge.hasCarrier();
    }

    /** The pod's network is up; nobody listens yet. */
    public void connect() {
        reachable = true;
        if (!plugged) {
            plugged = true;
            bridge.plug();
        }
    }

    /** The pod's network is taken down. */
    public void disconnect() {
        reachable = false;
        server = null;
        if (plugged) {
            plugged = false;
            bridge.unplug();
        }
    }

    /** Packets no longer get here, though the process lives on: the machine's network is lost. */
    public void cutOff() {
        reachable = false;
    }

    /** Puts a process behind the address, or none. */
    public void serveWith(@Nullable AppServer server) {
        this.server = server;
        if (server != null) {
            server.attach(service -> network.dial(this, service));
        }
    }
}
