package dev.wavetank.autoscaling.metrics;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Scrapes all kubelets every 15 s and serves rates from the last two different samples of each container.
 *
 * <p>Source: metrics-server (after v0.9.0) pkg/scraper, pkg/server; {@code --metric-resolution=15s} as its manifests and
 * chart have it. What it keeps and serves is {@link MetricsStorage}'s business.
 */
public final class MetricsServer {

    /** Time between scrapes. */
    public static final long RESOLUTION = 15 * Times.SECOND;

    private static final long DELAY_PER_NODE = 8 * Times.MILLISECOND;
    private static final long LONGEST_NODE_DELAY = 4 * Times.SECOND;

    /** How long a kubelet takes to answer. */
    private static final long SCRAPE_TIME = 10 * Times.MILLISECOND;

    private final Simulation simulation;
    private final Housekeeping housekeeping;
    private final Supplier<List<String>> nodes;
    private final RandomStream random;
    private MetricsStorage storage = MetricsStorage.EMPTY;
    private boolean down;
    private boolean started;
    private long life;

    /** A server that is there, but scrapes nothing before it is started. */
    public MetricsServer(Simulation simulation, Housekeeping housekeeping, Supplier<List<String>> nodes) {
        this.simulation = simulation;
        this.housekeeping = housekeeping;
        this.nodes = nodes;
        this.random = simulation.random().stream("metrics-server");
    }

    /** Begins scraping, at a moment of its own within the next 15 s: it has been there for longer than anybody asked it. */
    public void start() {
        if (!started) {
            started = true;
            long begun = life;
            simulation.after((long) (random.nextDouble() * RESOLUTION), () -> scrape(begun));
        }
    }

    /** Takes it down, or brings up a new one, which knows nothing and needs two samples of a container to serve it. */
    public void setDown(boolean down) {
        if (this.down == down) {
            return;
        }
        this.down = down;
        this.storage = MetricsStorage.EMPTY;
        long begun = ++life;
        if (!down) {
            simulation.after(0, () -> scrape(begun));
        }
    }

    public boolean isDown() {
        return down;
    }

    private void scrape(long begun) {
        if (begun != life) {
            return;
        }
        List<String> scraped = nodes.get();
        long longest = Math.min(DELAY_PER_NODE * scraped.size(), LONGEST_NODE_DELAY);
        Map<String, Map<String, MetricsPoint>> batch = new TreeMap<>();
        long last = 0;
        for (String node : scraped) {
            long delay = (long) (random.nextDouble() * longest) + SCRAPE_TIME;
            last = Math.max(last, delay);
            simulation.after(delay, () -> batch.putAll(housekeeping.samplesOf(node)));
        }
        // the batch counts when the last node has answered
        simulation.after(last, () -> store(batch, begun));
        simulation.after(RESOLUTION, () -> scrape(begun));
    }

    private void store(Map<String, Map<String, MetricsPoint>> batch, long begun) {
        if (begun == life) {
            storage = storage.store(MetricsStorage.usable(batch), RESOLUTION);
        }
    }

    /**
     * Answers {@code GET /apis/metrics.k8s.io/v1beta1/namespaces/NS/pods} for these pods of one namespace: the running ones
     * it can serve, named without their namespace.
     *
     * @return null while the server is down
     */
    public @Nullable List<PodMetrics> metricsOf(Iterable<Pod> pods) {
        if (down) {
            return null;
        }
        List<PodMetrics> served = new ArrayList<>();
        for (Pod pod : pods) {
            PodMetrics metrics = pod.status().phase() == PodPhase.RUNNING
                    ? storage.metricsOf(Housekeeping.podKey(pod.metadata().namespace(), pod.name()))
                    : null;
            if (metrics != null) {
                served.add(
                        new PodMetrics(pod.name(), metrics.timestamp(), metrics.windowNanos(), metrics.containers()));
            }
        }
        return served;
    }
}
