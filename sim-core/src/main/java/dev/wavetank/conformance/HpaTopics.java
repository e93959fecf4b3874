package dev.wavetank.conformance;

import java.util.List;

/** The topics of {@code conformance/hpa}. */
final class HpaTopics {

    private HpaTopics() {}

    static List<Topic> all() {
        return List.of(
                new HpaCalculatorTopic("resource-utilization"),
                new HpaCalculatorTopic("plain-average"),
                new HpaCalculatorTopic("object-external"),
                new HpaCalculatorTopic("k8s-tests-calculator"),
                new HpaBehaviorTopic("behavior-sequences"),
                new HpaBehaviorTopic("behavior-scenarios"),
                new HpaReconcileTopic("reconcile-once"),
                new HpaReconcileTopic("k8s-tests-reconcile"),
                new HpaControllerSequencesTopic(),
                new HpaUnitsTopic(),
                new HpaMetricsStorageTopic());
    }
}
