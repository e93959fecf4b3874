package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.network.CallerSettings;
import dev.wavetank.network.Connections;
import dev.wavetank.network.Load;
import dev.wavetank.network.Retries;
import dev.wavetank.network.ServiceTarget;
import dev.wavetank.network.TrafficRoute.Source;
import dev.wavetank.network.TrafficRoute.Via;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads who calls which Service, how, and how often. */
final class ClientReader {

    private static final int MOST_ADDRESSES = 65_000;
    private static final int MOST_RETRIES = 100;
    private static final int MOST_STREAMS = 1_000_000;
    private static final double DEFAULT_JITTER = 0.5;
    private static final double DEFAULT_BUDGET = 0.2;

    private final Path folder;

    /** Files that loads name are looked for in this folder. */
    ClientReader(Path folder) {
        this.folder = folder;
    }

    ImmutableList<ClientSpec> read(Field list) {
        ImmutableList.Builder<ClientSpec> clients = ImmutableList.builder();
        Set<String> names = new LinkedHashSet<>();
        for (Field client : list.elements()) {
            Field nameField = client.expectObject().get("name").required("Give the client a name.");
            String name = nameField.text("client");
            if (!names.add(name)) {
                nameField.problem("there are two clients named " + name, "Give each a name of its own.");
            }
            ServiceTarget target = target(client);
            CallerSettings settings = settings(client);
            ImmutableList<Load> load = client.get("load").elements().stream()
                    .map(phase -> LoadReader.read(phase, folder))
                    .collect(ImmutableList.toImmutableList());
            if (load.isEmpty()) {
                client.problem("the client has no load", "Add load: [{constant: {rate: 10/s}}].");
            }
            client.noOthers();
            clients.add(new ClientSpec(name, target, settings, load));
        }
        return clients.build();
    }

    private static ServiceTarget target(Field client) {
        String service =
                client.get("service").required("Name the Service it calls.").text("");
        Field portField = client.get("port");
        String port = portField.isPresent() ? portField.node().asText() : "";
        String via = client.get("via")
                .choice("clusterIP", List.of("clusterIP", "nodePort", "loadBalancer", "interceptor"), text -> text);
        Source usual = via.equals("clusterIP") || via.equals("interceptor") ? Source.NODE : Source.OUTSIDE;
        Source source = client.get("from")
                .choice(usual, List.of(Source.values()), each -> each.name().toLowerCase(Locale.ROOT));
        String node = client.get("node").text("");
        return switch (via) {
            case "nodePort" -> new ServiceTarget(service, port, source, Via.NODE_PORT, node, false);
            case "loadBalancer" -> new ServiceTarget(service, port, source, Via.LOAD_BALANCER_IP, node, node.isEmpty());
            case "interceptor" ->
                new ServiceTarget(service, port, source, Via.CLUSTER_IP, node, false).behindInterceptor();
            default -> new ServiceTarget(service, port, source, Via.CLUSTER_IP, node, false);
        };
    }

    private static CallerSettings settings(Field client) {
        CallerSettings standard = CallerSettings.STANDARD;
        Field timeout = client.get("timeout");
        long patience = timeout.parsed(standard.timeoutNanos(), Durations::parse);
        if (patience <= 0) {
            timeout.problem("timeout is 0", "Give the client some patience, such as timeout: 2s.");
            patience = standard.timeoutNanos();
        }
        int addresses = (int) client.get("sourceIPs").longInteger(1, 1, MOST_ADDRESSES);
        boolean translated = client.get("nat").bool(false);
        return standard.withTimeout(patience)
                .withRetries(retries(client.get("retries").expectObject()))
                .withConnections(connections(client.get("connections").expectObject()))
                .withAddresses(standard.firstAddress(), translated ? 1 : addresses);
    }

    private static Retries retries(Field retries) {
        if (!retries.isPresent()) {
            return Retries.NONE;
        }
        Retries read = new Retries(
                (int) retries.get("max").longInteger(1, 0, MOST_RETRIES),
                retries.get("backoff").parsed(100_000_000L, Durations::parse),
                retries.get("jitter").parsed(DEFAULT_JITTER, Shares::fraction),
                retries.get("budget").parsed(DEFAULT_BUDGET, Shares::fractionOrMore));
        retries.noOthers();
        return read;
    }

    private static Connections connections(Field connections) {
        Connections.Kind kind = connections
                .get("kind")
                .choice(Connections.Kind.PER_REQUEST, List.of(Connections.Kind.values()), Connections.Kind::text);
        Connections usual = switch (kind) {
            case PER_REQUEST -> Connections.PER_REQUEST;
            case KEEP_ALIVE -> Connections.KEEP_ALIVE;
            case POOLED -> Connections.POOLED;
        };
        if (kind == Connections.Kind.PER_REQUEST) {
            connections.noOthers();
            return usual;
        }
        int streams = kind == Connections.Kind.POOLED
                ? (int) connections.get("streams").longInteger(usual.streams(), 1, MOST_STREAMS)
                : 1;
        Connections read = new Connections(
                kind,
                (int) connections.get("size").longInteger(usual.size(), 1, MOST_STREAMS),
                streams,
                connections.get("idleTimeout").parsed(usual.idleTimeoutNanos(), Durations::parse),
                connections.get("maxAge").parsed(usual.maxAgeNanos(), Durations::parse));
        connections.noOthers();
        return read;
    }
}
