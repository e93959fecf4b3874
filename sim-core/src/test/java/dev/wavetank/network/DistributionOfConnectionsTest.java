package dev.wavetank.network;

import static dev.wavetank.network.TestService.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wavetank.network.ProxySettings.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How connections are spread over pods, against the law each mode follows and against a real cluster. */
final class DistributionOfConnectionsTest {

    private static final int MILLION = 1_000_000;

    /** Counts of a million connections, one at a time, over this many pods. */
    private static int[] counts(ProxySettings proxy, int pods) {
        TestService service = TestService.of(5, proxy, null, pods, TestService.app("0s", "1ms", 1, 1));
        int[] counts = new int[pods];
        Connection connection = new Connection();
        for (int i = 0; i < MILLION; i++) {
            connection.begin(17, i, 0);
            assertThat(service.route.open(connection, 0)).isNull();
            PodAddress address = connection.address;
            counts[address == null ? 0 : address.number()]++;
            connection.close(0, false);
        }
        return counts;
    }

    @ParameterizedTest
    @CsvSource({"iptables,3", "iptables,10", "iptables,100", "nftables,3", "nftables,10", "nftables,100"})
    void random_modes_give_every_pod_an_equal_chance(String mode, int pods) {
        ProxySettings proxy = ProxySettings.of(Mode.valueOf(mode.toUpperCase(java.util.Locale.ROOT)), "rr");
        ChiSquare.assertFits(counts(proxy, pods), ChiSquare.uniform(pods));
    }

    @Test
    void the_chain_of_statistic_rules_follows_the_law_of_its_rounded_probabilities() {
        int pods = 7;
        Balancer rules = Balancers.installed().named("iptables-exact").create(BalancerSetting.PLAIN);
        double[] law = new double[pods];
        double left = 1;
        for (int i = 0; i < pods; i++) {
            rules.add(i, 1);
            int others = pods - i;
            double matches = others == 1 ? 1 : Probability.threshold(Probability.text(others)) / 0x1.0p31;
            law[i] = left * matches;
            left *= 1 - matches;
        }
        RandomBits random = new dev.wavetank.engine.RandomStreams(3).stream("kernel")::nextInt;
        int[] counts = new int[pods];
        for (int i = 0; i < MILLION; i++) {
            counts[rules.pick(0, 0, 0, random)]++;
        }
        ChiSquare.assertFits(counts, law);
    }

    @ParameterizedTest
    @CsvSource({"3", "7", "10"})
    void round_robin_differs_by_at_most_one(int pods) {
        int[] counts = counts(ProxySettings.of(Mode.IPVS, "rr"), pods);
        for (int count : counts) {
            assertThat(count).isBetween(MILLION / pods, MILLION / pods + 1);
        }
    }

    /** Counts of 6,000 connections over 3, 5 and 10 pods, recorded twice: {@code docs/services.md} has them as a table. */
    @Test
    void recorded_counts_are_what_equal_and_independent_chances_give() throws IOException {
        List<Double> pValues = new ArrayList<>();
        for (int recording = 1; recording <= 2; recording++) {
            JsonNode trace = trace("distribution-" + recording);
            for (JsonNode perPod : trace.get("counts")) {
                long total = 0;
                for (JsonNode count : perPod) {
                    total += count.asLong();
                }
                double expected = (double) total / perPod.size();
                double chiSquare = 0;
                for (JsonNode count : perPod) {
                    chiSquare += (count.asLong() - expected) * (count.asLong() - expected) / expected;
                }
                double p = GoodnessOfFit.pValue(chiSquare, perPod.size() - 1);
                pValues.add(p);
            }
        }
        assertThat(pValues).hasSize(6).allMatch(p -> p > 0.001);
    }

    /** One client, a timeout of six seconds: it stays while it comes back in time, and is free to move after that. */
    @Test
    void recorded_affinity_never_moves_a_client_that_comes_back_in_time() throws IOException {
        int moves = 0;
        int gaps = 0;
        for (int recording = 1; recording <= 3; recording++) {
            TestService service =
                    TestService.of(recording, ProxySettings.STANDARD, 6, 4, TestService.app("0s", "1ms", 1, 1));
            JsonNode before = null;
            PodAddress simulatedBefore = null;
            for (JsonNode request : trace("affinity-" + recording).get("requests")) {
                long at = request.get("t").asLong() * 1_000_000;
                Connection connection = new Connection();
                connection.begin(1, 1, at);
                assertThat(service.route.open(connection, at)).isNull();
                if (before != null) {
                    boolean inTime = at - before.get("t").asLong() * 1_000_000 < 6 * SECOND;
                    if (inTime) {
                        assertThat(request.get("pod")).isEqualTo(before.get("pod"));
                        assertThat(connection.address).isSameAs(simulatedBefore);
                    } else {
                        gaps++;
                        moves += request.get("pod").equals(before.get("pod")) ? 0 : 1;
                    }
                }
                before = request;
                simulatedBefore = connection.address;
            }
        }
        // four pods: after the timeout three times out of four it is another, give or take four standard deviations
        double deviation = Math.sqrt(gaps * 0.75 * 0.25);
        assertThat((double) moves).isBetween(0.75 * gaps - 4 * deviation, 0.75 * gaps + 4 * deviation);
    }

    private static JsonNode trace(String name) throws IOException {
        return new ObjectMapper().readTree(Files.readString(Path.of("../traces/" + name + ".json")));
    }
}
