package dev.wavetank.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.primitives.ImmutableDoubleArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Values that hold until the next ones come, on their way to a chart: several lines over one list of times, thinned so that
 * a day is no larger than an hour. In thinning, each of a line's lowest and highest values of a stretch stays.
 */
final class Steps {

    private static final int MOST_ROWS = 700;
    private static final long MILLISECOND = 1_000_000;

    private record Row(long atMillis, ImmutableDoubleArray values) {}

    private final Map<String, Integer> lines = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    Steps(String... names) {
        for (String name : names) {
            lines.put(name, lines.size());
        }
    }

    /** The values from now on, in the order of the names; NaN is none. Of several at one millisecond the last holds. */
    void add(long atNanos, double... values) {
        long atMillis = Math.floorDiv(atNanos, MILLISECOND);
        Row row = new Row(atMillis, ImmutableDoubleArray.copyOf(values));
        if (!rows.isEmpty()) {
            Row last = rows.get(rows.size() - 1);
            if (last.values().equals(row.values())) {
                return;
            }
            if (last.atMillis() == atMillis) {
                rows.remove(rows.size() - 1);
            }
        }
        rows.add(row);
    }

    /** Writes the times as {@code t} and each line under its name; the last values are held until {@code untilNanos}. */
    void writeTo(ObjectNode node, long untilNanos) {
        List<Row> kept = new ArrayList<>(thinned());
        long until = untilNanos / MILLISECOND;
        if (!kept.isEmpty() && kept.get(kept.size() - 1).atMillis() < until) {
            kept.add(new Row(until, kept.get(kept.size() - 1).values()));
        }
        ArrayNode times = node.putArray("t");
        kept.forEach(row -> times.add(row.atMillis()));
        lines.forEach((name, index) -> {
            ArrayNode values = node.putArray(name);
            kept.forEach(row -> add(values, row.values().get(index)));
        });
    }

    /** Adds a number as short as it can be written; NaN as null. */
    static void add(ArrayNode array, double value) {
        if (Double.isNaN(value)) {
            array.addNull();
        } else if (value == (long) value) {
            array.add((long) value);
        } else {
            array.add(Math.round(value * 1000) / 1000.0);
        }
    }

    private List<Row> thinned() {
        if (rows.size() <= MOST_ROWS) {
            return rows;
        }
        long first = rows.get(0).atMillis();
        long length = rows.get(rows.size() - 1).atMillis() - first + 1;
        int stretches = Math.max(1, MOST_ROWS / (2 * lines.size() + 1));
        TreeSet<Integer> kept = new TreeSet<>();
        int from = 0;
        for (int stretch = 1; stretch <= stretches; stretch++) {
            long end = first + length * stretch / stretches;
            int to = from;
            while (to < rows.size() && rows.get(to).atMillis() < end) {
                to++;
            }
            if (to > from) {
                keepExtremes(from, to, kept);
            }
            from = to;
        }
        return kept.stream().map(rows::get).toList();
    }

    private void keepExtremes(int from, int to, Set<Integer> kept) {
        kept.add(to - 1);
        List<Integer> indices = new ArrayList<>();
        for (int i = from; i < to; i++) {
            indices.add(i);
        }
        for (int line : lines.values()) {
            java.util.Comparator<Integer> byValue = java.util.Comparator.comparingDouble(
                    i -> rows.get(i).values().get(line));
            kept.add(Collections.min(indices, byValue));
            kept.add(Collections.max(indices, byValue));
        }
    }
}
