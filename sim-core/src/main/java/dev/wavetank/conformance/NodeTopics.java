package dev.wavetank.conformance;

import java.util.List;

/** The topics of {@code conformance/nodes}. */
final class NodeTopics {

    private NodeTopics() {}

    static List<Topic> all() {
        return List.of(
                new ResourceQuantityTopic(),
                new ResourceQuantityArithTopic(),
                new IntstrPercentTopic(),
                new ProberTicksTopic(),
                new ProberScheduleTopic(),
                new PodPhaseConditionsTopic(),
                new CrashloopBackoffTopic(),
                new KillSequenceTopic(),
                new KubeletEffectiveGraceTopic(),
                new PodDeleteGraceTopic(),
                new PodQosClassTopic(),
                new SchedulerFilterScoreTopic());
    }
}
