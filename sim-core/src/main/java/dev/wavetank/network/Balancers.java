package dev.wavetank.network;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import java.util.List;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Function;

/** The balancers there are, by name: kube-proxy's modes, IPVS's schedulers, some of our own, and those of the user. */
public final class Balancers {

    private record BuiltIn(String name, Function<BalancerSetting, Balancer> maker) implements BalancerFactory {
        @Override
        public Balancer create(BalancerSetting setting) {
            return maker.apply(setting);
        }
    }

    private static final List<BalancerFactory> BUILT_IN = List.of(
            new BuiltIn("iptables", setting -> new UniformBalancer()),
            new BuiltIn("iptables-exact", setting -> new StatisticBalancer()),
            new BuiltIn("nftables", setting -> new UniformBalancer()),
            new BuiltIn("rr", setting -> new RoundRobin()),
            new BuiltIn("wrr", setting -> new WeightedRoundRobin()),
            new BuiltIn("lc", setting -> new LeastLoaded(LoadMeasure.LC)),
            new BuiltIn("wlc", setting -> new LeastLoaded(LoadMeasure.WLC)),
            new BuiltIn("sed", setting -> new LeastLoaded(LoadMeasure.SED)),
            new BuiltIn("nq", setting -> new LeastLoaded(LoadMeasure.NQ)),
            new BuiltIn("sh", setting -> HashBuckets.bySource()),
            new BuiltIn("dh", setting -> HashBuckets.byDestination(setting.virtualAddress())),
            new BuiltIn("mh", Maglev::new),
            new BuiltIn("lblc", setting -> new LocalityLeastConnection()),
            new BuiltIn("lblcr", setting -> new LocalityReplication()),
            new BuiltIn("ovf", setting -> new HeaviestFirst(true)),
            new BuiltIn("fo", setting -> new HeaviestFirst(false)),
            new BuiltIn("p2c", setting -> new TwoChoices()),
            new BuiltIn("ewma", setting -> new PeakEwma()));

    private final ImmutableSortedMap<String, BalancerFactory> byName;

    private Balancers(Iterable<BalancerFactory> ofTheUser) {
        TreeMap<String, BalancerFactory> factories = new TreeMap<>();
        BUILT_IN.forEach(factory -> factories.put(factory.name(), factory));
        for (BalancerFactory factory : ofTheUser) {
            if (factories.putIfAbsent(factory.name(), factory) != null) {
                throw new IllegalArgumentException(
                        factory.getClass().getName() + ": there is a balancer named " + factory.name() + " already");
            }
        }
        this.byName = ImmutableSortedMap.copyOf(factories);
    }

    /** The built-in ones and whatever {@link ServiceLoader} finds. */
    public static Balancers installed() {
        return new Balancers(ServiceLoader.load(BalancerFactory.class));
    }

    /** The built-in ones and these. */
    public static Balancers with(Iterable<BalancerFactory> ofTheUser) {
        return new Balancers(ofTheUser);
    }

    /** All names, in alphabetical order. */
    public ImmutableSet<String> names() {
        return byName.keySet();
    }

    /**
     * The factory of that name.
     *
     * @throws IllegalArgumentException if there is none; the message says which there are
     */
    public BalancerFactory named(String name) {
        BalancerFactory factory = byName.get(name);
        if (factory == null) {
            throw new IllegalArgumentException(
                    "there is no balancer named \"" + name + "\"; there are " + String.join(", ", byName.keySet()));
        }
        return factory;
    }
}
