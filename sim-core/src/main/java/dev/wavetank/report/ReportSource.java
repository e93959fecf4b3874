package dev.wavetank.report;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.ClusterSpec;
import dev.wavetank.cluster.History;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.DecisionLog.Decision;
import dev.wavetank.network.Client;
import dev.wavetank.network.Traffic;
import dev.wavetank.scenario.RunResult;
import dev.wavetank.scenario.RunResult.Verdict;
import dev.wavetank.scenario.Scenario;
import java.util.List;

/**
 * What a report tells about: a scenario that was run, or a cluster that a test drove by hand.
 *
 * @param cluster what it ran on, as a phrase
 * @param durationNanos from the first moment to the last
 * @param verdicts on what was expected; empty if nothing was
 * @param decisions empty unless the run was asked to keep them
 * @param endedEarly why it ended before its time; empty if it did not
 * @param notSimulated what the manifests said without effect
 * @param traceSha256 the digest of the trace; empty if there is none
 * @param replay the command that runs the same again; empty if there is none
 */
public record ReportSource(
        String name,
        String description,
        String cluster,
        long seed,
        long durationNanos,
        History history,
        ImmutableList<Traffic> traffic,
        ImmutableList<Verdict> verdicts,
        List<Decision> decisions,
        String endedEarly,
        ImmutableSet<String> notSimulated,
        String traceSha256,
        String replay) {

    /** A scenario that was run. */
    public static ReportSource of(RunResult result, String traceSha256, String replay) {
        Scenario scenario = result.scenario();
        return new ReportSource(
                scenario.name(),
                scenario.description(),
                describe(scenario.cluster()) + ", " + Durations.format(scenario.durationNanos()) + " of cluster time",
                scenario.seed(),
                result.history().now(),
                result.history(),
                result.traffic(),
                result.verdicts(),
                result.decisions(),
                result.endedEarly(),
                scenario.notSimulated(),
                traceSha256,
                replay);
    }

    /**
     * A cluster as far as it has come.
     *
     * @param history watched from the moment the report begins at
     * @param problem what went wrong; empty if nothing did
     */
    public static ReportSource of(String name, Cluster cluster, History history, long seed, String problem) {
        return new ReportSource(
                name,
                "",
                describe(cluster.spec()),
                seed,
                history.now(),
                history,
                cluster.clients().values().stream().map(Client::traffic).collect(ImmutableList.toImmutableList()),
                ImmutableList.of(),
                cluster.decisions().decisions(),
                problem,
                ImmutableSet.of(),
                "",
                "");
    }

    /** True if everything held and the run went on to its end. */
    public boolean held() {
        return endedEarly.isEmpty() && verdicts.stream().allMatch(Verdict::held);
    }

    static String describe(ClusterSpec spec) {
        int nodes = spec.nodes().size();
        return (nodes == 1 ? "1 node" : nodes + " nodes") + ", kube-proxy "
                + spec.proxy().describe() + ", Kubernetes 1.36 rules";
    }
}
