package dev.wavetank.autoscaling.vpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class DecayingHistogramTest {

    private static final long DAY = 24L * 3600 * 1_000_000_000;
    private static final long MIDNIGHT = 20_000 * DAY;

    private final DecayingHistogram histogram = new DecayingHistogram(BucketOptions.CPU_CORES, DAY);

    @Test
    void an_empty_histogram_answers_zero() {
        assertThat(histogram.isEmpty()).isTrue();
        assertThat(histogram.percentile(0.9)).isZero();
    }

    @Test
    void both_resources_have_176_buckets() {
        assertThat(BucketOptions.CPU_CORES.count()).isEqualTo(176);
        assertThat(BucketOptions.MEMORY_BYTES.count()).isEqualTo(176);
    }

    @Test
    void a_percentile_is_the_end_of_its_bucket() {
        // given
        histogram.addSample(0.015, 1, MIDNIGHT);
        // then
        assertThat(histogram.percentile(0.9)).isEqualTo(0.0205, within(1e-12));
    }

    @Test
    void a_sample_counts_half_as_much_as_one_a_half_life_younger() {
        // given
        histogram.addSample(0.005, 1, MIDNIGHT);
        histogram.addSample(5, 1, MIDNIGHT + DAY);
        // then a third of the weight is old
        assertThat(histogram.percentile(0.33)).isEqualTo(0.01);
        assertThat(histogram.percentile(0.34)).isGreaterThan(5);
    }

    @Test
    void moving_the_reference_time_forgets_what_is_too_old_to_matter() {
        // given
        histogram.addSample(0.005, 1, MIDNIGHT);
        // when
        histogram.addSample(5, 1, MIDNIGHT + 200 * DAY);
        // then
        assertThat(histogram.percentile(0)).isGreaterThan(5);
    }

    @Test
    void merging_leaves_the_other_histogram_alone() {
        // given
        histogram.addSample(0.005, 1, MIDNIGHT);
        DecayingHistogram other = new DecayingHistogram(BucketOptions.CPU_CORES, DAY);
        other.addSample(5, 1, MIDNIGHT + 300 * DAY);
        // when
        other.merge(histogram);
        histogram.merge(other);
        // then
        assertThat(histogram.percentile(0)).isGreaterThan(5);
        assertThat(other.percentile(0)).isGreaterThan(5);
    }

    @Test
    void a_checkpoint_with_a_bucket_that_does_not_exist_is_refused() {
        // given
        TreeMap<Integer, Integer> weights = new TreeMap<>();
        weights.put(176, 10_000);
        // then
        assertThatThrownBy(() -> histogram.load(new HistogramCheckpoint(weights, MIDNIGHT, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("176");
    }
}
