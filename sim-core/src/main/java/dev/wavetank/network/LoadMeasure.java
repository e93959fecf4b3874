package dev.wavetank.network;

/**
 * What IPVS's least-loaded schedulers hold against a destination. Fractions are compared crosswise, without dividing.
 *
 * <p>Source: linux 6.12 net/netfilter/ipvs/ip_vs_lc.c, ip_vs_wlc.c, ip_vs_sed.c and ip_vs_nq.c.
 */
enum LoadMeasure {
    /** Least-connection: the overhead. */
    LC {
        @Override
        boolean lighter(Destinations list, int a, int b) {
            return list.overhead(a) < list.overhead(b);
        }

        @Override
        String describe(Destinations list, int destination) {
            return "the least overhead, " + list.overhead(destination) + counted(list, destination);
        }
    },
    /** Weighted least-connection: the overhead by weight. */
    WLC {
        @Override
        boolean lighter(Destinations list, int a, int b) {
            return (long) list.overhead(b) * list.weight(a) > (long) list.overhead(a) * list.weight(b);
        }

        @Override
        String describe(Destinations list, int destination) {
            return "the least overhead by weight, " + list.overhead(destination) + "/" + list.weight(destination)
                    + counted(list, destination);
        }
    },
    /** Shortest expected delay: the open connections, the new one counted, by weight. */
    SED {
        @Override
        boolean lighter(Destinations list, int a, int b) {
            return (list.active(b) + 1L) * list.weight(a) > (list.active(a) + 1L) * list.weight(b);
        }

        @Override
        String describe(Destinations list, int destination) {
            return "the shortest expected delay, " + (list.active(destination) + 1) + "/" + list.weight(destination);
        }
    },
    /** Never queue: an idle destination before any other, else as {@link #SED}. */
    NQ {
        @Override
        boolean lighter(Destinations list, int a, int b) {
            boolean idle = list.active(a) == 0;
            boolean otherIdle = list.active(b) == 0;
            if (idle || otherIdle) {
                return idle && !otherIdle;
            }
            return SED.lighter(list, a, b);
        }

        @Override
        String describe(Destinations list, int destination) {
            return list.active(destination) == 0
                    ? "no open connection, which no other before it in the list has"
                    : SED.describe(list, destination);
        }
    };

    /** True if {@code a} is strictly less loaded than {@code b}; both have weights above 0. */
    abstract boolean lighter(Destinations list, int a, int b);

    /** What speaks for a destination, as what it has. */
    abstract String describe(Destinations list, int destination);

    private static String counted(Destinations list, int destination) {
        return " from " + list.active(destination) + " active and " + list.inactive(destination) + " inactive";
    }
}
