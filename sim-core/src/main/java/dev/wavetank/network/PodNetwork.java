package dev.wavetank.network;

import dev.wavetank.model.AppBehavior;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the pods behind IPs, and the Services that pods themselves call. */
public final class PodNetwork {

    /** Makes what a pod calls another Service with. */
    @FunctionalInterface
    public interface Dialer {
        /** A caller for one dependency of the process behind an address. */
        Caller dial(PodAddress from, AppBehavior.Call call);
    }

    private final Map<String, PodAddress> addresses = new HashMap<>();
    private final Map<String, PodBridge> bridges = new HashMap<>();
    private @Nullable Dialer dialer;
    private int count;

    /** The address of that IP, made on first mention. */
    public PodAddress address(String ip, String podName) {
        return addresses.computeIfAbsent(ip, unused -> new PodAddress(this, bridge(ip), count++, ip, podName));
    }

    /** Every node has a range of its own, the first three bytes of an IP. */
    private PodBridge bridge(String ip) {
        return bridges.computeIfAbsent(ip.substring(0, ip.lastIndexOf('.') + 1), unused -> new PodBridge());
    }

    /** Forgets an address nobody will ask for again; rules that still hold it keep it. */
    public void release(String ip) {
        addresses.remove(ip);
    }

    /** Says how pods reach other Services. */
    public void setDialer(Dialer dialer) {
        this.dialer = dialer;
    }

    Caller dial(PodAddress from, AppBehavior.Call call) {
        if (dialer == null) {
            throw new IllegalStateException(from.podName() + " calls " + call.service() + ", but nobody dials");
        }
        return dialer.dial(from, call);
    }
}
