package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs golden vectors recorded from real Kubernetes against our decisions and counts, topic by topic, how many agree. */
public final class Conformance {

    /**
     * What came of one file.
     *
     * @param topic group and file name, such as {@code workloads/pod-victims}
     * @param known false if this version has no decision for the topic; then nothing agrees
     * @param cases cases in the file
     * @param agree cases on which we say what Kubernetes said
     * @param firstDisagreement the first case on which we do not, if any
     */
    public record TopicResult(
            String topic,
            boolean known,
            int cases,
            int agree,
            @Nullable Disagreement firstDisagreement) {

        public boolean allAgree() {
            return known && agree == cases;
        }
    }

    /** A case we answer otherwise; the three texts are one line of JSON each, {@code got} may be an exception's text. */
    public record Disagreement(String caseName, String input, String expected, String got) {}

    private Conformance() {}

    /** The vector files in a folder and the folders in it, in the order of their paths. */
    public static List<Path> vectorFiles(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(".json"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }

    /**
     * Runs every file of golden vectors below a folder; files that hold measurements instead of cases are passed over.
     *
     * @param onTopic is told of each topic as soon as it is done
     * @throws IOException if a file cannot be read or is not JSON
     */
    public static List<TopicResult> run(Path folder, Consumer<TopicResult> onTopic) throws IOException {
        List<TopicResult> results = new ArrayList<>();
        for (Path file : vectorFiles(folder)) {
            TopicResult result = runFile(file);
            if (result != null) {
                results.add(result);
                onTopic.accept(result);
            }
        }
        return results;
    }

    static @Nullable TopicResult runFile(Path file) throws IOException {
        JsonNode vectors = Json.MAPPER.readTree(file.toFile());
        JsonNode cases = vectors.path("cases");
        if (!cases.isArray() || cases.isEmpty() || !cases.get(0).has("expected")) {
            return null;
        }
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - ".json".length());
        Topic topic = Topics.named(name);
        if (topic == null) {
            return new TopicResult(folderName(file) + "/" + name, false, cases.size(), 0, null);
        }
        return run(topic, cases);
    }

    private static TopicResult run(Topic topic, JsonNode cases) {
        int agree = 0;
        Disagreement first = null;
        for (JsonNode vector : cases) {
            Disagreement disagreement = check(topic, vector);
            if (disagreement == null) {
                agree++;
            } else if (first == null) {
                first = disagreement;
            }
        }
        return new TopicResult(topic.group() + "/" + topic.name(), true, cases.size(), agree, first);
    }

    /** A decision that throws on a case has not agreed on it; the other cases are still run. */
    @SuppressWarnings("PatternMatchingInstanceof")
    private static @Nullable Disagreement check(Topic topic, JsonNode vector) {
        JsonNode input = vector.path("input");
        JsonNode expected = vector.path("expected");
        String got;
        try {
            JsonNode answer = topic.answer(input);
            if (topic.agrees(input, expected, answer)) {
                return null;
            }
            got = Json.text(answer);
        } catch (RuntimeException e) {
            got = e.toString();
        }
        return new Disagreement(vector.path("name").asText(), Json.text(input), Json.text(expected), got);
    }

    private static String folderName(Path file) {
        Path parent = file.toAbsolutePath().normalize().getParent();
        Path name = parent == null ? null : parent.getFileName();
        return name == null ? "vectors" : name.toString();
    }
}
