package dev.wavetank.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is left of the events of a scale-up to a hundred and back, with and without the thinning of real components. */
class EventCorrelationTest {

    private static TestCluster scaledToAHundredAndBack(boolean correlate) {
        ClusterSpec standard = ClusterSpec.dockerDesktop();
        ClusterSpec spec = standard.withControlPlane(
                standard.controlPlane().withoutLimits().withCorrelatedEvents(correlate));
        TestCluster cluster = new TestCluster(spec, 7);
        cluster.deployment("web", 1, "containers: [{name: 'c', image: 'c:1'}]").runFor(10);
        cluster.cluster().scale("web", 100);
        cluster.runFor(60);
        cluster.cluster().scale("web", 1);
        return cluster.runFor(60);
    }

    @Test
    void counting_events_counts_what_happened_unless_they_are_thinned_out() {
        TestCluster cluster = scaledToAHundredAndBack(false);

        assertThat(cluster.events("SuccessfulCreate")).hasSize(100);
        assertThat(cluster.events("SuccessfulDelete")).hasSize(99);
    }

    @Test
    void a_real_controller_leaves_ten_creations_the_last_of_them_combined_and_no_deletion() {
        TestCluster cluster = scaledToAHundredAndBack(true);

        assertThat(cluster.events("SuccessfulCreate").stream().distinct())
                .hasSize(10)
                .anyMatch(message -> message.startsWith("(combined from similar events): Created pod: web-"));
        assertThat(cluster.events("SuccessfulDelete")).isEmpty();
    }
}
