package dev.wavetank.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.report.Explanations.Explanation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The decisions of a run for the page. Where there are too many, those that only repeat what the same actor last decided
 * about the same object are thinned evenly, and then the rest is cut off at the end.
 */
final class DecisionRows {

    private static final int MOST_ROWS = 1_500;
    private static final long MILLISECOND = 1_000_000;

    private DecisionRows() {}

    /** Writes {@code decisions} and how many there were. */
    static void write(List<Explanation> all, ObjectNode run) {
        List<Explanation> repeats = new ArrayList<>();
        List<Explanation> news = new ArrayList<>();
        Map<String, String> last = new HashMap<>();
        for (Explanation each : all) {
            String outcome = each.outcome();
            String before = last.put(each.actor() + " " + each.about(), outcome);
            (outcome.equals(before) ? repeats : news).add(each);
        }
        List<Explanation> shown = new ArrayList<>(news.subList(0, Math.min(MOST_ROWS, news.size())));
        int room = Math.min(MOST_ROWS - shown.size(), repeats.size());
        for (int i = 0; i < room; i++) {
            shown.add(repeats.get((int) ((long) i * repeats.size() / room)));
        }
        shown.sort(java.util.Comparator.comparingInt(Explanation::number));
        ArrayNode rows = run.putArray("decisions");
        for (Explanation each : shown) {
            ObjectNode row = rows.addObject();
            row.put("n", each.number());
            row.put("t", each.at() / MILLISECOND);
            row.put("actor", each.actor());
            row.put("about", each.about());
            row.put("text", each.text());
        }
        run.put("decisionsTaken", all.size());
    }
}
