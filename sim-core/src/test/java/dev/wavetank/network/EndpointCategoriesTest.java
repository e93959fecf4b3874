package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.wavetank.network.EndpointCategories.Reason;
import dev.wavetank.network.TrafficRoute.Source;
import dev.wavetank.network.TrafficRoute.Target;
import dev.wavetank.network.TrafficRoute.Via;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointCategoriesTest {

    private static final TrafficPolicies CLUSTER = new TrafficPolicies(false, false, false);
    private static final TrafficPolicies INTERNAL_LOCAL = new TrafficPolicies(true, false, false);
    private static final TrafficPolicies EXTERNAL_LOCAL = new TrafficPolicies(false, true, true);

    @Test
    void ready_endpoints_are_used_and_others_are_not() {
        EndpointCategories categories = categorize(
                CLUSTER, endpoint("10.0.0.1:80", true, true, false), endpoint("10.0.0.2:80", false, false, false));

        assertThat(categories.clusterEndpoints())
                .extracting(ProxyEndpoint::text)
                .containsExactly("10.0.0.1:80");
        assertThat(categories.clusterReason()).isEqualTo(Reason.ALL_READY);
    }

    @Test
    void when_all_pods_go_at_once_those_that_still_serve_are_used() {
        EndpointCategories categories = categorize(
                CLUSTER, endpoint("10.0.0.1:80", false, true, true), endpoint("10.0.0.2:80", false, false, true));

        assertThat(categories.clusterEndpoints())
                .extracting(ProxyEndpoint::text)
                .containsExactly("10.0.0.1:80");
        assertThat(categories.clusterReason()).isEqualTo(Reason.TERMINATING);
    }

    @Test
    void traffic_that_has_to_stay_on_the_node_is_dropped_if_only_others_have_endpoints() {
        EndpointCategories categories = categorize(INTERNAL_LOCAL, endpoint("10.0.0.1:80", true, true, false));

        TrafficRoute route = TrafficRoute.of(Source.POD, Via.CLUSTER_IP, INTERNAL_LOCAL, categories);
        assertThat(route.target()).isEqualTo(Target.DROP);
        assertThat(route.reason()).isEqualTo(TrafficRoute.Reason.NO_LOCAL_ENDPOINTS);
    }

    @Test
    void traffic_is_rejected_if_nobody_has_endpoints() {
        EndpointCategories categories = categorize(INTERNAL_LOCAL, endpoint("10.0.0.1:80", false, false, false));

        assertThat(TrafficRoute.of(Source.POD, Via.CLUSTER_IP, INTERNAL_LOCAL, categories)
                        .target())
                .isEqualTo(Target.REJECT);
    }

    @Test
    void external_policy_local_does_not_bind_the_cluster_itself() {
        EndpointCategories categories = categorize(EXTERNAL_LOCAL, endpoint("10.0.0.1:80", true, true, false));

        assertThat(TrafficRoute.of(Source.OUTSIDE, Via.NODE_PORT, EXTERNAL_LOCAL, categories)
                        .target())
                .isEqualTo(Target.DROP);
        assertThat(TrafficRoute.of(Source.POD, Via.NODE_PORT, EXTERNAL_LOCAL, categories))
                .isEqualTo(new TrafficRoute(Target.CLUSTER_ENDPOINTS, false, TrafficRoute.Reason.SHORT_CIRCUIT));
    }

    @Test
    void ipvs_goes_to_other_nodes_where_iptables_drops_unless_no_policy_uses_them() {
        EndpointCategories external = categorize(EXTERNAL_LOCAL, endpoint("10.0.0.1:80", true, true, false));
        EndpointCategories internal = categorize(INTERNAL_LOCAL, endpoint("10.0.0.1:80", true, true, false));

        assertThat(TrafficRoute.inIpvs(Source.OUTSIDE, Via.NODE_PORT, EXTERNAL_LOCAL, external)
                        .reason())
                .isEqualTo(TrafficRoute.Reason.OTHERS_INSTEAD);
        assertThat(TrafficRoute.inIpvs(Source.POD, Via.CLUSTER_IP, INTERNAL_LOCAL, internal)
                        .target())
                .isEqualTo(Target.REJECT);
    }

    @Test
    void a_zone_hint_is_followed_only_if_every_ready_endpoint_has_one() {
        ProxyEndpoint hinted = hinted("10.0.0.1:80", "zone-a");
        ProxyEndpoint elsewhere = hinted("10.0.0.2:80", "zone-b");

        assertThat(categorize(CLUSTER, hinted, elsewhere).clusterEndpoints()).containsExactly(hinted);
        assertThat(categorize(CLUSTER, hinted, elsewhere, endpoint("10.0.0.3:80", true, true, false))
                        .clusterEndpoints())
                .hasSize(3);
        assertThat(categorize(CLUSTER, elsewhere).clusterEndpoints()).containsExactly(elsewhere);
    }

    @Test
    void of_two_endpoints_with_one_address_the_one_that_stays_wins_and_order_is_that_of_the_texts() {
        EndpointUnion union = new EndpointUnion();
        ProxyEndpoint leaving = endpoint("10.0.0.9:80", false, true, true);
        ProxyEndpoint staying = endpoint("10.0.0.9:80", true, true, false);
        union.add(leaving);
        union.add(staying);
        union.add(leaving);
        union.add(endpoint("10.0.0.10:80", true, true, false));

        assertThat(union.sorted()).extracting(ProxyEndpoint::text).containsExactly("10.0.0.10:80", "10.0.0.9:80");
        assertThat(union.sorted().get(1)).isEqualTo(staying);
    }

    private static EndpointCategories categorize(TrafficPolicies policies, ProxyEndpoint... endpoints) {
        return EndpointCategories.of(List.of(endpoints), policies, "node-1", "zone-a");
    }

    private static ProxyEndpoint endpoint(String text, boolean ready, boolean serving, boolean terminating) {
        return new ProxyEndpoint(text, "", ready, serving, terminating, false, ImmutableList.of(), ImmutableList.of());
    }

    private static ProxyEndpoint hinted(String text, String zone) {
        return new ProxyEndpoint(text, "", true, true, false, false, ImmutableList.of(zone), ImmutableList.of());
    }
}
