package dev.wavetank.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.model.EventCorrelator.Correlation;
import dev.wavetank.model.EventCorrelator.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventCorrelatorTest {

    private static final ObjectKey WEB = new ObjectKey(ResourceKind.REPLICA_SET, "default", "web-1");

    private final EventCorrelator correlator = new EventCorrelator();

    @Test
    void the_same_event_again_raises_its_count() {
        assertThat(event("SuccessfulCreate", "Created pod: a", 0).verdict()).isEqualTo(Verdict.CREATE);

        Correlation again = event("SuccessfulCreate", "Created pod: a", 1);

        assertThat(again.verdict()).isEqualTo(Verdict.REWRITE);
        assertThat(again.count()).isEqualTo(2);
    }

    @Test
    void from_the_tenth_distinct_message_on_similar_events_are_combined() {
        List<Correlation> tenth = events("SuccessfulCreate", 11, 0).subList(8, 11);

        assertThat(tenth)
                .extracting(Correlation::verdict)
                .containsExactly(Verdict.CREATE, Verdict.CREATE, Verdict.REWRITE);
        assertThat(tenth.get(0).message()).isEqualTo("pod-8");
        assertThat(tenth.get(2).message()).isEqualTo("(combined from similar events): pod-10");
        assertThat(tenth.get(2).count()).isEqualTo(2);
    }

    @Test
    void ten_minutes_of_silence_make_a_fresh_start() {
        events("SuccessfulCreate", 9, 0);

        assertThat(event("SuccessfulCreate", "another", 600).message()).startsWith("(combined");
        assertThat(event("SuccessfulCreate", "and another", 1201).message()).isEqualTo("and another");
    }

    @Test
    void scaling_to_a_hundred_and_back_leaves_ten_creations_and_not_one_deletion() {
        List<Correlation> created = events("SuccessfulCreate", 100, 0);
        List<Correlation> deleted = events("SuccessfulDelete", 100, 10);

        assertThat(created.stream().filter(one -> one.verdict() == Verdict.CREATE))
                .hasSize(10);
        assertThat(deleted).allMatch(one -> one.verdict() == Verdict.DROP);
    }

    @Test
    void one_more_event_may_come_every_five_minutes() {
        events("SuccessfulCreate", 25, 0);

        assertThat(event("SuccessfulCreate", "early", 299).verdict()).isEqualTo(Verdict.DROP);
        assertThat(event("SuccessfulCreate", "in time", 300).verdict()).isEqualTo(Verdict.REWRITE);
        assertThat(event("SuccessfulCreate", "too many", 300).verdict()).isEqualTo(Verdict.DROP);
    }

    private List<Correlation> events(String reason, int count, long seconds) {
        List<Correlation> correlations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            correlations.add(event(reason, "pod-" + i, seconds));
        }
        return correlations;
    }

    private Correlation event(String reason, String message, long seconds) {
        return correlator.correlate(WEB, "", "Normal", reason, message, seconds * Times.SECOND);
    }
}
