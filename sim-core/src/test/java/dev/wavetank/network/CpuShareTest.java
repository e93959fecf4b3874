package dev.wavetank.network;

import static dev.wavetank.network.TestService.MILLISECOND;
import static dev.wavetank.network.TestService.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.wavetank.model.AppBehavior;
import org.junit.jupiter.api.Test;

/** The processor under a CPU limit, seen through latencies and counters. */
final class CpuShareTest {

    private static TestService limited(String cpu, double cores, long limitMillis) {
        AppBehavior app = TestService.app(cpu, "0s", 1000, Double.POSITIVE_INFINITY)
                .withLimits(new AppBehavior.Limits(cores, limitMillis, 0));
        return TestService.of(1, 1, app).networkDelay(0);
    }

    private static double maxMillis(Client client) {
        return client.traffic().latency().getMaxValue() / 1e6;
    }

    @Test
    void a_request_that_needs_more_than_the_quota_waits_for_the_next_period() {
        // given a limit of 200m: 20 ms of processor time in every 100 ms
        TestService service = limited("50ms", 8, 200);
        // when one request of 50 ms comes: 20 ms, 20 ms in the second period, 10 ms in the third
        Client client = service.client(CallerSettings.STANDARD, new Load.Constant(1000, Long.MAX_VALUE, 1));
        service.runFor(SECOND);
        // then it came 1 ms after the start of a period
        assertThat(maxMillis(client)).isCloseTo(209, offset(0.5));
        assertThat(service.servers.get(0).throttledPeriods()).isEqualTo(2);
        assertThat(service.servers.get(0).throttledNanos()).isCloseTo(159 * MILLISECOND, offset(MILLISECOND));
        assertThat(service.servers.get(0).cpuNanos()).isEqualTo(50 * MILLISECOND);
    }

    @Test
    void several_at_once_use_up_the_quota_sooner() {
        // given four requests of 10 ms each at the same time, on four processors
        TestService service = limited("10ms", 4, 200);
        Client client = service.client(
                CallerSettings.STANDARD,
                new Load.Users(4, dev.wavetank.engine.Distribution.parse("1h"), 0, Long.MAX_VALUE, 4));
        // when
        service.runFor(SECOND);
        // then 20 ms are used up after 5 ms, and the other 20 after 5 ms of the next period
        assertThat(maxMillis(client)).isCloseTo(105, offset(0.5));
        assertThat(service.servers.get(0).cpuNanos()).isEqualTo(40 * MILLISECOND);
    }

    @Test
    void without_a_limit_nothing_is_throttled() {
        TestService service = limited("50ms", 8, 0);
        Client client = service.client(CallerSettings.STANDARD, new Load.Constant(10, Long.MAX_VALUE, 20));
        service.runFor(10 * SECOND);
        assertThat(maxMillis(client)).isCloseTo(50, offset(0.1));
        assertThat(service.servers.get(0).throttledPeriods()).isZero();
        assertThat(service.servers.get(0).cpuNanos()).isEqualTo(20 * 50 * MILLISECOND);
    }

    @Test
    void no_second_has_more_processor_time_than_the_limit_allows() {
        TestService service = limited("exponential(10ms)", 4, 500);
        service.client(CallerSettings.STANDARD, new Load.Poisson(200, Long.MAX_VALUE, Long.MAX_VALUE));
        long before = 0;
        for (int second = 0; second < 20; second++) {
            service.runFor(SECOND);
            long used = service.servers.get(0).cpuNanos();
            assertThat(used - before).isLessThanOrEqualTo(500 * MILLISECOND + 10);
            before = used;
        }
        // two seconds' worth come in every second, so all that is allowed is used
        assertThat(before).isCloseTo(10 * SECOND, offset(100 * MILLISECOND));
    }
}
