package dev.wavetank.network;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.RandomStreams;
import dev.wavetank.network.TrafficRoute.Source;
import dev.wavetank.network.TrafficRoute.Target;
import dev.wavetank.network.TrafficRoute.Via;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the kernel of one node does with new connections to one port of a Service. The object stays while what it says
 * changes with every sync.
 *
 * <p>In modes iptables and nftables there are two chains, over all usable endpoints and over those of this node, which share
 * one table of who went where. In mode ipvs every way in has a virtual server of its own.
 */
public final class ServicePort {

    private static final int SOURCES = Source.values().length;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** How long the answers of cluster DNS are good for in kubeadm's configuration. */
    private static final long DNS_TTL_NANOS = 30 * NANOS_PER_SECOND;

    private final ProxySettings settings;
    private final RandomBits random;
    private final RandomStream order;
    private final AddressBook book = new AddressBook();
    private final @Nullable Spread[] spreads = new @Nullable Spread[SOURCES * Via.values().length];
    private final Target[] targets = new Target[spreads.length];

    private @Nullable RuleSpread cluster;
    private @Nullable RuleSpread local;
    private @Nullable AffinityTable affinity;
    private final Map<Via, VirtualServer> servers = new EnumMap<>(Via.class);
    private @Nullable Integer affinitySeconds;
    private @Nullable HeadlessService headless;
    private boolean isSetUp;
    private boolean healthy;

    ServicePort(ProxySettings settings, RandomStreams random, String name) {
        this.settings = settings;
        RandomStream stream = random.stream(name);
        this.random = stream::nextInt;
        this.order = random.stream(name + "/order");
        Arrays.fill(targets, Target.REJECT);
    }

    /** Where this kind of traffic goes; null if it goes nowhere, see {@link #drops}. */
    @Nullable
    Spread spread(Source source, Via via) {
        return spreads[index(source, via)];
    }

    /** True if traffic of this kind is lost without an answer; else it is refused where {@link #spread} has no answer. */
    boolean drops(Source source, Via via) {
        return targets[index(source, via)] == Target.DROP;
    }

    /**
     * True if a load balancer outside should send here: with externalTrafficPolicy Local only if this node has a ready
     * endpoint of its own, which the health check node port tells.
     */
    boolean isHealthy() {
        return healthy;
    }

    /** Takes on what a sync found. */
    void sync(
            TrafficPolicies policies,
            EndpointCategories categories,
            @Nullable Integer affinityTimeoutSeconds,
            int virtualAddress,
            Function<ProxyEndpoint, PodAddress> addresses,
            long now) {
        boolean affinityChanged = !Objects.equals(affinitySeconds, affinityTimeoutSeconds);
        if (!isSetUp || affinityChanged) {
            affinitySeconds = affinityTimeoutSeconds;
            setUp(virtualAddress);
        }
        healthy = !policies.externalLocal()
                || categories.localEndpoints().stream().anyMatch(ProxyEndpoint::ready);
        if (settings.mode() == ProxySettings.Mode.IPVS) {
            syncServers(policies, categories, addresses, now);
        } else {
            rewriteChains(policies, categories, addresses);
        }
    }

    /** Takes on what the cluster's DNS answers for a headless Service. */
    void publish(List<PodAddress> addresses, List<String> texts) {
        HeadlessService known = headless;
        if (known == null) {
            known = new HeadlessService(book, random, DNS_TTL_NANOS);
            headless = known;
        }
        known.publish(addresses, texts);
        for (Via via : Via.values()) {
            for (Source source : Source.values()) {
                set(source, via, Target.CLUSTER_ENDPOINTS, known);
            }
        }
    }

    boolean isHeadless() {
        return headless != null;
    }

    /** The Service or the port is gone. */
    void clear() {
        headless = null;
        isSetUp = false;
        healthy = false;
        for (int i = 0; i < spreads.length; i++) {
            spreads[i] = null;
            targets[i] = Target.REJECT;
        }
    }

