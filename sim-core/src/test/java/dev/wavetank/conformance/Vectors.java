package dev.wavetank.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** Turns topics into tests: each must agree with every case of its file. */
final class Vectors {

    /** Where the repository keeps the golden vectors, seen from a module. */
    static final Path FOLDER = Path.of("..", "conformance");

    private Vectors() {}

    static Stream<DynamicTest> of(List<Topic> topics) {
        assertThat(topics).isNotEmpty();
        return topics.stream().map(topic -> dynamicTest(topic.group() + "/" + topic.name(), () -> agrees(topic)));
    }

    private static void agrees(Topic topic) throws Exception {
        Path file = FOLDER.resolve(topic.group()).resolve(topic.name() + ".json");
        assertThat(Files.exists(file)).as("vectors at %s", file).isTrue();
        Conformance.TopicResult result = Conformance.runFile(file);
        assertThat(result).isNotNull();
        assertThat(result.firstDisagreement())
                .as("%d of %d cases agree", result.agree(), result.cases())
                .isNull();
        assertThat(result.cases()).isPositive();
    }
}
