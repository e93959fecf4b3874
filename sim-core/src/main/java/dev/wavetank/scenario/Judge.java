package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.keda.ScaledObject;
import dev.wavetank.autoscaling.knative.Serving;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import dev.wavetank.network.Client;
import dev.wavetank.network.Traffic;
import dev.wavetank.scenario.Expectation.Form;
import dev.wavetank.scenario.Expressions.Condition;
import dev.wavetank.scenario.Expressions.ConditionException;
import dev.wavetank.scenario.RunResult.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Watches a run and decides what becomes of its expectations; looks after every event that can have changed an answer. */
final class Judge {

    /** One expectation on its way to a verdict. */
    private static final class Case {
        final Expectation expectation;
        final Condition condition;
        final ImmutableList<ResourceKind> kinds;
        final boolean looksAtTraffic;
        long versionSeen = -1;
        boolean waitsForStep;

        @Nullable
        Verdict verdict;

        Case(Expectation expectation, Condition condition) {
            this.expectation = expectation;
            this.condition = condition;
            this.kinds = KINDS_READ.entrySet().stream()
                    .filter(read -> expectation.that().contains(read.getKey()))
                    .flatMap(read -> read.getValue().stream())
                    .collect(ImmutableList.toImmutableList());
            this.looksAtTraffic =
                    expectation.that().contains("clients") || expectation.that().contains("now");
        }

        /** True if any event can decide it; the others wait for an instant of theirs. */
        boolean isWatched() {
            Form form = expectation.form();
            return !(form instanceof Form.At) && !(form instanceof Form.AtEnd end && !end.abort());
        }

        /** True if something the condition reads has been written since it was last looked at. */
        boolean maySayOtherwise(Store store, boolean trafficMoved) {
            long version = 0;
            for (ResourceKind kind : kinds) {
                version = Math.max(version, store.resourceVersionOf(kind));
            }
            boolean written = version != versionSeen;
            versionSeen = version;
            return written || waitsForStep || (looksAtTraffic && trafficMoved);
        }
    }

    /** What the functions of conditions read. */
    private static final ImmutableMap<String, List<ResourceKind>> KINDS_READ = ImmutableMap.of(
            "deployment(", List.of(ResourceKind.DEPLOYMENT),
            "service(", List.of(ResourceKind.SERVICE, ResourceKind.ENDPOINT_SLICE),
            "hpa(", List.of(ResourceKind.HORIZONTAL_POD_AUTOSCALER, ResourceKind.EVENT),
            "scaledobject(", List.of(ScaledObject.KIND, ResourceKind.EVENT, ResourceKind.DEPLOYMENT),
            "kservice(",
                    List.of(
                            Serving.SERVICE,
                            Serving.POD_AUTOSCALER,
                            Serving.SERVERLESS_SERVICE,
                            ResourceKind.DEPLOYMENT,
                            ResourceKind.POD),
            "vpa(", List.of(VerticalPodAutoscaler.KIND, ResourceKind.EVENT),
            "pods(", List.of(ResourceKind.POD, ResourceKind.REPLICA_SET));

    private final Cluster cluster;
    private final long origin;
    private final List<Case> cases = new ArrayList<>();
    private final List<Case> open = new ArrayList<>();
    private final List<Case> watched = new ArrayList<>();
    private boolean watchesTraffic;
    private long trafficSeen = -1;
    private long versionSeen = -1;

    /**
     * Compiles the expectations of a scenario and tries each once.
     *
     * @throws InputException if one cannot be evaluated
     */
    Judge(Scenario scenario, Cluster cluster, long origin) {
        this.cluster = cluster;
        this.origin = origin;
        if (scenario.expectations().isEmpty()) {
            return;
        }
        Expressions expressions = new Expressions(new ClusterView(cluster, origin, autoscalersToCome(scenario)));
        List<InputException.Mistake> mistakes = new ArrayList<>();
        for (Expectation expectation : scenario.expectations()) {
            try {
                Condition condition = expressions.compile(expectation.that());
                if (scenario.startsSettled()) {
                    condition.holds();
                }
                cases.add(new Case(expectation, condition));
            } catch (ConditionException e) {
                mistakes.add(
                        scenario.source()
                                .mistake(
                                        expectation.pointer(),
                                        "the condition " + expectation.that() + " cannot be evaluated: "
                                                + e.getMessage(),
                                        "Conditions are CEL over deployment(name), service(name), pods(name), hpa(name), vpa(name), scaledobject(name), kservice(name), queue(name), clients and now."));
            }
        }
        if (!mistakes.isEmpty()) {
            throw new InputException(mistakes);
        }
        open.addAll(cases);
        cases.stream().filter(Case::isWatched).forEach(watched::add);
        watchesTraffic = watched.stream().anyMatch(each -> each.looksAtTraffic);
    }

    private static Set<String> autoscalersToCome(Scenario scenario) {
        Set<String> names = new TreeSet<>();
        for (Step step : scenario.steps()) {
            if (step.verb() instanceof Step.Verb.Autoscale autoscale) {
                names.add(autoscale.autoscaler().name());
            } else if (step.verb() instanceof Step.Verb.Apply apply) {
                apply.objects().stream()
                        .filter(object -> object.kind().equals(ResourceKind.HORIZONTAL_POD_AUTOSCALER)
                                || object instanceof KeptObject)
                        .forEach(object -> names.add(object.metadata().name()));
            }
        }
        return names;
    }

