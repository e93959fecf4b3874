package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.autoscaling.AutoscalerWarnings;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.cluster.ClusterSpec;
import dev.wavetank.model.AppBehavior;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ResourceKind;
import java.util.List;
import java.util.stream.Stream;

/**
 * A scenario that has been read and found right: what to build, what to do to it, and what should come of it.
 *
 * @param durationNanos how long it runs
 * @param startsSettled true if the manifests are up and running before its first moment
 * @param apps how the processes of a Deployment's pods behave, by the Deployment's name
 * @param queues queues outside the cluster
 * @param metrics custom and external metrics, for autoscalers
 * @param notSimulated fields and objects of the manifests that are kept but have no effect
 */
public record Scenario(
        String name,
        String description,
        long seed,
        long durationNanos,
        boolean startsSettled,
        ClusterSpec cluster,
        ImmutableList<KubernetesObject> manifests,
        ImmutableMap<String, AppBehavior> apps,
        ImmutableList<ClientSpec> clients,
        ImmutableList<Step> steps,
        ImmutableList<Expectation> expectations,
        ImmutableList<MetricDeclaration> metrics,
        ImmutableList<QueueSpec> queues,
        ImmutableSet<String> notSimulated,
        SourceMap source) {

    /** True if a HorizontalPodAutoscaler is or will be there, so that resource metrics have to be measured all along. */
    boolean looksAtMetrics() {
        return willHave(ResourceKind.HORIZONTAL_POD_AUTOSCALER)
                || willHave(VerticalPodAutoscaler.KIND)
                || steps.stream().anyMatch(step -> step.verb() instanceof Step.Verb.Autoscale);
    }

    /** True if an object of that kind is there or will be applied. */
    boolean willHave(ResourceKind kind) {
        return objects().anyMatch(object -> object.kind().equals(kind));
    }

    /** What is right, but likely not what was meant: a sentence or two for each. */
    public List<String> warnings() {
        return AutoscalerWarnings.of(Stream.concat(
                        objects(),
                        steps.stream()
                                .map(Step::verb)
                                .filter(Step.Verb.Autoscale.class::isInstance)
                                .map(verb -> ((Step.Verb.Autoscale) verb).autoscaler()))
                .toList());
    }

    /** All objects that are there at first or will be applied. */
    public Stream<KubernetesObject> objects() {
        return Stream.concat(
                manifests.stream(),
                steps.stream()
                        .map(Step::verb)
                        .filter(Step.Verb.Apply.class::isInstance)
                        .flatMap(verb -> ((Step.Verb.Apply) verb).objects().stream()));
    }

    /** The same scenario with another seed. */
    public Scenario withSeed(long seed) {
        return new Scenario(
                name,
                description,
                seed,
                durationNanos,
                startsSettled,
                cluster,
                manifests,
                apps,
                clients,
                steps,
                expectations,
                metrics,
                queues,
                notSimulated,
                source);
    }

    /** The same scenario, keeping every decision with its reason. */
    public Scenario explained() {
        return new Scenario(
                name,
                description,
                seed,
                durationNanos,
                startsSettled,
                cluster.withExplain(true),
                manifests,
                apps,
                clients,
                steps,
                expectations,
                metrics,
                queues,
                notSimulated,
                source);
    }

    /** Where parts of the scenario were written, for messages about them. */
    public interface SourceMap {
        /** A mistake at that place. */
        InputException.Mistake mistake(String pointer, String message, String cure);
    }
}
