package dev.wavetank.network;

import static dev.wavetank.network.TestService.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.wavetank.model.AppBehavior;
import java.util.function.DoubleUnaryOperator;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Pods as the queues of textbooks, mean and 99th percentile of the time in the system against their closed forms. With
 * half a million requests within a few percent, as the seed has it; with ten million, where {@code -Dwavetank.long=true} is
 * set, within one percent.
 */
final class QueueingTest {

    private static final long FEW = 500_000;
    private static final long MANY = 10_000_000;
    private static final double MILLIS = 1e6;

    /** Mean and 99th percentile in milliseconds. */
    private record Times(double mean, double p99) {}

    @Test
    void a_pod_with_one_worker_is_an_m_m_1_queue() {
        check(mm1(0.7, FEW), mm1Truth(0.7), 3);
    }

    @Test
    void a_pod_with_some_workers_is_an_m_m_c_queue() {
        check(mmc(4, 0.8, FEW), mmcTruth(4, 0.8), 3);
    }

    @Test
    void a_pod_with_constant_work_is_an_m_d_1_queue() {
        check(md1(0.7, FEW), md1Truth(0.7), 3);
    }

    @Test
    void a_pod_whose_requests_share_one_core_is_a_processor_sharing_queue_whatever_their_sizes() {
        double truth = psMean(0.7);
        check(ps("exponential(10ms)", 0.7, FEW), psTruth(0.7), 3);
        assertThat(ps("10ms", 0.7, FEW).mean()).isCloseTo(truth, withPercentage(3));
        assertThat(ps("uniform(0ms, 20ms)", 0.7, FEW).mean()).isCloseTo(truth, withPercentage(3));
    }

    @Test
    @Tag("long")
    @EnabledIfSystemProperty(named = "wavetank.long", matches = "true")
    void ten_million_requests_agree_with_the_closed_forms_within_one_percent() {
        check(mm1(0.7, MANY), mm1Truth(0.7), 1);
        check(mmc(4, 0.8, MANY), mmcTruth(4, 0.8), 1);
        check(md1(0.7, MANY), md1Truth(0.7), 1);
        assertThat(ps("uniform(0ms, 20ms)", 0.7, MANY).mean()).isCloseTo(psMean(0.7), withPercentage(1));
        check(ps("exponential(10ms)", 0.7, MANY), psTruth(0.7), 1);
    }

    private static void check(Times simulated, Times truth, double percent) {
        assertThat(simulated.mean()).isCloseTo(truth.mean(), withPercentage(percent));
        assertThat(simulated.p99()).isCloseTo(truth.p99(), withPercentage(percent));
    }

    private static Times mm1(double load, long requests) {
        return run(TestService.app("0s", "exponential(10ms)", 1, 1), load * 100, requests);
    }

    private static Times mmc(int workers, double load, long requests) {
        return run(TestService.app("0s", "exponential(10ms)", workers, 1), workers * load * 100, requests);
    }

    private static Times md1(double load, long requests) {
        return run(TestService.app("0s", "10ms", 1, 1), load * 100, requests);
    }

    private static Times ps(String cpu, double load, long requests) {
        return run(TestService.app(cpu, "0s", 100_000, 1), load * 100, requests);
    }

    private static Times run(AppBehavior app, double perSecond, long requests) {
        TestService service = TestService.of(20_26, 1, app).networkDelay(0);
        CallerSettings patient = CallerSettings.STANDARD.withTimeout(100_000 * SECOND);
        Client client = service.client(patient, new Load.Poisson(perSecond, Long.MAX_VALUE, requests));
        service.runFor((long) (requests / perSecond * 1.02 * SECOND));
        assertThat(client.traffic().answered()).isEqualTo(requests);
        Histogram latency = client.traffic().latency();
        return new Times(latency.getMean() / MILLIS, latency.getValueAtPercentile(99) / MILLIS);
    }

    /** The time in the system is exponential. */
    private static Times mm1Truth(double load) {
        double mean = 10 / (1 - load);
        return new Times(mean, mean * Math.log(100));
    }

    /** Erlang's C, and the time in the system as the sum of waiting and service. */
    private static Times mmcTruth(int c, double load) {
        double offered = c * load;
        double sum = 0;
        double term = 1;
        for (int k = 0; k < c; k++) {
            sum += term;
            term *= offered / (k + 1);
        }
        double waits = term / (1 - load) / (sum + term / (1 - load));
        double mu = 1 / 10.0;
        double spare = c * mu * (1 - load);
        DoubleUnaryOperator beyond = t -> (1 - waits) * Math.exp(-mu * t)
                + waits * (spare * Math.exp(-mu * t) - mu * Math.exp(-spare * t)) / (spare - mu);
        return new Times(10 + waits / spare, solve(beyond, 0.01));
    }

    /** Pollaczek and Khinchine for the mean; for the distribution of waiting Erlang's formula. */
    private static Times md1Truth(double load) {
        double mean = 10 + load * 10 / (2 * (1 - load));
        DoubleUnaryOperator beyond = t -> 1 - md1Waits(load, (t - 10) / 10);
        return new Times(mean, solve(beyond, 0.01));
    }

    /** P(waiting ≤ w services). */
    private static double md1Waits(double load, double w) {
        double sum = 0;
        for (int k = 0; k <= w; k++) {
            double x = load * (k - w);
            double factorial = 1;
            for (int i = 2; i <= k; i++) {
                factorial *= i;
            }
            sum += Math.pow(x, k) / factorial * Math.exp(-x);
        }
        return w < 0 ? 0 : (1 - load) * sum;
    }

    private static double psMean(double load) {
        return 10 / (1 - load);
    }

    /**
     * With exponential work, from Kolmogorov's equations for the chance of still being there, by the number of others
     * found on arrival: one request more, one other gone, or done oneself. Solved in steps of half a millisecond.
     */
    private static Times psTruth(double load) {
        double arrivals = load / 10;
        double services = 1 / 10.0;
        int most = 400;
        double[] stays = new double[most + 2];
        java.util.Arrays.fill(stays, 1);
        double step = 0.5;
        for (double t = 0; ; t += step) {
            double beyond = 0;
            for (int n = 0; n <= most; n++) {
                beyond += (1 - load) * Math.pow(load, n) * stays[n];
            }
            if (beyond <= 0.01) {
                return new Times(psMean(load), t);
            }
            double[] k1 = change(stays, new double[most + 2], 0, arrivals, services);
            double[] k2 = change(stays, k1, step / 2, arrivals, services);
            double[] k3 = change(stays, k2, step / 2, arrivals, services);
            double[] k4 = change(stays, k3, step, arrivals, services);
            for (int n = 0; n <= most; n++) {
                stays[n] += step / 6 * (k1[n] + 2 * k2[n] + 2 * k3[n] + k4[n]);
            }
        }
    }

    private static double[] change(double[] from, double[] slope, double step, double arrivals, double services) {
        double[] changes = new double[from.length];
        for (int n = 0; n < from.length - 1; n++) {
            double here = from[n] + step * slope[n];
            double oneMore = from[n + 1] + step * slope[n + 1];
            double oneLess = n == 0 ? 0 : from[n - 1] + step * slope[n - 1];
            changes[n] = arrivals * oneMore + services * n / (n + 1) * oneLess - (arrivals + services) * here;
        }
        return changes;
    }

    private static double solve(DoubleUnaryOperator falling, double value) {
        double low = 0;
        double high = 200; // Erlang's alternating sum is of no use far beyond
        for (int i = 0; i < 100; i++) {
            double middle = (low + high) / 2;
            if (falling.applyAsDouble(middle) > value) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
