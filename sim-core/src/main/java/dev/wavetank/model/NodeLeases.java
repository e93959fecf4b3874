package dev.wavetank.model;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The leases by which kubelets show that they are alive, renewed every ten seconds.
 *
 * <p>Differs from Kubernetes: renewals are worked out when somebody asks and not written as Lease objects. 5,000 nodes would
 * write 500 times a second, and all that any of it says is that nothing happened.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet, component-helpers apimachinery lease.
 */
public final class NodeLeases {

    /** How often a kubelet renews its lease, in nanoseconds. */
    public static final long PERIOD = 10 * Times.SECOND;

    /** One of {@code first + k·period}, and none after {@code last}. */
    private record Renewals(long first, long last) {

        long upTo(long now) {
            long until = Math.min(now, last);
            return first + Math.floorDiv(until - first, PERIOD) * PERIOD;
        }
    }

    private final Map<String, Renewals> byNode = new LinkedHashMap<>();
    private int silent;

    /**
     * A kubelet renews from now on.
     *
     * @param first the instant of one renewal; others lie whole periods before and after it
     */
    public void start(String node, long first) {
        Renewals before = byNode.put(node, new Renewals(first, Long.MAX_VALUE));
        silent -= before != null && before.last() != Long.MAX_VALUE ? 1 : 0;
    }

    /** A kubelet falls silent: no renewal after {@code now} reaches the API. */
    public void stop(String node, long now) {
        Renewals renewals = byNode.get(node);
        if (renewals != null && renewals.last() == Long.MAX_VALUE) {
            byNode.put(node, new Renewals(renewals.first(), now));
            silent++;
        }
    }

    /** When the node's lease was last renewed, or {@link Times#NONE} if nobody ever did. */
    public long renewedAt(String node, long now) {
        Renewals renewals = byNode.get(node);
        return renewals == null ? Times.NONE : renewals.upTo(now);
    }

    /** True if no kubelet that ever renewed its lease has fallen silent. */
    public boolean allAreRenewed() {
        return silent == 0;
    }
}
