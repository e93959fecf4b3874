package dev.wavetank.network;

import static dev.wavetank.network.TestService.MILLISECOND;
import static dev.wavetank.network.TestService.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.model.AppBehavior;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every client, whatever happens to the pods. */
final class CallPropertiesTest {

    @Provide
    Arbitrary<Connections> connections() {
        return Arbitraries.of(
                Connections.PER_REQUEST,
                Connections.KEEP_ALIVE,
                new Connections(Connections.Kind.KEEP_ALIVE, 2, 1, 50 * MILLISECOND, 200 * MILLISECOND),
                Connections.POOLED,
                new Connections(Connections.Kind.POOLED, 2, 3, 50 * MILLISECOND, Long.MAX_VALUE));
    }

    @Provide
    Arbitrary<ProxySettings> proxies() {
        return Arbitraries.of(
                ProxySettings.STANDARD,
                ProxySettings.of(ProxySettings.Mode.NFTABLES, "rr"),
                ProxySettings.of(ProxySettings.Mode.IPVS, "rr"),
                ProxySettings.of(ProxySettings.Mode.IPVS, "wlc"),
                ProxySettings.of(ProxySettings.Mode.IPVS, "mh"),
                ProxySettings.of(ProxySettings.Mode.IPVS, "ewma"));
    }

    /** Sent is answered, failed and in flight together at every moment, and in the end nothing is in flight. */
    @Property(tries = 300)
    void no_request_is_lost_or_counted_twice(
            @ForAll long seed,
            @ForAll("connections") Connections connections,
            @ForAll("proxies") ProxySettings proxy,
            @ForAll boolean affinity,
            @ForAll @IntRange(max = 3) int retries,
            @ForAll boolean cpuBound) {
        AppBehavior app = AppBehavior.STANDARD
                .withStartup(Distribution.parse("20ms"))
                .withRequest(new AppBehavior.Work(
                        Distribution.parse(cpuBound ? "0s" : "exponential(20ms)"),
                        Distribution.parse(cpuBound ? "exponential(20ms)" : "0s"),
                        3,
                        4,
                        0.05))
                .withMemory(new AppBehavior.Memory(10, 1))
                .withLimits(new AppBehavior.Limits(2, 500, 16));
        TestService service = TestService.of(seed, proxy, affinity ? 1 : null, 4, app);
        Map<Failure, Integer> seen = new HashMap<>();
        long[] ends = new long[2];
        CallerSettings settings = CallerSettings.STANDARD
                .withConnections(connections)
                .withTimeout(100 * MILLISECOND)
                .withRetries(new Retries(retries, 10 * MILLISECOND, 0.5, 0.5))
                .withAddresses(1, 5);
        Client client = service.client(
                "client",
                settings,
                (sentAt, endedAt, pod, failure) -> {
                    ends[failure == null ? 0 : 1]++;
                    if (failure != null) {
                        seen.merge(failure, 1, Integer::sum);
                    }
                    assertThat(endedAt).isGreaterThanOrEqualTo(sentAt);
                },
                new Load.Poisson(400, 2 * SECOND, Long.MAX_VALUE));
        RandomStream mischief = service.simulation.random().stream("mischief");
        for (int i = 0; i < 40; i++) {
            service.runFor(mischief.nextInt(100) * MILLISECOND);
            disturb(service, mischief);
            Traffic traffic = client.traffic();
            assertThat(traffic.inFlight()).isNotNegative();
            assertThat(traffic.answered()).isEqualTo(ends[0]);
            assertThat(traffic.failed()).isEqualTo(ends[1]);
            assertThat(traffic.failures().values().stream().mapToLong(n -> n).sum())
                    .isEqualTo(traffic.failed());
        }
        service.runFor(30 * SECOND);
        assertThat(client.traffic().sent()).isPositive();
        assertThat(client.traffic().inFlight()).isZero();
        for (AppServer server : service.servers) {
            assertThat(server.isHung() || server.inFlight() == 0).isTrue();
        }
    }

    private static void disturb(TestService service, RandomStream mischief) {
        int pod = mischief.nextInt(service.pods.size());
        AppServer server = service.servers.get(pod);
        switch (mischief.nextInt(9)) {
            case 0 -> server.crash(1);
            case 1 -> server.setHung(!server.isHung());
            case 2 -> server.terminate();
            case 3 -> {
                if (!server.isAlive()) {
                    service.restart(pod);
                }
            }
            case 4 -> service.leave(pod);
            case 5 -> service.comeBack(pod);
            case 6 -> {
                service.pods.get(pod).disconnect();
                service.pods.get(pod).connect();
            }
            case 7 -> {
                if (service.pods.size() < 8) {
                    service.addPod();
                    service.sync();
                }
            }
            default -> service.sync();
        }
    }

    @Property(tries = 100)
    void a_closed_loop_never_has_more_in_flight_than_users(
            @ForAll long seed,
            @ForAll("connections") Connections connections,
            @ForAll @IntRange(min = 1, max = 20) int users) {
        TestService service = TestService.of(seed, 3, TestService.app("0s", "exponential(20ms)", 2, 1));
        CallerSettings settings = CallerSettings.STANDARD
                .withConnections(connections)
                .withTimeout(80 * MILLISECOND)
                .withRetries(new Retries(1, 5 * MILLISECOND, 0, Double.POSITIVE_INFINITY));
        Load load = new Load.Users(
                users, Distribution.parse("exponential(5ms)"), 100 * MILLISECOND, 2 * SECOND, Long.MAX_VALUE);
        Client client = service.client(settings, load);
        while (service.simulation.now() < 2 * SECOND) {
            service.simulation.step();
            assertThat(client.traffic().inFlight()).isBetween(0L, (long) users);
        }
        service.runFor(SECOND);
        assertThat(client.traffic().sent()).isGreaterThan(users);
        assertThat(client.traffic().inFlight()).isZero();
    }

    @Property(tries = 100)
    void affinity_never_moves_a_client_inside_its_timeout_while_its_pod_is_up(
            @ForAll long seed,
            @ForAll("proxies") ProxySettings proxy,
            @ForAll @IntRange(min = 1, max = 30) int clients) {
        TestService service = TestService.of(seed, proxy, 2, 5, TestService.app("0s", "1ms", 100, 1));
        RandomStream random = service.simulation.random().stream("visits");
        List<Connection> last = new ArrayList<>();
        for (int i = 0; i < clients; i++) {
            last.add(new Connection());
        }
        long[] lastAt = new long[clients];
        List<String> gone = new ArrayList<>();
        for (int visit = 0; visit < 400; visit++) {
            service.runFor(random.nextInt(40) * MILLISECOND);
            if (visit == 150) {
                service.leave(2);
                gone.add("pod-3");
            }
            if (visit == 300) {
                service.addPod();
                service.sync();
            }
            int who = random.nextInt(clients);
            long now = service.simulation.now();
            PodAddress before = last.get(who).address;
            Connection fresh = new Connection();
            fresh.begin(1000 + who, visit, now);
            if (service.route.open(fresh, now) != null) {
                // mh refuses whom its table leads to a pod that is draining
                assertThat(proxy.scheduler().name()).isEqualTo("mh");
                continue;
            }
            boolean mustStay = before != null && now - lastAt[who] < 2 * SECOND && !gone.contains(before.podName());
            if (mustStay) {
                assertThat(fresh.address).isSameAs(before);
            }
            fresh.close(now, false);
            last.set(who, fresh);
            lastAt[who] = now;
        }
    }
}
