package dev.wavetank.report;

import dev.wavetank.cluster.History;
import dev.wavetank.network.Failure;
import dev.wavetank.network.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What became of a client's requests: the account, who answered how many, and how fast. */
final class TrafficTable {

    private static final int WIDEST_BAR = 40;

    private TrafficTable() {}

    static List<String> lines(Traffic traffic, History history, Style style) {
        List<String> lines = new ArrayList<>();
        lines.add(style.strong("client " + traffic.client()) + ": " + account(traffic, style));
        long most = traffic.answeredByPod().values().stream()
                .mapToLong(count -> count)
                .max()
                .orElse(1);
        for (Map.Entry<String, Long> pod : traffic.answeredByPod().entrySet()) {
            long count = pod.getValue();
            int width = (int) Math.max(1, Math.round((double) WIDEST_BAR * count / most));
            lines.add(String.format(
                    Locale.ROOT,
                    "  %-7s %s%s %8s  %s",
                    history.shortName(pod.getKey()),
                    style.accent("\u2588".repeat(width)),
                    " ".repeat(WIDEST_BAR - width),
                    Numbers.count(count),
                    style.faint(Numbers.percent((double) count / traffic.answered()))));
        }
        if (traffic.answered() > 0) {
            Histogram latency = traffic.latency();
            lines.add("  latency  p50 " + Numbers.latency(latency.getValueAtPercentile(50)) + "   p90 "
                    + Numbers.latency(latency.getValueAtPercentile(90)) + "   p99 "
                    + Numbers.latency(latency.getValueAtPercentile(99)) + "   max "
                    + Numbers.latency(latency.getMaxValue()));
        }
        return lines;
    }

    /** Sent, answered, failed and in flight; the four must add up. */
    private static String account(Traffic traffic, Style style) {
        StringBuilder account = new StringBuilder();
        account.append(Numbers.count(traffic.sent())).append(" sent = ");
        account.append(Numbers.count(traffic.answered())).append(" answered + ");
        String failed = Numbers.count(traffic.failed()) + " failed";
        account.append(traffic.failed() == 0 ? failed : style.bad(failed + reasons(traffic)));
        account.append(" + ").append(Numbers.count(traffic.inFlight())).append(" in flight");
        if (traffic.inFlight() < 0) {
            account.append(style.bad("  THE ACCOUNT DOES NOT ADD UP"));
        }
        return account.toString();
    }

    private static String reasons(Traffic traffic) {
        List<String> reasons = new ArrayList<>();
        for (Map.Entry<Failure, Long> failure : traffic.failures().entrySet()) {
            reasons.add(
                    Numbers.count(failure.getValue()) + " " + failure.getKey().text());
        }
        return " (" + String.join(", ", reasons) + ")";
    }
}
