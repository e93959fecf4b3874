package dev.wavetank.conformance;

import java.util.List;

/** The topics of {@code conformance/services}. */
final class ServiceTopics {

    private ServiceTopics() {}

    static List<Topic> all() {
        return List.of(
                new EndpointConditionsTopic(),
                new EndpointPortsTopic(),
                new SlicePackingTopic(),
                new CategorizeEndpointsTopic(),
                new IptablesRulesTopic(),
                new SyncRunnerTopic(),
                new IpvsSchedulersTopic(),
                new SessionAffinityTopic(),
                new ServiceDefaultingTopic());
    }
}
