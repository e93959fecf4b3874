package dev.wavetank.node;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ImageCatalog;
import dev.wavetank.model.Times;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The images of one node, and the queue of pulls that bring more: by default one at a time.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/images/puller.go.
 */
final class NodeImages {

    /** Hears of the end of a pull. */
    @FunctionalInterface
    interface Answer {
        /**
         * A pull has ended.
         *
         * @param error what the registry said; empty if the image is there now
         * @param pullNanos how long the pull itself took
         * @param withWaitingNanos the same with the wait for its turn
         */
        void on(String error, long pullNanos, long withWaitingNanos);
    }

    /** Runs something later, unless the machine stops before. */
    @FunctionalInterface
    interface Timer {
        void after(long nanos, Runnable then);
    }

    private record Pull(String image, long askedAt, Answer answer) {}

    private final Simulation simulation;
    private final Timer timer;
    private final ImageCatalog catalog;
    private final LongSupplier registryNanos;
    private final int parallelPulls;
    private final Consumer<ImmutableMap<String, Long>> onChange;
    private final Map<String, Long> sizes = new LinkedHashMap<>();
    private final String nodeName;
    private final Deque<Pull> waiting = new ArrayDeque<>();
    private int underWay;

    /**
     * The images of a node that has pulled nothing yet.
     *
     * @param registryNanos how long the registry takes for an answer, drawn anew for every pull
     * @param parallelPulls how many pulls may run at a time, ≥ 1
     * @param onChange is told the listed images that are here, with their size in bytes, when there is a new one
     */
    NodeImages(
            Simulation simulation,
            Timer timer,
            String nodeName,
            ImageCatalog catalog,
            LongSupplier registryNanos,
            int parallelPulls,
            Consumer<ImmutableMap<String, Long>> onChange) {
        this.simulation = simulation;
        this.timer = timer;
        this.nodeName = nodeName;
        this.catalog = catalog;
        this.registryNanos = registryNanos;
        this.parallelPulls = parallelPulls;
        this.onChange = onChange;
        sizes.putAll(catalog.imagesOn(nodeName));
    }

    boolean has(String image) {
        return sizes.containsKey(image) || catalog.image(image).isOn(nodeName);
    }

    long sizeOf(String image) {
        return catalog.image(image).sizeBytes();
    }

    /** Asks for a pull; layers that are here are not fetched again, but the registry is asked. */
    void pull(String image, Answer answer) {
        waiting.add(new Pull(image, simulation.now(), answer));
        next();
    }

    private void next() {
        if (underWay >= parallelPulls || waiting.isEmpty()) {
            return;
        }
        Pull pull = waiting.remove();
        underWay++;
        long begun = simulation.now();
        ImageCatalog.Image image = catalog.image(pull.image());
        boolean fetches = image.pullError().isEmpty() && !has(pull.image());
        long fetching = fetches ? fetchNanos(image.sizeBytes()) : 0;
        timer.after(registryNanos.getAsLong() + fetching, () -> {
            underWay--;
            if (fetches) {
                sizes.put(pull.image(), image.sizeBytes());
                onChange.accept(ImmutableMap.copyOf(sizes));
            }
            long now = simulation.now();
            pull.answer().on(image.pullError(), now - begun, now - pull.askedAt());
            next();
        });
    }

    /** The machine stops: pulls under way are lost, images that are here stay. */
    void powerOff() {
        waiting.clear();
        underWay = 0;
    }

    private long fetchNanos(long bytes) {
        return (long) ((double) bytes / catalog.bytesPerSecond() * Times.SECOND);
    }
}
