package dev.wavetank.http.ingress;

import dev.wavetank.http.host.ClusterHost;
import dev.wavetank.network.Visitors;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One real port for one way into the cluster. While the model would refuse connections it is shut: a bound socket that does
 * not listen keeps the port ours, and the kernel refuses for us.
 */
final class Door {

    private static final long LETTING_GO_NANOS = 1_000_000_000;
    private static final long LOOK_NANOS = 1_000_000;

    private final IngressPort way;
    private final Visitors visitors;
    private final Front front;
    private final ClusterHost host;
    private final InetAddress address;
    private int port;
    private Front.@Nullable Listener open;
    private @Nullable Socket shut;

    Door(IngressPort way, Visitors visitors, Front front, ClusterHost host, InetAddress address) {
        this.way = way;
        this.visitors = visitors;
        this.front = front;
        this.host = host;
        this.address = address;
    }

    /** Takes a port, wanted or free, and stays shut. */
    void take(int wanted) throws IOException {
        try {
            shut = bound(wanted);
        } catch (IOException taken) {
            shut = bound(0);
        }
        port = shut.getLocalPort();
    }

    /** The listener lets go of its port a moment after it is closed, when its thread has noticed. */
    private Socket boundAgain() throws IOException {
        long deadline = System.nanoTime() + LETTING_GO_NANOS;
        while (true) {
            try {
                return bound(port);
            } catch (IOException e) {
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
    }

    private Socket bound(int number) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(address, number));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /** Opens or shuts it. */
    void set(boolean opened) throws IOException {
        if (opened && open == null) {
            closeShut();
            open = front.listen(new InetSocketAddress(address, port), way, visitors, host);
        } else if (!opened && open != null) {
            open.close();
            open = null;
            shut = boundAgain();
        }
    }

    void close() {
        Front.Listener listener = open;
        if (listener != null) {
            listener.close();
        }
        closeShut();
    }

    private void closeShut() {
        Socket placeholder = shut;
        shut = null;
        if (placeholder != null) {
            try {
                placeholder.close();
            } catch (IOException e) {
                // a socket that never connected has nothing to lose
            }
        }
    }

    IngressPort way() {
        return way;
    }

    Visitors visitors() {
        return visitors;
    }

    int port() {
        return port;
    }

    boolean isOpen() {
        return open != null;
    }
}
