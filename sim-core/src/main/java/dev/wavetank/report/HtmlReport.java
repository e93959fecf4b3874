package dev.wavetank.report;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.scenario.RunResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened in one or several runs as a single HTML file: charts over time with the steps marked in all of them,
 * expectations, decisions with their reasons, the account of requests, and how to run it again.
 *
 * <p>For the whole story run with {@link dev.wavetank.scenario.Scenario#explained()}; without, there are no reasons, and
 * beyond {@value dev.wavetank.cluster.History#MOST_REQUESTS} requests no latency over time.
 */
public final class HtmlReport {

    private final List<ObjectNode> runs = new ArrayList<>();

    /** Writes a report of one run. */
    public static void write(RunResult result, Path file) throws IOException {
        HtmlReport report = new HtmlReport();
        report.add(ReportSource.of(result, TraceWriter.sha256(result), ""));
        report.write(file);
    }

    /** Adds a run; what is needed of it is taken out now. */
    public void add(ReportSource source) {
        runs.add(ReportData.of(source));
    }

    /** Writes the page; with several runs it begins with a list of them. */
    public void write(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(file, html());
    }

    /** The page. */
    public String html() {
        String title = runs.size() == 1 ? runs.get(0).path("name").asText() : runs.size() + " scenarios";
        HtmlPage page = new HtmlPage(title + " · Wavetank")
                .style(HtmlReport.class, "report.css")
                .body(HtmlReport.class, "report.html");
        for (int i = 0; i < runs.size(); i++) {
            page.data("run-" + i, runs.get(i));
        }
        return page.script(HtmlReport.class, "lanes.js")
                .script(HtmlReport.class, "tables.js")
                .script(HtmlReport.class, "report.js")
                .html();
    }
}
