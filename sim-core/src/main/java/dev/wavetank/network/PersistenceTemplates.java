package dev.wavetank.network;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What IPVS remembers of clients for sessionAffinity ClientIP: one template per client of one virtual service, so that a
 * ClusterIP and a node port do not share it.
 *
 * <p>A template lasts for the timeout after the client's last new connection, but not less than any connection made
 * through it is tracked, the 120 s after its close included: a template whose time is up then lives on in steps of 60 s,
 * and keeps to these steps from then on.
 *
 * <p>Source: linux 6.12 net/netfilter/ipvs/ip_vs_core.c ip_vs_sched_persist and ip_vs_conn.c ip_vs_conn_expire.
 */
public final class PersistenceTemplates {

    /** The step in which a template lives on while connections hold it. */
    static final long HELD_NANOS = 60L * 1_000_000_000;

    private static final class Template {
        final int destination;
        long periodNanos;
        long expiresAt;
        int connections;

        Template(int destination, long periodNanos) {
            this.destination = destination;
            this.periodNanos = periodNanos;
        }

        /** Catches up with the timer; only while connections hold the template is there anything to do. */
        void advance(long nowNanos) {
            if (connections > 0 && expiresAt <= nowNanos) {
                periodNanos = HELD_NANOS;
                expiresAt += ((nowNanos - expiresAt) / HELD_NANOS + 1) * HELD_NANOS;
            }
        }
    }

    private final long timeoutNanos;

    private final IntMap<Template> byClient = new IntMap<>();

    private final List<@Nullable Template> byNumber = new ArrayList<>();
    private final List<Integer> freeNumbers = new ArrayList<>();

    public PersistenceTemplates(long timeoutNanos) {
        this.timeoutNanos = timeoutNanos;
    }

    /**
     * Finds where a client has to go on. The caller asks the scheduler instead if that destination has weight 0 or is
     * gone, which voids the template.
     *
     * @return a destination, or {@link Balancer#NONE} if nothing is remembered
     */
    public int find(int client, long nowNanos) {
        Template template = live(client, nowNanos);
        return template == null ? Balancer.NONE : template.destination;
    }

    /**
     * Counts a new connection of a client, and starts its timeout anew; another destination than the one remembered
     * replaces it.
     *
     * @return a number for {@link #forgotten}
     */
    public int opened(int client, int destination, long nowNanos) {
        Template template = live(client, nowNanos);
        if (template == null || template.destination != destination) {
            template = new Template(destination, timeoutNanos);
            byClient.put(client, template);
        }
        template.expiresAt = nowNanos + template.periodNanos;
        template.connections++;
        int number = freeNumbers.isEmpty() ? byNumber.size() : freeNumbers.remove(freeNumbers.size() - 1);
        if (number == byNumber.size()) {
            byNumber.add(template);
        } else {
            byNumber.set(number, template);
        }
        return number;
    }

    /**
     * A connection is no longer tracked.
     *
     * @param connection what {@link #opened} returned for it
     */
    public void forgotten(int connection, long nowNanos) {
        Template template = byNumber.set(connection, null);
        if (template == null) {
            throw new IllegalArgumentException("connection " + connection + " was forgotten before");
        }
        freeNumbers.add(connection);
        template.advance(nowNanos);
        template.connections--;
    }

    private @Nullable Template live(int client, long nowNanos) {
        Template template = byClient.get(client);
        if (template == null) {
            return null;
        }
        template.advance(nowNanos);
        if (template.expiresAt <= nowNanos) {
            byClient.remove(client);
            return null;
        }
        return template;
    }
}
