package dev.wavetank.report;

import dev.wavetank.cluster.History;
import dev.wavetank.cluster.History.ActionRow;
import dev.wavetank.cluster.History.PodRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What happened to the pods, line by line, the way {@code kubectl get pods -w} tells it, with the steps in between. */
final class Timeline {

    private static final int MOST_LINES = 200;

    private final Style style;
    private final int nameWidth;

    private Timeline(Style style, int nameWidth) {
        this.style = style;
        this.nameWidth = nameWidth;
    }

    static List<String> lines(History history, Style style) {
        int longest = history.pods().stream()
                .mapToInt(row -> row.name().length() + row.pod().length() + 3)
                .max()
                .orElse(4);
        return new Timeline(style, Math.max(longest, 10)).render(history);
    }

    private List<String> render(History history) {
        List<String> lines = new ArrayList<>();
        lines.add(style.faint(String.format(
                Locale.ROOT,
                "%9s  %-" + nameWidth + "s  %-5s  %-18s  %s",
                "TIME",
                "POD",
                "READY",
                "STATUS",
                "RESTARTS")));
        int nextAction = 0;
        List<ActionRow> actions = history.actions();
        for (PodRow row : history.pods()) {
            while (nextAction < actions.size() && actions.get(nextAction).at() <= row.at()) {
                lines.add(line(actions.get(nextAction++)));
            }
            lines.add(line(row));
        }
        while (nextAction < actions.size()) {
            lines.add(line(actions.get(nextAction++)));
        }
        if (lines.size() > MOST_LINES + 1) {
            int left = lines.size() - MOST_LINES;
            List<String> shown = new ArrayList<>(lines.subList(0, MOST_LINES));
            shown.add(style.faint(
                    "           … and " + Numbers.count(left) + " more lines; --trace FILE keeps them all"));
            return shown;
        }
        return lines;
    }

    private String line(ActionRow action) {
        return style.accent(String.format(Locale.ROOT, "%9s  \u25b6 %s", Numbers.seconds(action.at()), action.text()));
    }

    private String line(PodRow row) {
        String status = status(row);
        String padded = String.format(Locale.ROOT, "%-18s", status);
        String name = row.pod() + " (" + row.name() + ")";
        return String.format(
                Locale.ROOT,
                "%9s  %-" + nameWidth + "s  %-5s  %s  %d",
                Numbers.seconds(row.at()),
                name,
                row.ready() ? "1/1" : "0/1",
                coloured(status, padded, row),
                row.restarts());
    }

    /** The word kubectl shows in the STATUS column; a deleted pod's last line says so. */
    private static String status(PodRow row) {
        if (row.type().equals("DELETED")) {
            return "(gone)";
        }
        String reason = row.reason();
        if (reason != null && !row.terminating()) {
            return reason;
        }
        if (row.terminating()) {
            boolean finished = row.phase().equals("Succeeded") || row.phase().equals("Failed");
            return finished && reason != null ? reason : "Terminating";
        }
        return row.phase();
    }

    private String coloured(String status, String padded, PodRow row) {
        return switch (status) {
            case "Running" -> row.ready() ? style.good(padded) : padded;
            case "Terminating", "Completed", "(gone)", "Pending", "ContainerCreating" -> style.faint(padded);
            case "Error", "CrashLoopBackOff", "OOMKilled", "Failed" -> style.bad(padded);
            default -> style.warn(padded);
        };
    }
}
