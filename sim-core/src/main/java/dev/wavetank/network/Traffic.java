package dev.wavetank.network;

import dev.wavetank.engine.Simulation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What became of one client's requests. Sent is always answered, failed and in flight added up. */
public final class Traffic {

    private static final long LONGEST_LATENCY_NANOS = 3_600_000_000_000L;
    private static final int SIGNIFICANT_DIGITS = 3;

    private final String client;
    private final Route route;
    private final List<PodAddress> pods = new ArrayList<>();
    private long[] answersByAddress = new long[16];
    private final Map<Failure, Long> failures = new EnumMap<>(Failure.class);
    private final Histogram latency = new Histogram(LONGEST_LATENCY_NANOS, SIGNIFICANT_DIGITS);
    private final Shares shares = new Shares();
    private final TrafficSeries series;
    private long sent;
    private long answered;
    private long failed;
    private long retries;
    private long connections;
    private long startedAt;
    private @Nullable Simulation simulation;

    /** The account of a client that calls over this route. */
    public Traffic(String client, Route route) {
        this.client = client;
        this.route = route;
        this.series = new TrafficSeries(this);
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

    /** Attempts beyond the first of each request. */
    public long retries() {
        return retries;
    }

    /** Connections opened, those that were refused by a pod included. */
    public long connections() {
        return connections;
    }

    /** Answers per second since the client began. */
    public double throughput() {
        Simulation clock = simulation;
        long nanos = clock == null ? 0 : clock.now() - startedAt;
        return nanos == 0 ? 0 : answered * 1e9 / nanos;
    }

    /** Answers per pod, in the order in which pods first answered. */
    public Map<String, Long> answeredByPod() {
        Map<String, Long> counts = new LinkedHashMap<>();
        pods.forEach(pod -> counts.merge(pod.podName(), answersByAddress[pod.number()], Long::sum));
        return counts;
    }

    /** Answers per node, in the order in which nodes first answered. */
    public Map<String, Long> answeredByNode() {
        Map<String, Long> counts = new LinkedHashMap<>();
        pods.forEach(pod -> counts.merge(pod.nodeName(), answersByAddress[pod.number()], Long::sum));
        return counts;
    }

    /** How evenly new connections were spread, as counted so far. */
    public Shares shares() {
        shares.settle();
        return shares;
    }

    /** How many of the pods that take new connections now have not answered a single request. */
    public int idlePods() {
        Spread spread = route.spread();
        int idle = 0;
        for (int i = 0; spread != null && i < spread.size(); i++) {
            PodAddress pod = spread.at(i);
            idle += answersOf(pod) == 0 ? 1 : 0;
        }
        return idle;
    }

    /**
     * Jain's index of the answers of all pods that answered or could: 1 if all gave as many, 1/n if one of n gave them
     * all; 1 without answers.
     */
    public double jain() {
        double[] counts = new double[pods.size() + idlePods()];
        for (int i = 0; i < pods.size(); i++) {
            counts[i] = answersOf(pods.get(i));
        }
        return Shares.jain(counts);
    }

    private long answersOf(PodAddress pod) {
        return pod.number() < answersByAddress.length ? answersByAddress[pod.number()] : 0;
    }

    /** How the numbers grew over time. */
    public TrafficSeries series() {
        return series;
    }

    /** Requests that wait in the pods that take new connections now. */
    public int queuedInPods() {
        Spread spread = route.spread();
        int queued = 0;
        for (int i = 0; spread != null && i < spread.size(); i++) {
            AppServer server = spread.at(i).server();
            queued += server == null ? 0 : server.queued();
        }
        return queued;
    }

    /** Failed requests by kind; kinds that did not occur are left out. */
    public Map<Failure, Long> failures() {
        return Collections.unmodifiableMap(failures);
    }

    /** Latency of answered requests in nanoseconds, from sending to the answer's arrival, retries included. */
    public Histogram latency() {
        return latency;
    }

    /** The client begins. */
    public void begin(Simulation simulation) {
        this.simulation = simulation;
        this.startedAt = simulation.now();
        series.begin(simulation);
    }

    void countSent() {
        sent++;
    }

    void countRetry() {
        retries++;
    }

    void countConnection(Connection connection, @Nullable Spread among) {
        connections++;
        PodAddress address = connection.address;
        if (among != null && address != null) {
            shares.count(address, among);
        }
    }

    void countAnswer(PodAddress address, long latencyNanos) {
        answered++;
        latency.recordValue(Math.min(latencyNanos, LONGEST_LATENCY_NANOS));
        int number = address.number();
        if (number >= answersByAddress.length) {
            answersByAddress = Arrays.copyOf(answersByAddress, 2 * number);
        }
        if (answersByAddress[number]++ == 0) {
            pods.add(address);
        }
    }

    void countFailure(Failure failure) {
        failed++;
        failures.merge(failure, 1L, Long::sum);
    }
}
