package dev.wavetank.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What thinning must not lose, however much there is. */
class StepsPropertiesTest {

    private static final long MILLISECOND = 1_000_000;

    @Property(tries = 100)
    void thinned_steps_are_few_and_keep_their_extremes_and_their_end(
            @ForAll @Size(min = 1, max = 5_000) List<@IntRange(max = 1_000) Integer> values) {
        Steps steps = new Steps("value");
        for (int i = 0; i < values.size(); i++) {
            steps.add(i * 7L * MILLISECOND, values.get(i));
        }
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        steps.writeTo(node, values.size() * 7L * MILLISECOND);
        List<Integer> kept = new ArrayList<>();
        node.path("value").forEach(value -> kept.add(value.asInt()));
        List<Long> times = new ArrayList<>();
        for (JsonNode time : node.path("t")) {
            times.add(time.asLong());
        }
        assertThat(kept).hasSizeLessThanOrEqualTo(702).hasSameSizeAs(times);
        assertThat(times).isSorted().doesNotHaveDuplicates();
        assertThat(Collections.max(kept)).isEqualTo(Collections.max(values));
        assertThat(Collections.min(kept)).isEqualTo(Collections.min(values));
        assertThat(kept.get(kept.size() - 1)).isEqualTo(values.get(values.size() - 1));
    }
}
