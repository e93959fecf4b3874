package dev.wavetank.autoscaling.vpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;

class DecayingHistogramPropertiesTest {

    private static final long HOUR = 3600L * 1_000_000_000;
    private static final long START = 480_000 * HOUR;

    record Sample(double cores, long timeNanos) {}

    @Provide
    Arbitrary<List<Sample>> samples() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.01, 900),
                        Arbitraries.longs().between(0, 4_000))
                .as((cores, hours) -> new Sample(cores, START + hours * HOUR))
                .list()
                .ofMinSize(1)
                .ofMaxSize(40);
    }

    @Property
    void percentiles_grow_with_the_share(
            @ForAll("samples") List<Sample> samples,
            @ForAll @DoubleRange(min = 0, max = 1) double one,
            @ForAll @DoubleRange(min = 0, max = 1) double other) {
        DecayingHistogram histogram = of(samples);
        assertThat(histogram.percentile(Math.min(one, other)))
                .isLessThanOrEqualTo(histogram.percentile(Math.max(one, other)));
    }

    @Property
    void the_highest_percentile_is_at_most_one_bucket_above_the_highest_sample(
            @ForAll("samples") List<Sample> samples) {
        double highest = samples.stream().mapToDouble(Sample::cores).max().orElseThrow();
        assertThat(of(samples).percentile(1)).isLessThanOrEqualTo(highest * 1.05 + 0.01 + 1e-9);
    }

    @Property
    void subtracting_what_was_added_leaves_nothing(@ForAll("samples") List<Sample> samples) {
        DecayingHistogram histogram = new DecayingHistogram(BucketOptions.CPU_CORES, 10_000 * HOUR);
        samples.forEach(sample -> histogram.addSample(sample.cores(), 1, sample.timeNanos()));
        samples.forEach(sample -> histogram.subtractSample(sample.cores(), 1, sample.timeNanos()));
        assertThat(histogram.isEmpty()).isTrue();
    }

    @Property
    void a_merge_is_as_good_as_one_histogram(
            @ForAll("samples") List<Sample> some, @ForAll("samples") List<Sample> more) {
        DecayingHistogram merged = of(some);
        merged.merge(of(more));
        DecayingHistogram single = of(some);
        more.forEach(sample -> single.addSample(sample.cores(), 0.1, sample.timeNanos()));
        double weight = single.checkpoint().totalWeight() * StrictMath.pow(2, halfLives(single, merged));
        assertThat(merged.checkpoint().totalWeight()).isCloseTo(weight, withinPercentage(1e-6));
    }

    private static double halfLives(DecayingHistogram from, DecayingHistogram to) {
        return (double) (from.checkpoint().referenceNanos() - to.checkpoint().referenceNanos()) / (24 * HOUR);
    }

    private static DecayingHistogram of(List<Sample> samples) {
        DecayingHistogram histogram = new DecayingHistogram(BucketOptions.CPU_CORES, 24 * HOUR);
        samples.forEach(sample -> histogram.addSample(sample.cores(), 0.1, sample.timeNanos()));
        return histogram;
    }
}
