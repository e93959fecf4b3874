package dev.wavetank.http.ingress;

import dev.wavetank.http.host.ClusterHost;
import dev.wavetank.network.Visitors;
import java.io.IOException;

/** What listens on the real ports: takes connections and has them answered. */
interface Front extends AutoCloseable {

    /** Begins to take connections at an address. */
    Listener listen(java.net.InetSocketAddress address, IngressPort way, Visitors visitors, ClusterHost host)
            throws IOException;

    /** One real port. */
    interface Listener {
        int port();

        void close();
    }

    @Override
    void close();
}
