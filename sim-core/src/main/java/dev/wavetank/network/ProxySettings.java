package dev.wavetank.network;

/**
 * How the kube-proxies of a cluster work.
 *
 * @param scheduler in mode {@code ipvs} the name of a balancer, see {@link Balancers}; not used by the other modes
 * @param hiddenSources what comes in through a load balancer has lost its client's address, as with Docker Desktop, which
 *     publishes Services on the host's own {@code localhost}
 */
public record ProxySettings(Mode mode, BalancerFactory scheduler, boolean hiddenSources) {

    /** How a node's kernel is told what to do; the default is iptables. */
    @SuppressWarnings("ImmutableEnumChecker") // a record of numbers
    public enum Mode {
        IPTABLES("iptables"),
        NFTABLES("nftables"),
        IPVS("ipvs");

        private final String text;

        Mode(String text) {
            this.text = text;
        }

        /** The mode as kube-proxy's configuration writes it. */
        public String text() {
            return text;
        }

        SyncRunner.Periods periods() {
            return this == IPVS ? SyncRunner.Periods.IPVS : SyncRunner.Periods.IPTABLES;
        }
    }

    /** The name of the scheduler kube-proxy uses in mode ipvs if none is given. */
    public static final String DEFAULT_SCHEDULER = "rr";

    /** Mode iptables, as where nothing is said. */
    public static final ProxySettings STANDARD = of(Mode.IPTABLES, DEFAULT_SCHEDULER);

    /**
     * A mode with a scheduler.
     *
     * @throws IllegalArgumentException if there is no balancer of that name
     */
    public static ProxySettings of(Mode mode, String scheduler) {
        return new ProxySettings(mode, Balancers.installed().named(scheduler), false);
    }

    public ProxySettings withHiddenSources(boolean hiddenSources) {
        return new ProxySettings(mode, scheduler, hiddenSources);
    }

    /** Mode and scheduler in a word or two. */
    public String describe() {
        return mode == Mode.IPVS ? mode.text() + " " + scheduler.name() : mode.text();
    }
}
