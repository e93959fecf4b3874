package dev.wavetank.autoscaling.hpa;

import static dev.wavetank.autoscaling.hpa.TestWorkload.cpuUsage;
import static dev.wavetank.autoscaling.hpa.TestWorkload.pod;
import static dev.wavetank.autoscaling.hpa.TestWorkload.servingPod;
import static dev.wavetank.autoscaling.hpa.TestWorkload.servingPods;
import static dev.wavetank.autoscaling.hpa.TestWorkload.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wavetank.autoscaling.hpa.ReplicaProposal.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplicaCalculatorTest {

    private static final Tolerances TENTH = new Tolerances(0.1, 0.1);

    @Test
    void two_pods_at_twice_their_target_become_four() throws MetricException {
        Map<String, PodMetric> metrics = Map.of("web-0", value(1000), "web-1", value(1000));

        ReplicaProposal proposal = ReplicaCalculator.forUtilization(cpuUsage(2, servingPods(2), metrics), 50);

        assertThat(proposal.replicas()).isEqualTo(4);
        assertThat(proposal.utilization()).isEqualTo(100);
        assertThat(proposal.explain()).isEqualTo("2 pods at 100 % of 50 % target: ceil(2 × 2) = 4");
    }

    @Test
    void utilization_is_cut_to_a_whole_per_cent_before_it_is_compared() throws MetricException {
        // 55.9 % is 1.118 of 50 %, 55 % is 1.1 and still within tolerance
        ReplicaProposal proposal =
                ReplicaCalculator.forUtilization(cpuUsage(1, servingPods(1), Map.of("web-0", value(559))), 50);

        assertThat(proposal.rule()).isEqualTo(Rule.WITHIN_TOLERANCE);
        assertThat(proposal.replicas()).isEqualTo(1);
    }

    @Test
    void a_pod_without_a_metric_counts_as_busy_when_shrinking() throws MetricException {
        // 20 % of 50 % alone would make 2 pods 1; with the third at its whole request, 46 % is within tolerance
        Map<String, PodMetric> metrics = Map.of("web-0", value(200), "web-1", value(200));

        ReplicaProposal proposal = ReplicaCalculator.forUtilization(cpuUsage(3, servingPods(3), metrics), 50);

        assertThat(proposal.rule()).isEqualTo(Rule.FILLED_IN_STAYS);
        assertThat(proposal.replicas()).isEqualTo(3);
    }

    @Test
    void a_starting_pod_counts_as_idle_when_growing() throws MetricException {
        HpaPod starting = pod("web-1", HpaPod.Phase.PENDING, null, TestWorkload.container("app", 1000));

        ReplicaProposal proposal = ReplicaCalculator.forUtilization(
                cpuUsage(2, List.of(servingPod("web-0"), starting), Map.of("web-0", value(1500))), 50);

        assertThat(proposal.replicas())
                .as("150 %% over two pods is 75 %%, so 3 and not 6")
                .isEqualTo(3);
        assertThat(proposal.utilization())
                .as("what is reported is the first look")
                .isEqualTo(150);
    }

    @Test
    void a_surge_pod_can_turn_low_usage_into_more_replicas() throws MetricException {
        Map<String, PodMetric> metrics = Map.of("web-0", value(380), "web-1", value(400));

        ReplicaProposal proposal = ReplicaCalculator.forUtilization(cpuUsage(1, servingPods(2), metrics), 50);

        assertThat(proposal.replicas()).isEqualTo(2);
    }

    @Test
    void binary_fractions_round_up_where_decimals_would_not() throws MetricException {
        ReplicaProposal proposal = ReplicaCalculator.forValue(25, 280, 1000, TENTH, servingPods(25));

        assertThat(proposal.replicas())
                .as("0.28 × 25 is a little more than 7 in doubles")
                .isEqualTo(8);
    }

    @Test
    void at_zero_replicas_a_value_alone_decides_without_tolerance() throws MetricException {
        assertThat(ReplicaCalculator.forValue(0, 1, 1000, TENTH, List.of()).replicas())
                .isEqualTo(1);
        assertThat(ReplicaCalculator.forValue(0, 0, 1000, TENTH, List.of()).replicas())
                .isZero();
    }

    @Test
    void a_shared_value_is_split_over_the_replicas_that_exist() {
        ReplicaProposal proposal = ReplicaCalculator.forValuePerPod(3, 100_000, 20_000, TENTH);

        assertThat(proposal.replicas()).isEqualTo(5);
        assertThat(proposal.reportedMilli()).isEqualTo(33_334);
    }

    @Test
    void without_any_usable_metric_there_is_no_proposal() {
        assertThatThrownBy(() -> ReplicaCalculator.forUtilization(cpuUsage(2, servingPods(2), Map.of()), 50))
                .isInstanceOf(MetricException.class)
                .hasMessage("did not receive metrics for targeted pods (pods might be unready)");
    }
}
