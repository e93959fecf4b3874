package dev.wavetank.network;

import dev.wavetank.engine.Event;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Times;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a client's numbers grew over time: a row a second at first, and half as many of twice the length whenever there are
 * too many.
 */
public final class TrafficSeries implements Event {

    /**
     * The numbers at the end of a span.
     *
     * @param at virtual time in nanoseconds
     * @param sent answered, failed: counted since the client began
     * @param inFlight requests under way
     * @param queued of these, requests that wait in the queue of a pod
     */
    public record Row(long at, long sent, long answered, long failed, long inFlight, int queued) {}

    private static final int MOST_ROWS = 600;

    private final Traffic traffic;
    private final List<Row> rows = new ArrayList<>();
    private @Nullable Simulation simulation;
    private long span = Times.SECOND;

    TrafficSeries(Traffic traffic) {
        this.traffic = traffic;
    }

    void begin(Simulation clock) {
        simulation = clock;
        clock.after(span, this);
    }

    /** The rows, earliest first. */
    public List<Row> rows() {
        return Collections.unmodifiableList(rows);
    }

    /** The most requests that were seen waiting in queues at the end of a span. */
    public int mostQueued() {
        return rows.stream().mapToInt(Row::queued).max().orElse(0);
    }

    @Override
    public void fire() {
        Simulation clock = simulation;
        if (clock == null) {
            return;
        }
        rows.add(new Row(
                clock.now(),
                traffic.sent(),
                traffic.answered(),
                traffic.failed(),
                traffic.inFlight(),
                traffic.queuedInPods()));
        if (rows.size() == MOST_ROWS) {
            for (int i = 0; i < MOST_ROWS / 2; i++) {
                rows.set(i, rows.get(2 * i + 1));
            }
            rows.subList(MOST_ROWS / 2, MOST_ROWS).clear();
            span *= 2;
        }
        clock.after(span, this);
    }
}