    /** The instants at which the run has to stop for the judge to look, since the origin. */
    List<Long> instants() {
        List<Long> instants = new ArrayList<>();
        for (Case each : cases) {
            Form form = each.expectation.form();
            if (form instanceof Form.At at) {
                instants.add(at.nanos());
            } else if (form instanceof Form.During during) {
                instants.add(during.fromNanos());
            }
        }
        return instants;
    }

    /**
     * Looks at the cluster after an event.
     *
     * @param stepTimes when named steps were taken, since the origin
     * @return why the run should end here, or null to go on
     */
    @Nullable
    String look(Map<String, Long> stepTimes) {
        if (watched.isEmpty() || (!watchesTraffic && nothingWritten())) {
            return null;
        }
        long traffic = watchesTraffic ? requestsMoved() : trafficSeen;
        boolean trafficMoved = traffic != trafficSeen;
        trafficSeen = traffic;
        String abort = null;
        for (int i = watched.size() - 1; i >= 0; i--) {
            Case each = watched.get(i);
            if (each.maySayOtherwise(cluster.store(), trafficMoved)) {
                decide(each, stepTimes);
                Verdict verdict = each.verdict;
                if (verdict != null) {
                    watched.remove(i);
                    open.remove(each);
                    boolean aborts = each.expectation.form() instanceof Form.AtEnd end && end.abort();
                    abort = aborts && !verdict.held()
                            ? "the threshold " + each.expectation.that() + " was broken"
                            : abort;
                }
            }
        }
        return abort;
    }

    /** True if nothing has been written since the last look, and nothing waits for a step that may have been taken. */
    private boolean nothingWritten() {
        long version = cluster.store().resourceVersion();
        boolean same = version == versionSeen;
        versionSeen = version;
        return same && watched.stream().noneMatch(each -> each.waitsForStep);
    }

    /** Grows with everything a client sends or gets back. */
    private long requestsMoved() {
        long moved = 0;
        for (Client client : cluster.clients().values()) {
            Traffic traffic = client.traffic();
            moved += traffic.sent() + traffic.answered() + traffic.failed();
        }
        return moved;
    }

    private void decide(Case each, Map<String, Long> stepTimes) {
        long now = cluster.now() - origin;
        Form form = each.expectation.form();
        if (form instanceof Form.Never) {
            failIf(each, holds(each), now, "it held");
        } else if (form instanceof Form.During during) {
            if (now >= during.fromNanos() && now <= during.toNanos()) {
                failIf(each, !holds(each), now, "it did not hold");
            }
        } else if (form instanceof Form.Within within) {
            Long start = within.step().isEmpty() ? Long.valueOf(0) : stepTimes.get(within.step());
            // what held before the step counts from the step on, so it has to be looked at then
            each.waitsForStep = start == null;
            if (start != null && now <= start + within.nanos() && holds(each)) {
                each.verdict =
                        new Verdict(each.expectation, true, now, "after " + Durations.format(rounded(now - start)));
            }
        } else if (form instanceof Form.AtEnd end && end.abort()) {
            failIf(each, !holds(each), now, "it did not hold");
        }
    }

    private static void failIf(Case each, boolean broken, long now, String detail) {
        if (broken) {
            each.verdict = new Verdict(each.expectation, false, now, detail);
        }
    }

    /** Decides the expectations that are about exactly this instant. */
    void lookAt(long instant) {
        for (Case each : List.copyOf(open)) {
            if (each.expectation.form() instanceof Form.At at && at.nanos() == instant) {
                each.verdict = new Verdict(each.expectation, holds(each), instant, "");
                open.remove(each);
            } else if (each.expectation.form() instanceof Form.During during && during.fromNanos() == instant) {
                failIf(each, !holds(each), instant, "it did not hold");
                if (each.verdict != null) {
                    open.remove(each);
                    watched.remove(each);
                }
            }
        }
    }

    /** Decides what is still open when the run is over. */
    ImmutableList<Verdict> verdicts() {
        long now = cluster.now() - origin;
        for (Case each : open) {
            Form form = each.expectation.form();
            boolean held = form instanceof Form.Never
                    || form instanceof Form.During
                    || (form instanceof Form.AtEnd && holds(each));
            String detail = form instanceof Form.Within ? "it never held in that time" : "";
            boolean tooShort = form instanceof Form.At at && at.nanos() > now;
            each.verdict = new Verdict(each.expectation, held, now, tooShort ? "the run ended before" : detail);
        }
        ImmutableList.Builder<Verdict> verdicts = ImmutableList.builder();
        for (Case each : cases) {
            Verdict verdict = each.verdict;
            if (verdict != null) {
                verdicts.add(verdict);
            }
        }
        return verdicts.build();
    }

    /** A condition that asks for what is not there, or not any more, does not hold. */
    private static boolean holds(Case each) {
        try {
            return each.condition.holds();
        } catch (ConditionException e) {
            return false;
        }
    }

    private static long rounded(long nanos) {
        return nanos / 1_000_000 * 1_000_000;
    }
}
