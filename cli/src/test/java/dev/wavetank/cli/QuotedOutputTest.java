package dev.wavetank.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the documentation quotes is what the command prints today. A quotation is a comment that names the command, and the
 * block after it:
 *
 * <pre>{@code
 * <!-- output of: ./wavetank run scenarios/x.yaml
 *      keep: ▶ | ✔ -->
 * }</pre>
 *
 * <p>{@code keep} is optional; with it only lines that match one of the patterns are quoted. How long a run took is not
 * compared. {@code mvn -pl cli -am test -Dtest=QuotedOutputTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dwavetank.regenerate=true} writes all blocks anew.
 */
class QuotedOutputTest {

    private static final Path HOME = Path.of("..");

    private static final Pattern QUOTATION = Pattern.compile(
            "<!-- output of: \\./wavetank (?<command>[^\\n]*?)(?:\\n\\s*keep: (?<keep>[^\\n]*?))? -->\\n+"
                    + "```[a-z]*\\n(?<block>.*?)```",
            Pattern.DOTALL);

    /** Wall-clock time is the one thing that differs from run to run. */
    private static final Pattern WALL_TIME = Pattern.compile("(of cluster in )[0-9.]+ ?(ms|s)");

    @TestFactory
    Stream<DynamicTest> every_quoted_output_is_what_the_command_prints() throws IOException {
        List<Path> pages = new ArrayList<>(List.of(HOME.resolve("README.md")));
        try (Stream<Path> files = Files.walk(HOME.resolve("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).sorted().forEach(pages::add);
        }
        return pages.stream()
                .map(page -> DynamicTest.dynamicTest(HOME.relativize(page).toString(), () -> check(page)));
    }

    private static void check(Path page) throws IOException {
        String written = Files.readString(page);
        StringBuilder renewed = new StringBuilder();
        Matcher quotation = QUOTATION.matcher(written);
        int from = 0;
        while (quotation.find()) {
            renewed.append(written, from, quotation.start("block"));
            renewed.append(printed(quotation.group("command"), quotation.group("keep")));
            from = quotation.end("block");
        }
        renewed.append(written, from, written.length());
        if (Boolean.getBoolean("wavetank.regenerate")) {
            Files.writeString(page, renewed);
        } else {
            assertThat(timeless(written)).isEqualTo(timeless(renewed.toString()));
        }
    }

    private static String timeless(String text) {
        return WALL_TIME.matcher(text).replaceAll("$1…");
    }

    private static String printed(String command, @Nullable String keep) {
        StringWriter out = new StringWriter();
        String[] args = Arrays.stream(command.split(" "))
                .map(word -> word.contains("/") ? HOME.resolve(word).toString() : word)
                .toArray(String[]::new);
        Wavetank.execute(args, Terminal.into(out, out));
        List<Pattern> wanted = keep == null
                ? List.of(Pattern.compile(""))
                : Arrays.stream(keep.split(" \\| ")).map(Pattern::compile).toList();
        return out.toString()
                .lines()
                .filter(line -> wanted.stream()
                        .anyMatch(pattern -> pattern.matcher(line).find()))
                .map(line -> line.replace(HOME + "/", ""))
                .map(String::stripTrailing)
                .collect(Collectors.joining("\n", "", "\n"));
    }
}
