package dev.wavetank.network;

import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What became of one client's requests. Sent is always answered, failed and in flight added up. */
public final class Traffic {

    private static final long LONGEST_LATENCY_NANOS = 3_600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final String client;
    private final Map<String, long[]> answeredByPod = new LinkedHashMap<>();
    private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
    private final Histogram latency = new Histogram(LONGEST_LATENCY_NANOS, SIGNIFICANT_DIGITS);
    private @Nullable PodAddress lastAddress;
    private long @Nullable [] lastCounter;
    private long sent;
    private long answered;
    private long failed;

    Traffic(String client) {
        this.client = client;
    }

    /** The client's name. */
    public String client() {
        return client;
    }

    public long sent() {
        return sent;
    }

    public long answered() {
        return answered;
    }

    public long failed() {
        return failed;
    }

    public long inFlight() {
        return sent - answered - failed;
    }

    /** Answers per pod, in the order in which pods first answered. */
    public Map<String, Long> answeredByPod() {
        Map<String, Long> counts = new LinkedHashMap<>();
        answeredByPod.forEach((pod, count) -> counts.put(pod, count[0]));
        return counts;
    }

    /** Failed requests by kind; kinds that did not occur are left out. */
    public Map<Failure, Long> failures() {
        return Collections.unmodifiableMap(failures);
    }

    /** Latency of answered requests in nanoseconds, from sending to the answer's arrival. */
    public Histogram latency() {
        return latency;
    }

    void countSent() {
        sent++;
    }

    void countAnswer(PodAddress address, long latencyNanos) {
        answered++;
        latency.recordValue(Math.min(latencyNanos, LONGEST_LATENCY_NANOS));
        counter(address)[0]++;
    }

    void countFailure(Failure failure) {
        failed++;
        failures.merge(failure, 1L, Long::sum);
    }

    /** The pod's counter; the one asked for last is found without a look-up. */
    private long[] counter(PodAddress address) {
        long[] counter = lastCounter;
        if (counter == null || address != lastAddress) {
            counter = answeredByPod.computeIfAbsent(address.podName(), unused -> new long[1]);
            lastAddress = address;
            lastCounter = counter;
        }
        return counter;
    }
}
