package dev.wavetank.conformance;

import java.util.List;

/** The topics of {@code conformance/autoscalers}. */
final class AutoscalerTopics {

    private AutoscalerTopics() {}

    static List<Topic> all() {
        return List.of(
                new VpaHistogramTopic(),
                new VpaRecommendationTopic(),
                new VpaUpdaterTopic(),
                new VpaAdmissionTopic(),
                new KedaActivationTopic(),
                new KedaFallbackTopic(),
                new KedaCronTopic(),
                new KnativeKpaScaleTopic(),
                new KnativeMetricWindowTopic(),
                new KnativeRevisionConfigTopic(),
                new KnativeScaleToZeroTopic(),
                new KnativeActivatorTopic(),
                new KnativeBreakerTopic());
    }
}
