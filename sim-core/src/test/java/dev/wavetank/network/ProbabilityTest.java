package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ProbabilityTest {

    private static final Path MEASURED = Path.of("..", "conformance", "services", "statistic-thresholds.json");

    @Test
    void texts_and_thresholds_are_those_read_back_from_a_kernel() throws IOException {
        JsonNode rows = new ObjectMapper().readTree(MEASURED.toFile()).path("rows");
        assertThat(rows).hasSizeGreaterThan(1000);
        for (JsonNode row : rows) {
            int m = row.get(0).asInt();
            assertThat(Probability.text(m)).as("1/%d", m).isEqualTo(row.get(1).asText());
            assertThat(Probability.threshold(Probability.text(m)))
                    .as("1/%d", m)
                    .isEqualTo(row.get(2).asInt());
        }
    }

    @Test
    void the_threshold_is_made_from_the_text_and_not_from_the_fraction() {
        assertThat(Probability.threshold(Probability.text(44))).isEqualTo(48_806_446);
        assertThat(StrictMath.round(0x1.0p31 / 44)).isNotEqualTo(48_806_446);
    }
}
