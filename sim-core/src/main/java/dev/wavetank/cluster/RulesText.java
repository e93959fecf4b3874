package dev.wavetank.cluster;

import dev.wavetank.network.EndpointCategories;
import java.util.stream.Collectors;

/** Says what a kube-proxy wrote, for {@code explain}. */
final class RulesText {

    private static final int NAMED = 12;

    private RulesText() {}

    static String of(String service, String port, EndpointCategories endpoints) {
        String which = port.isEmpty() ? service : service + ":" + port;
        if (!endpoints.hasAny()) {
            return "rules of " + which + ": connections are refused, there is no endpoint ("
                    + endpoints.clusterReason().text() + ")";
        }
        int count = endpoints.clusterEndpoints().size();
        String pods = endpoints.clusterEndpoints().stream()
                .limit(NAMED)
                .map(endpoint -> endpoint.pod().isEmpty() ? endpoint.text() : endpoint.pod())
                .collect(Collectors.joining(", "));
        String more = count > NAMED ? " and " + (count - NAMED) + " more" : "";
        return "rules of " + which + ": new connections go to " + pods + more + " ("
                + endpoints.clusterReason().text() + ")";
    }
}
