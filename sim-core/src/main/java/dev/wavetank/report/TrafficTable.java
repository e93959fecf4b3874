package dev.wavetank.report;

import dev.wavetank.cluster.History;
import dev.wavetank.network.Failure;
import dev.wavetank.network.Shares;
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
        lines.add(style.faint("  " + String.join("   ", details(traffic))));
        return lines;
    }

    private static List<String> details(Traffic traffic) {
        List<String> details = new ArrayList<>();
        details.add(String.format(Locale.ROOT, "%.4g answers/s", traffic.throughput()));
        details.add(Numbers.count(traffic.connections()) + " connections");
        if (traffic.retries() > 0) {
            details.add(Numbers.count(traffic.retries()) + " retries");
        }
        details.add(String.format(Locale.ROOT, "fairness %.3f", traffic.jain()));
        Shares shares = traffic.shares();
        if (shares.degreesOfFreedom() > 0) {
            details.add(String.format(
                    Locale.ROOT,
                    "chi\u00b2 of connections %.2f on %d, p %.3g",
                    shares.chiSquare(),
                    shares.degreesOfFreedom(),
                    shares.pValue()));
        }
        if (traffic.idlePods() > 0) {
            details.add(traffic.idlePods() + " pods without a request");
        }
        if (traffic.series().mostQueued() > 0) {
            details.add("longest queue seen " + Numbers.count(traffic.series().mostQueued()));
        }
        if (traffic.answeredByNode().size() > 1) {
            List<String> nodes = new ArrayList<>();
            traffic.answeredByNode().forEach((node, count) -> nodes.add(node + " " + Numbers.count(count)));
            details.add("by node: " + String.join(", ", nodes));
        }
        return details;
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
