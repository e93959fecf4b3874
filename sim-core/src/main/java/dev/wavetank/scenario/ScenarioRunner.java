package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.History;
import dev.wavetank.cluster.WorkQueue;
import dev.wavetank.engine.Durations;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Times;
import dev.wavetank.network.Client;
import dev.wavetank.network.Traffic;
import dev.wavetank.scenario.Step.When;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Runs a scenario from beginning to end: brings the manifests up, takes the steps, lets clients send, judges the
 * expectations.
 */
public final class ScenarioRunner {

    /** Lets something outside hold the run's pace; the simulation itself never looks at a wall clock. */
    public interface Pace {
        /** Does not wait. */
        Pace FULL_SPEED = virtualNanos -> {};

        /** Is told before virtual time reaches this instant since the scenario's first moment. */
        void before(long virtualNanos);
    }

    private static final long LONGEST_SETTLING = 15 * 60 * Times.SECOND;

    /** How long the cluster rests between settling and the scenario's first moment. */
    private static final long REST = 60 * Times.SECOND;

    private static final long SETTLE_LOOK = 10 * Times.MILLISECOND;

    private final Scenario scenario;
    private final Pace pace;
    private final Cluster cluster;
    private final Map<String, Long> stepTimes = new HashMap<>();
    private final Map<String, List<Step>> followers = new LinkedHashMap<>();
    private final List<Step> untilSettled = new ArrayList<>();
    private final List<InputException.Mistake> mistakes = new ArrayList<>();
    private @Nullable StepTaker taker;
    private long origin;
    private @Nullable String stop;

    private ScenarioRunner(Scenario scenario, Pace pace) {
        this.scenario = scenario;
        this.pace = pace;
        this.cluster = new Cluster(scenario.cluster(), scenario.seed());
    }

    /**
     * Runs a scenario as fast as it goes.
     *
     * @throws InputException if it turns out only now that it cannot be run
     */
    public static RunResult run(Scenario scenario) {
        return run(scenario, Pace.FULL_SPEED);
    }

    /** Runs a scenario at a given pace. */
    public static RunResult run(Scenario scenario, Pace pace) {
        return new ScenarioRunner(scenario, pace).run();
    }

    /** A scenario whose cluster stands and whose steps and clients wait for time to pass. */
    public static final class Staged {

        private final ScenarioRunner runner;
        private final History history;

        private Staged(ScenarioRunner runner, History history) {
            this.runner = runner;
            this.history = history;
        }

        public Scenario scenario() {
            return runner.scenario;
        }

        /** The cluster; whoever lets its time pass makes the scenario happen. */
        public Cluster cluster() {
            return runner.cluster;
        }

        /** What has happened since the scenario's first moment. */
        public History history() {
            return history;
        }

        /** Why the steps could not all be taken; empty while they can. */
        public String problem() {
            return runner.stop == null ? "" : runner.stop;
        }
    }

    /**
     * Prepares a scenario for somebody else to let its time pass: as far as {@link #run} gets before the first step, with
     * expectations left aside.
     *
     * @throws InputException if it turns out only now that it cannot be run
     */
    public static Staged stage(Scenario scenario) {
        ScenarioRunner runner = new ScenarioRunner(scenario, Pace.FULL_SPEED);
        Staged staged = new Staged(runner, runner.prepare());
        runner.begin();
        return staged;
    }

    private RunResult run() {
        History history = prepare();
        Judge judge = new Judge(scenario, cluster, origin);
        begin();
        go(judge);
        if (!mistakes.isEmpty()) {
            throw new InputException(mistakes);
        }
        ImmutableList.Builder<Traffic> traffic = ImmutableList.builder();
        cluster.clients().values().forEach(client -> traffic.add(client.traffic()));
        return new RunResult(
                scenario,
                history,
                traffic.build(),
                judge.verdicts(),
                cluster.decisions().decisions(),
                stop == null ? "" : stop,
                cluster.now(),
                cluster.simulation().fired());
    }

    private void begin() {
        cluster.clients().values().forEach(Client::start);
        planSteps();
    }

    private History prepare() {
        scenario.apps().forEach(cluster::setBehavior);
        if (scenario.looksAtMetrics()) {
            cluster.startMetrics();
        }
        if (scenario.willHave(VerticalPodAutoscaler.KIND)) {
            cluster.startVerticalPodAutoscaler();
        }
        for (QueueSpec queue : scenario.queues()) {
            cluster.addQueue(queue.name(), queue.arrivals(), queue.deployment(), queue.time(), queue.concurrency());
        }
        if (scenario.startsSettled()) {
            scenario.manifests().forEach(cluster::apply);
            settle();
        }
        // a scenario begins somewhere in a second, as a person does
        RandomStream start = cluster.simulation().random().stream("scenario/start");
        cluster.runFor((long) (start.nextDouble() * Times.SECOND));
        origin = cluster.now();
        History history = new History(cluster);
        if (scenario.cluster().explain()) {
            history.keepSeries();
        }
        StepTaker steps = new StepTaker(scenario, cluster, history);
        taker = steps;
        if (!scenario.startsSettled()) {
            scenario.manifests().forEach(cluster::apply);
        }
        for (ClientSpec spec : scenario.clients()) {
            cluster.addClient(
                    spec.name(),
                    spec.target(),
                    spec.settings(),
                    spec.load(),
                    (sentAt, endedAt, pod, failure) -> history.request(spec.name(), sentAt, endedAt, pod, failure));
        }
        cluster.queues().values().forEach(WorkQueue::start);
        SimulatedMetrics metrics = new SimulatedMetrics(scenario, cluster, origin);
        cluster.setCustomMetrics(metrics);
        metrics.start();
        return history;
    }

