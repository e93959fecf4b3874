package dev.wavetank.network;

import static dev.wavetank.network.TestService.MILLISECOND;
import static dev.wavetank.network.TestService.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.AppBehavior;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a client sees of a process that is full, dying, warming up or gone. */
final class AppServerTest {

    @Test
    void one_too_many_for_the_queue_is_answered_with_503() {
        AppBehavior app = TestService.app("0s", "1s", 1, 1)
                .withRequest(new AppBehavior.Work(Distribution.parse("1s"), Distribution.parse("0s"), 1, 2, 0));
        TestService service = TestService.of(1, 1, app);
        Client client = service.client(CallerSettings.STANDARD, new Load.Constant(100, Long.MAX_VALUE, 5));
        service.runFor(10 * SECOND);
        assertThat(client.traffic().failures()).containsOnlyKeys(Failure.OVERLOADED);
        assertThat(client.traffic().failed()).isEqualTo(2);
        assertThat(service.servers.get(0).longestQueue()).isEqualTo(2);
    }

    @Test
    void a_process_that_outgrows_its_memory_limit_is_killed_with_137() {
        List<Integer> exits = new ArrayList<>();
        Simulation simulation = new Simulation(1);
        AppBehavior app = TestService.app("0s", "1s", 100, 1)
                .withMemory(new AppBehavior.Memory(100, 10))
                .withLimits(new AppBehavior.Limits(1, 0, 125));
        TestService service = TestService.of(1, 1, app);
        Client client = service.client(CallerSettings.STANDARD, new Load.Constant(100, Long.MAX_VALUE, 5));
        service.runFor(10 * SECOND);
        assertThat(service.servers.get(0).isOomKilled()).isTrue();
        assertThat(service.servers.get(0).isAlive()).isFalse();
        // the third brought it down, with the two it was working on; then nobody listened
        assertThat(client.traffic().failures()).containsEntry(Failure.RESET, 3L).containsEntry(Failure.REFUSED, 2L);
        new AppServer(simulation, app, simulation.random().stream("x"), exits::add).kill();
        assertThat(exits).containsExactly(137);
    }

    @Test
    void work_takes_longer_while_the_process_warms_up() {
        AppBehavior app = TestService.app("0s", "10ms", 100, 1).withWarmUp(new AppBehavior.WarmUp(10 * SECOND, 5));
        TestService service = TestService.of(1, 1, app).networkDelay(0);
        List<Long> latencies = new ArrayList<>();
        service.client(
                "client",
                CallerSettings.STANDARD,
                (sentAt, endedAt, pod, failure) -> latencies.add((endedAt - sentAt) / MILLISECOND),
                new Load.Constant(0.2, Long.MAX_VALUE, 3));
        service.runFor(20 * SECOND);
        // 5 s: half way, three times as long; from 10 s on once as long
        assertThat(latencies).containsExactly(30L, 10L, 10L);
    }

    @Test
    void a_hanging_pod_is_given_up_after_the_timeout_and_tried_again_elsewhere() {
        TestService service = TestService.of(3, 2, TestService.app("0s", "1ms", 100, 1));
        service.servers.get(0).setHung(true);
        CallerSettings settings = CallerSettings.STANDARD
                .withTimeout(100 * MILLISECOND)
                .withRetries(new Retries(10, 0, 0, Double.POSITIVE_INFINITY));
        Client client = service.client(settings, new Load.Constant(10, Long.MAX_VALUE, 100));
        service.runFor(30 * SECOND);
        assertThat(client.traffic().failed()).isZero();
        assertThat(client.traffic().answeredByPod()).containsOnlyKeys("pod-2");
        // each attempt finds the other pod with a chance of one half: on average one retry for each request
        assertThat(client.traffic().retries()).isBetween(60L, 150L);
    }

    @Test
    void a_retry_budget_keeps_a_storm_away() {
        TestService service = TestService.of(3, 1, TestService.app("0s", "1ms", 100, 1));
        service.servers.get(0).crash(1);
        CallerSettings settings = CallerSettings.STANDARD.withRetries(new Retries(3, MILLISECOND, 0, 0.2));
        Client client = service.client(settings, new Load.Constant(100, Long.MAX_VALUE, 1000));
        service.runFor(30 * SECOND);
        assertThat(client.traffic().failures()).containsOnly(java.util.Map.entry(Failure.REFUSED, 1000L));
        assertThat(client.traffic().retries()).isBetween(200L, 210L);
    }

    @Test
    void no_endpoint_means_refused_at_once() {
        TestService service = TestService.of(3, 1, TestService.app("0s", "1ms", 100, 1));
        service.leave(0);
        Client client = service.client(CallerSettings.STANDARD, new Load.Constant(100, Long.MAX_VALUE, 10));
        service.runFor(SECOND);
        assertThat(client.traffic().failures()).containsOnlyKeys(Failure.REFUSED);
    }

    @Test
    void an_open_connection_outlives_the_endpoint_it_leads_to() {
        TestService service = TestService.of(3, 1, TestService.app("0s", "1ms", 100, 1));
        CallerSettings keeping = CallerSettings.STANDARD.withConnections(Connections.KEEP_ALIVE);
        Client keeper =
                service.client("keeper", keeping, (a, b, c, d) -> {}, new Load.Constant(10, Long.MAX_VALUE, 50));
        Client newcomer = service.client(
                "newcomer", CallerSettings.STANDARD, (a, b, c, d) -> {}, new Load.Constant(10, Long.MAX_VALUE, 50));
        service.runFor(SECOND);
        service.leave(0);
        service.runFor(10 * SECOND);
        assertThat(keeper.traffic().answered()).isEqualTo(50);
        assertThat(keeper.traffic().connections()).isEqualTo(1);
        assertThat(newcomer.traffic().failures()).containsOnlyKeys(Failure.REFUSED);
    }
}
