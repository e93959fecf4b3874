package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.common.net.InetAddresses;
import dev.wavetank.network.Balancer;
import dev.wavetank.network.BalancerSetting;
import dev.wavetank.network.Balancers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The destinations an IPVS scheduler picks while connections and destinations come and go. */
final class IpvsSchedulersTopic extends ServiceTopic {

    /** The virtual service's flag that puts the client's port into the hash. */
    private static final int HASHES_PORT = 0x10;

    IpvsSchedulersTopic() {
        super("ipvs-schedulers");
    }

    @Override
    public JsonNode answer(JsonNode input) {
        VirtualService service = new VirtualService(input);
        input.path("ops").forEach(service::apply);
        return service.picks;
    }

    private static int address(String text) {
        return addressOf(text.substring(0, text.lastIndexOf(':')));
    }

    private static int addressOf(String text) {
        InetAddress address = InetAddresses.forString(text);
        return InetAddresses.coerceToInteger(address);
    }

    private static int port(String text) {
        return Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
    }

    private static final class VirtualService {
        /** A destination's number is its place here; one that was deleted and added again gets a new one. */
        private final List<String> destinations = new ArrayList<>();

        private final List<Integer> connections = new ArrayList<>();
        private final ArrayNode picks = Json.MAPPER.createArrayNode();
        private final Balancer balancer;

        VirtualService(JsonNode input) {
            balancer = Balancers.installed()
                    .named(input.path("scheduler").asText())
                    .create(new BalancerSetting(
                            address(input.path("vip").asText()),
                            (input.path("serviceFlags").asInt() & HASHES_PORT) != 0,
                            destination -> address(destinations.get(destination)),
                            destination -> port(destinations.get(destination))));
        }

        void apply(JsonNode op) {
            switch (op.get(0).asText()) {
                case "add" -> {
                    destinations.add(op.get(1).asText());
                    balancer.add(destinations.size() - 1, op.get(2).asInt());
                }
                case "weight" -> balancer.reweigh(number(op), op.get(2).asInt());
                case "del" -> balancer.remove(number(op));
                case "connect" -> connect(op.get(1).asText());
                case "close" -> balancer.finished(connections.get(op.get(1).asInt()));
                case "expire" -> balancer.forgotten(connections.get(op.get(1).asInt()));
                default -> throw new IllegalArgumentException("unknown operation " + op);
            }
        }

        private int number(JsonNode op) {
            return destinations.lastIndexOf(op.get(1).asText());
        }

        private void connect(String client) {
            int picked = balancer.pick(0, address(client), port(client), () -> {
                throw new IllegalStateException("IPVS draws no random numbers");
            });
            connections.add(picked);
            if (picked == Balancer.NONE) {
                picks.addNull();
            } else {
                balancer.opened(picked);
                picks.add(destinations.get(picked));
            }
        }
    }
}
