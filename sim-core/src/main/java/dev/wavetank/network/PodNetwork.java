package dev.wavetank.network;

import java.util.HashMap;
import java.util.Map;

/** Finds the pods behind IPs. */
public final class PodNetwork {

    private final Map<String, PodAddress> addresses = new HashMap<>();

    /** The address of that IP, made on first mention. */
    public PodAddress address(String ip, String podName) {
        return addresses.computeIfAbsent(ip, unused -> new PodAddress(ip, podName));
    }

    /** Forgets an address nobody will ask for again; rules that still hold it keep it. */
    public void release(String ip) {
        addresses.remove(ip);
    }
}
