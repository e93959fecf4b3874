package dev.wavetank.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import dev.wavetank.scenario.RunResult;
import dev.wavetank.scenario.ScenarioReader;
import dev.wavetank.scenario.ScenarioRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.WebElement;

/** The report as people see it, in a real browser. The pictures are kept in target/screenshots. */
class HtmlReportBrowserTest {

    private static final Path SCENARIOS = Path.of("..", "scenarios");
    private static final Path PICTURES = Path.of("target", "screenshots");
    private static final int DESKTOP = 1280;
    private static final int PHONE = 390;

    @TempDir
    private static Path folder = Path.of("");

    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static RunResult run(String scenario) {
        return ScenarioRunner.run(
                ScenarioReader.read(SCENARIOS.resolve(scenario), Map.of()).explained());
    }

    private static Path report(String scenario) throws IOException {
        Path file = folder.resolve(scenario.replaceAll("[^a-z0-9-]", "-") + ".html");
        if (!Files.exists(file)) {
            HtmlReport.write(run(scenario), file);
        }
        return file;
    }

    /** For each chart, how many pixels inside its axes have the colour of a line, bar, area or lane. */
    private static Map<?, ?> marks() {
        return (Map<?, ?>) browser.run("""
                const names = ['--c1', '--c2', '--c3', '--c4', '--c5', '--c6', '--pending', '--starting', '--ready', '--not-ready',
                  '--failing', '--terminating', '--finished'];
                const colors = names.map(WT.css).map(hex => [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16)));
                const counts = {};
                for (const chart of WT.charts) {
                  const u = chart.u, name = chart.holder.closest('.chart').dataset.chart;
                  const pixels = u.ctx.getImageData(u.bbox.left, u.bbox.top, u.bbox.width, u.bbox.height).data;
                  let marked = 0;
                  for (let i = 0; i < pixels.length; i += 4) {
                    if (pixels[i + 3] > 200 && colors.some(c => Math.abs(c[0] - pixels[i]) + Math.abs(c[1] - pixels[i + 1]) + Math.abs(c[2] - pixels[i + 2]) < 12)) marked++;
                  }
                  counts[name] = marked;
                }
                return counts;
                """);
    }

    @Test
    void a_report_opens_without_a_complaint_and_loads_nothing() throws IOException {
        browser.open(report("scale-up.yaml"), DESKTOP, 900, false);
        assertThat(browser.textOf(".pill")).isEqualTo("7 of 7 expectations held");
        assertThat(browser.consoleMessages()).isEmpty();
        assertThat((List<?>) browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)"))
                .isEmpty();
    }

    @Test
    void every_chart_has_marks_in_light_and_dark_on_a_desk_and_on_a_phone() throws IOException {
        for (String scenario :
                List.of("scale-up.yaml", "hpa-step-load.yaml", "nodes/out-of-memory.yaml", "retry-storm.yaml")) {
            for (int width : new int[] {DESKTOP, PHONE}) {
                for (boolean dark : new boolean[] {false, true}) {
                    browser.open(report(scenario), width, 900, dark);
                    Map<?, ?> marks = marks();
                    assertThat(marks).as(scenario).hasSizeGreaterThan(2);
                    marks.forEach((chart, pixels) -> assertThat(((Number) pixels).intValue())
                            .as(scenario + " " + chart)
                            .isPositive());
                    assertThat(((Number) browser.run("return document.documentElement.scrollWidth")).intValue())
                            .as("nothing sticks out sideways")
                            .isLessThanOrEqualTo(width);
                    assertThat(browser.consoleMessages()).isEmpty();
                    String name = scenario.replaceAll(".*/|\\.yaml", "") + "-" + width + (dark ? "-dark" : "");
                    browser.picture(PICTURES.resolve(name + ".png"));
                }
            }
        }
    }

