package dev.wavetank.http.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.ClusterSpec;
import dev.wavetank.model.ApiException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterHostTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private final Cluster cluster = new Cluster(ClusterSpec.dockerDesktop(), 1);

    @SuppressWarnings("NullAway.Init") // each test starts one
    private ClusterHost host;

    private void start(Speed speed, boolean paused) {
        host = ClusterHost.start(cluster, SimulatedClock.showing(NOON, cluster.now()), speed, paused);
    }

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    void time_stands_still_while_paused_and_requests_are_still_answered() {
        start(Speed.REALTIME, true);
        long before = host.call(Cluster::now);
        assertThat(host.call(Cluster::now)).isEqualTo(before);
        assertThat(host.state().paused()).isTrue();
        assertThat(host.state().factor()).isZero();
    }

    @Test
    void advancing_passes_exactly_the_span_asked_for_and_leaves_a_paused_clock_paused() {
        start(Speed.REALTIME, true);
        host.advance(Duration.ofSeconds(30));
        ClockState state = host.state();
        assertThat(state.nowNanos()).isEqualTo(Duration.ofSeconds(30).toNanos());
        assertThat(state.date()).isEqualTo(NOON.plusSeconds(30));
        assertThat(state.paused()).isTrue();
        host.jump(Duration.ofMinutes(5).toNanos());
        host.jump(Duration.ofMinutes(4).toNanos());
        assertThat(host.state().nowNanos()).isEqualTo(Duration.ofMinutes(5).toNanos());
    }

    @Test
    void in_real_time_a_moment_passes_in_a_moment() throws InterruptedException {
        start(Speed.REALTIME, false);
        long wall = System.nanoTime();
        long virtual = host.call(Cluster::now);
        TimeUnit.MILLISECONDS.sleep(200);
        long passed = host.call(Cluster::now) - virtual;
        long passedOnTheWall = System.nanoTime() - wall;
        assertThat(passed).isBetween(TimeUnit.MILLISECONDS.toNanos(190), passedOnTheWall);
    }

    @Test
    void at_ten_times_real_time_ten_moments_do() throws InterruptedException {
        start(Speed.times(10), false);
        long virtual = host.call(Cluster::now);
        TimeUnit.MILLISECONDS.sleep(200);
        assertThat(host.call(Cluster::now) - virtual).isGreaterThan(TimeUnit.MILLISECONDS.toNanos(1_900));
    }

    @Test
    void at_speed_settle_a_settled_cluster_rests_in_real_time() throws InterruptedException {
        start(Speed.SETTLE, false);
        long virtual = host.call(Cluster::now);
        TimeUnit.MILLISECONDS.sleep(100);
        assertThat(host.call(Cluster::now) - virtual).isLessThan(TimeUnit.SECONDS.toNanos(5));
    }

    @Test
    void a_step_pauses_and_ends_where_an_object_has_changed() {
        start(Speed.REALTIME, false);
        host.run(owned -> owned.cordon("docker-desktop", true));
        long version = host.call(owned -> owned.store().resourceVersion());
        boolean changed = host.step();
        assertThat(host.state().paused()).isTrue();
        assertThat(host.call(owned -> owned.store().resourceVersion()) > version)
                .isEqualTo(changed);
    }

    @Test
    void a_refusal_reaches_the_caller_as_it_is_and_the_simulation_goes_on() {
        start(Speed.REALTIME, true);
        assertThatThrownBy(() -> host.run(owned -> owned.scale("nobody", 3)))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ApiException.Reason.NOT_FOUND));
        assertThat(host.settle(Duration.ofSeconds(1))).isTrue();
    }

    @Test
    void a_failed_simulation_says_so_to_everybody() {
        start(Speed.REALTIME, false);
        host.run(owned -> owned.simulation().after(0, () -> {
            throw new IllegalStateException("broken");
        }));
        assertThatThrownBy(() -> host.advance(Duration.ofSeconds(1)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the simulation has failed");
    }

    @Test
    void who_waits_when_the_host_closes_is_told() {
        start(Speed.REALTIME, false);
        CompletableFuture<Boolean> century = host.advancing(Duration.ofDays(36_500));
        host.close();
        assertThatThrownBy(century::join).hasMessageContaining("shut down");
    }

    @Test
    void speeds_are_read_as_people_write_them() {
        start(Speed.REALTIME, true);
        assertThat(Speed.parse("10x")).isEqualTo(new Speed("10x", 10, 10));
        assertThat(Speed.parse("0.5x").underWay()).isEqualTo(0.5);
        assertThat(Speed.parse("Max-When-Idle")).isEqualTo(Speed.MAX);
        assertThat(Speed.parse("settle")).isEqualTo(Speed.SETTLE);
        assertThatThrownBy(() -> Speed.parse("fast")).hasMessageContaining("is not a speed");
        assertThatThrownBy(() -> Speed.parse("0x")).hasMessageContaining("out of range");
    }
}