    private void settle() {
        if (!cluster.runUntil(cluster::isSettled, cluster.now() + LONGEST_SETTLING)) {
            throw new InputException(List.of(scenario.source()
                    .mistake(
                            "/spec/manifests",
                            "the manifests are not up after " + Durations.format(LONGEST_SETTLING)
                                    + " of virtual time: " + unsettled(),
                            "Mend them, or write start: empty to begin before they are up.")));
        }
        cluster.runFor(REST);
    }

    private String unsettled() {
        List<String> reasons = new ArrayList<>();
        for (KubernetesObject object : cluster.store().list(ResourceKind.DEPLOYMENT)) {
            Deployment deployment = (Deployment) object;
            if (deployment.status().availableReplicas() < deployment.spec().replicas()) {
                reasons.add("deployment/" + deployment.name() + " has "
                        + deployment.status().availableReplicas() + " of "
                        + deployment.spec().replicas() + " pods available" + lastWarning());
            }
        }
        return String.join(", ", reasons);
    }

    private String lastWarning() {
        String last = "";
        for (KubernetesObject object : cluster.store().list(ResourceKind.EVENT)) {
            dev.wavetank.model.EventObject event = (dev.wavetank.model.EventObject) object;
            if (event.type().equals("Warning")) {
                last = " (" + event.reason() + ": " + event.message() + ")";
            }
        }
        return last;
    }

    private void planSteps() {
        for (int i = 0; i < scenario.steps().size(); i++) {
            Step step = scenario.steps().get(i);
            if (step.when() instanceof When.At at) {
                cluster.simulation().at(origin + at.nanos(), () -> take(step));
            } else if (step.when() instanceof When.After after) {
                followers
                        .computeIfAbsent(after.step(), unused -> new ArrayList<>())
                        .add(step);
            } else if (i == 0) {
                waitForSettling(step);
            } else {
                untilSettled.add(step);
            }
        }
    }

    private void take(Step step) {
        StepTaker steps = taker;
        if (steps == null || stop != null) {
            return;
        }
        InputException.Mistake mistake = steps.take(step);
        if (mistake != null) {
            mistakes.add(mistake);
            stop = mistake.message();
            return;
        }
        if (!step.name().isEmpty()) {
            stepTimes.put(step.name(), cluster.now() - origin);
            for (Step follower : followers.getOrDefault(step.name(), List.of())) {
                long plus = ((When.After) follower.when()).plusNanos();
                cluster.simulation().after(plus, () -> take(follower));
            }
        }
        int next = scenario.steps().indexOf(step) + 1;
        if (next < scenario.steps().size()) {
            Step successor = scenario.steps().get(next);
            if (untilSettled.remove(successor)) {
                waitForSettling(successor);
            }
        }
    }

    /** Looks every 10 ms of virtual time from here on; a step's own effect takes a moment to show. */
    private void waitForSettling(Step step) {
        long deadline = cluster.now() + ((When.UntilSettled) step.when()).timeoutNanos();
        cluster.simulation().after(SETTLE_LOOK, () -> lookWhetherSettled(step, deadline));
    }

    private void lookWhetherSettled(Step step, long deadline) {
        if (cluster.isSettled()) {
            take(step);
        } else if (cluster.now() >= deadline) {
            stop = "step " + (scenario.steps().indexOf(step) + 1) + " ("
                    + step.verb().describe() + ") waited in vain for the cluster to settle: " + unsettled();
        } else {
            cluster.simulation().after(SETTLE_LOOK, () -> lookWhetherSettled(step, deadline));
        }
    }

    private void go(Judge judge) {
        TreeSet<Long> instants = new TreeSet<>(judge.instants());
        instants.add(scenario.durationNanos());
        for (long instant : instants) {
            long until = origin + instant;
            cluster.runUntil(() -> afterEvent(judge), until);
            if (stop != null) {
                return;
            }
            cluster.runUntil(until);
            judge.lookAt(instant);
        }
    }

    private boolean afterEvent(Judge judge) {
        String abort = judge.look(stepTimes);
        if (abort != null && stop == null) {
            stop = abort;
        }
        if (pace != Pace.FULL_SPEED) {
            pace.before(cluster.simulation().nextEventTime() - origin);
        }
        return stop != null;
    }
}