    @Test
    void the_autoscalers_reason_shows_at_the_pointer_and_all_charts_show_the_same_moment() throws IOException {
        browser.open(report("hpa-step-load.yaml"), DESKTOP, 900, false);
        WebElement replicas = browser.one("[data-chart^='replicas'] .u-over");
        browser.hover(replicas, 75.5 / 330, 0.5);
        assertThat(browser.textOf(".tip .reason"))
                .contains("2 → 6", "2 pods at 208 % of 50 % target", "limited to 6 by policy Pods 4 per 15 s");
        assertThat(browser.textOf("[data-chart^='replicas'] .readout")).contains("2 → 6");
        List<?> moments = (List<?>) browser.run(
                "return WT.charts.filter(c => c.group).map(c => Math.round(c.u.posToVal(c.u.cursor.left, 'x')))");
        assertThat(moments).hasSizeGreaterThan(4);
        assertThat(moments.stream().distinct()).hasSize(1);
        browser.view(PICTURES.resolve("reason.png"));
    }

    @Test
    void a_lane_tells_what_its_pod_did_and_why_it_had_to_go() throws IOException {
        browser.open(report("scale-up.yaml"), DESKTOP, 900, false);
        browser.hover(browser.one("[data-chart='pods'] .u-over"), 35.3 / 60, 8.5 / 10);
        assertThat(browser.textOf(".tip"))
                .contains("pod-9", "terminating", "deployment/fastapi-k8s", "on docker-desktop");
        assertThat(browser.textOf(".tip .why")).contains("Kubelet");
    }

    @Test
    void decisions_are_found_by_words_and_by_who_took_them() throws IOException {
        browser.open(report("scale-up.yaml"), DESKTOP, 900, false);
        browser.one("#decisions input").sendKeys("deleted pod-8");
        assertThat(browser.all("#decisions tbody tr"))
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.getText()).contains("pod-8"));
    }

    @Test
    void the_button_turns_light_into_dark_and_the_charts_with_it() throws IOException {
        browser.open(report("scale-up.yaml"), DESKTOP, 900, false);
        String light = browser.one("body").getCssValue("background-color");
        browser.one("#theme").click();
        assertThat(browser.one("body").getCssValue("background-color")).isNotEqualTo(light);
        marks().forEach((chart, pixels) -> assertThat(((Number) pixels).intValue())
                .as(String.valueOf(chart))
                .isPositive());
    }

    @Test
    void several_scenarios_begin_with_a_list_and_each_is_a_click_away() throws IOException {
        HtmlReport both = new HtmlReport();
        for (String scenario : List.of("round-robin.yaml", "scale-up.yaml")) {
            both.add(ReportSource.of(run(scenario), "", ""));
        }
        Path file = folder.resolve("both.html");
        both.write(file);
        browser.open(file, DESKTOP, 900, false);
        assertThat(browser.textOf(".index h2")).isEqualTo("2 of 2 scenarios held");
        browser.all(".index tbody tr").get(1).click();
        assertThat(browser.textOf(".story h1")).isEqualTo("scale-up");
        assertThat(browser.consoleMessages()).isEmpty();
    }

    @Test
    void words_of_the_data_stay_words() throws IOException {
        String hostile =
                "</script><script>window.hacked = true</script><img src=x onerror='window.hacked = true'>\u2028";
        ReportSource run = ReportSource.of(run("round-robin.yaml"), "", hostile);
        ReportSource source = new ReportSource(
                hostile,
                hostile,
                hostile,
                run.seed(),
                run.durationNanos(),
                run.history(),
                run.traffic(),
                run.verdicts(),
                run.decisions(),
                hostile,
                ImmutableSet.of(hostile),
                hostile,
                hostile);
        HtmlReport report = new HtmlReport();
        report.add(source);
        Path file = folder.resolve("hostile.html");
        report.write(file);
        assertThat(report.html()).contains("\\u003c/script\\u003e");
        browser.open(file, DESKTOP, 900, false);
        assertThat(browser.textOf(".story h1")).startsWith("</script><script>");
        assertThat(browser.run("return window.hacked === undefined")).isEqualTo(true);
        assertThat(browser.consoleMessages()).isEmpty();
    }
}
