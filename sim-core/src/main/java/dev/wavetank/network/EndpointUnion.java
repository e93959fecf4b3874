package dev.wavetank.network;

import com.google.common.collect.ImmutableList;
import java.util.TreeMap;

/**
 * The endpoints of one Service port, out of all its slices: one per {@code ip:port}, in the order of that text, so that
 * {@code 10.0.0.10:80} comes before {@code 10.0.0.9:80}.
 *
 * <p>Source: kubernetes 1.36 pkg/proxy/endpointslicecache.go.
 */
public final class EndpointUnion {

    private final TreeMap<String, ProxyEndpoint> byText = new TreeMap<>();

    /**
     * Adds an endpoint of some slice. If two have the same address, as when a new pod takes over the address of one that
     * is on its way out, the one that is not terminating wins.
     */
    public void add(ProxyEndpoint endpoint) {
        if (endpoint.terminating()) {
            byText.putIfAbsent(endpoint.text(), endpoint);
        } else {
            byText.put(endpoint.text(), endpoint);
        }
    }

    public ImmutableList<ProxyEndpoint> sorted() {
        return ImmutableList.copyOf(byText.values());
    }
}