    private void setUp(int virtualAddress) {
        isSetUp = true;
        servers.clear();
        if (settings.mode() == ProxySettings.Mode.IPVS) {
            for (Via via : Via.values()) {
                Integer seconds = affinitySeconds;
                PersistenceTemplates templates =
                        seconds == null ? null : new PersistenceTemplates(seconds * NANOS_PER_SECOND);
                servers.put(via, new VirtualServer(settings.scheduler(), virtualAddress, templates, order, random));
            }
            return;
        }
        affinity = affinityTable();
        cluster = new RuleSpread(book, chain(), random);
        local = new RuleSpread(book, chain(), random);
    }

    private @Nullable AffinityTable affinityTable() {
        Integer seconds = affinitySeconds;
        if (seconds == null) {
            return null;
        }
        return settings.mode() == ProxySettings.Mode.IPTABLES
                ? AffinityTable.iptables(seconds * NANOS_PER_SECOND)
                : AffinityTable.nftables(seconds * NANOS_PER_SECOND);
    }

    private Balancer chain() {
        Balancer rules = new UniformBalancer();
        AffinityTable table = affinity;
        return table == null ? rules : new StickyBalancer(rules, table);
    }

    private void syncServers(
            TrafficPolicies policies,
            EndpointCategories categories,
            Function<ProxyEndpoint, PodAddress> addresses,
            long now) {
        servers.forEach((via, server) -> {
            // One list of destinations per address, whoever connects.
            Target target =
                    TrafficRoute.inIpvs(Source.NODE, via, policies, categories).target();
            server.sync(endpoints(target, categories), addresses, now);
            for (Source source : Source.values()) {
                set(source, via, target, target == Target.REJECT ? null : server);
            }
        });
    }

    private static List<ProxyEndpoint> endpoints(Target target, EndpointCategories categories) {
        return switch (target) {
            case CLUSTER_ENDPOINTS -> categories.clusterEndpoints();
            case LOCAL_ENDPOINTS -> categories.localEndpoints();
            case REJECT, DROP -> ImmutableList.of();
        };
    }

    private void rewriteChains(
            TrafficPolicies policies, EndpointCategories categories, Function<ProxyEndpoint, PodAddress> addresses) {
        List<String> gone = book.numbers().keySet().stream()
                .filter(text -> categories.allReachable().stream()
                        .noneMatch(endpoint -> endpoint.text().equals(text)))
                .toList();
        AffinityTable table = affinity;
        for (String text : gone) {
            Integer number = book.numberOf(text);
            if (number != null) {
                if (table != null) {
                    table.forget(number);
                }
                book.strike(text);
                book.free(number);
            }
        }
        RuleSpread all = cluster;
        RuleSpread here = local;
        if (all == null || here == null) {
            throw new IllegalStateException("not set up");
        }
        all.rewrite(numbers(categories.clusterEndpoints(), addresses));
        here.rewrite(numbers(categories.localEndpoints(), addresses));
        for (Via via : Via.values()) {
            for (Source source : Source.values()) {
                Target target =
                        TrafficRoute.of(source, via, policies, categories).target();
                Spread spread =
                        target == Target.CLUSTER_ENDPOINTS ? all : target == Target.LOCAL_ENDPOINTS ? here : null;
                set(source, via, target, spread);
            }
        }
    }

    private int[] numbers(List<ProxyEndpoint> endpoints, Function<ProxyEndpoint, PodAddress> addresses) {
        return endpoints.stream()
                .mapToInt(endpoint -> {
                    Integer known = book.numberOf(endpoint.text());
                    PodAddress address = addresses.apply(endpoint);
                    if (known == null) {
                        return book.enter(endpoint.text(), address);
                    }
                    book.move(known, address);
                    return known;
                })
                .toArray();
    }

    private void set(Source source, Via via, Target target, @Nullable Spread spread) {
        int index = index(source, via);
        targets[index] = target;
        spreads[index] = spread;
    }

    /** Asked for every connection, so an array and no map. */
    @SuppressWarnings("EnumOrdinal")
    private static int index(Source source, Via via) {
        return via.ordinal() * SOURCES + source.ordinal();
    }

    boolean isDraining() {
        return servers.values().stream().anyMatch(VirtualServer::isDraining);
    }

    void poll(long now) {
        servers.values().forEach(server -> server.poll(now));
    }
}
