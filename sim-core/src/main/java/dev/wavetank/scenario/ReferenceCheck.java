package dev.wavetank.scenario;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.autoscaling.knative.Serving;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.Pod;
import dev.wavetank.model.Service;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.Suggestion;
import dev.wavetank.scenario.Step.Verb;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Checks that everything a scenario names is there: Deployments, Services and the pods behind them, earlier steps. */
final class ReferenceCheck {

    private final Findings findings;
    private final List<KubernetesObject> objects;
    private final List<Step> steps;
    private final List<String> deployments;
    private final List<String> nodes;

    ReferenceCheck(Findings findings, List<KubernetesObject> manifests, List<Step> steps, List<String> nodes) {
        this.findings = findings;
        this.nodes = nodes;
        this.steps = steps;
        this.objects = Stream.concat(
                        manifests.stream(),
                        steps.stream()
                                .map(Step::verb)
                                .filter(Verb.Apply.class::isInstance)
                                .flatMap(verb -> ((Verb.Apply) verb).objects().stream()))
                .toList();
        this.deployments = objects.stream()
                .filter(Deployment.class::isInstance)
                .map(object -> object.metadata().name())
                .toList();
    }

    void check(Field spec, List<ClientSpec> clients) {
        for (int i = 0; i < clients.size(); i++) {
            checkService(
                    clients.get(i).service(),
                    spec.get("clients").elements().get(i).get("service"));
        }
        List<String> earlier = new ArrayList<>();
        for (Step step : steps) {
            if (step.when() instanceof Step.When.After after && !earlier.contains(after.step())) {
                findings.problem(
                        step.pointer() + "/after",
                        "there is no earlier step named " + after.step(),
                        Suggestion.sentence(after.step(), earlier));
            }
            checkVerb(step);
            if (!step.name().isEmpty()) {
                earlier.add(step.name());
            }
        }
    }

    private void checkService(String name, Field field) {
        List<String> services = objects.stream()
                .filter(object -> object instanceof Service || object.kind().equals(Serving.SERVICE))
                .map(object -> object.metadata().name())
                .toList();
        if (name.isEmpty()) {
            return;
        }
        if (!services.contains(name)) {
            field.problem("there is no Service " + name + " among the manifests", Suggestion.sentence(name, services));
        }
    }

    /** A Service that selects no pod of any manifest is taken for a typo, though the API would accept it. */
    List<InputException.Mistake> servicesThatSelectNothing(Collection<ManifestFiles.Selector> selectors) {
        List<InputException.Mistake> mistakes = new ArrayList<>();
        for (ManifestFiles.Selector each : selectors) {
            ImmutableMap<String, String> selector = each.service().selector();
            if (selector != null && templates().noneMatch(LabelSelector.matching(selector)::matches)) {
                mistakes.add(new InputException.Mistake(
                        each.file(),
                        each.position(),
                        "the Service " + each.service().name() + " selects " + selector
                                + ", which no pod of the manifests carries",
                        "Make its selector agree with the labels of the pods: "
                                + templates().toList() + "."));
            }
        }
        return mistakes;
    }

    private Stream<ImmutableMap<String, String>> templates() {
        return objects.stream().flatMap(object -> {
            if (object instanceof Deployment deployment) {
                return Stream.of(deployment.spec().template().labels());
            }
            if (object instanceof KeptObject kept) {
                return Stream.of(labelsOfTemplate(kept));
            }
            return object instanceof Pod pod ? Stream.of(pod.metadata().labels()) : Stream.of();
        });
    }

    /** A workload that is not simulated has pods in a real cluster all the same. */
    private static ImmutableMap<String, String> labelsOfTemplate(KeptObject workload) {
        ImmutableMap.Builder<String, String> labels = ImmutableMap.builder();
        workload.source()
                .at("/spec/template/metadata/labels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return labels.buildOrThrow();
    }

    private void checkVerb(Step step) {
        Verb verb = step.verb();
        if (verb instanceof Verb.Scale scale) {
            checkDeployment(step, "scale", scale.deployment());
        } else if (verb instanceof Verb.SetImage set) {
            checkDeployment(step, "setImage", set.deployment());
        } else if (verb instanceof Verb.Patch patch) {
            checkDeployment(step, "patch", patch.deployment());
        } else if (verb instanceof Verb.Undo undo) {
            checkDeployment(step, "undo", undo.deployment());
        } else if (verb instanceof Verb.Evict evict) {
            checkPod(step, "evict", evict.pod());
        } else if (verb instanceof Verb.Restart restart) {
            checkDeployment(step, "restart", restart.deployment());
        } else if (verb instanceof Verb.Pause pause) {
            checkDeployment(step, pause.paused() ? "pause" : "resume", pause.deployment());
        } else if (verb instanceof Verb.DeleteDeployment delete) {
            checkDeployment(step, "delete", delete.deployment());
        } else if (verb instanceof Verb.Ready ready) {
            checkPod(step, "ready", ready.pod());
        } else if (verb instanceof Verb.Crash crash) {
            checkPod(step, "crash", crash.pod());
        } else if (verb instanceof Verb.Hang hang) {
            checkPod(step, "hang", hang.pod());
        } else if (verb instanceof Verb.Autoscale autoscale) {
            checkDeployment(step, "autoscale", autoscale.deployment());
        } else if (verb instanceof Verb.Stress stress) {
            checkPod(step, "stress", stress.pod());
        } else if (verb instanceof Verb.Resize resize) {
            checkPod(step, "resize", resize.pod());
        } else if (verb instanceof Verb.OutOfMemory oom) {
            checkPod(step, "oom", oom.pod());
        } else if (verb instanceof Verb.OnNode on) {
            checkNode(step, on);
        } else if (verb instanceof Verb.DeletePod delete) {
            checkPod(step, "delete", delete.pod());
        }
    }

    private void checkNode(Step step, Verb.OnNode on) {
        if (!on.node().isEmpty() && !nodes.contains(on.node())) {
            findings.problem(
                    step.pointer() + "/" + on.deed().verb() + "/node",
                    "there is no node " + on.node(),
                    Suggestion.sentence(on.node(), nodes));
        }
    }

    private void checkPod(Step step, String verb, PodChoice choice) {
        if (!choice.deployment().isEmpty()) {
            checkDeployment(step, verb, choice.deployment());
        } else if (deployments.size() != 1) {
            findings.problem(
                    step.pointer() + "/" + verb,
                    "with " + deployments.size() + " Deployments it must be said whose pod is meant",
                    "Add deployment: with one of " + String.join(", ", deployments) + ".");
        }
    }

    private void checkDeployment(Step step, String verb, String name) {
        if (!name.isEmpty() && !deployments.contains(name)) {
            findings.problem(
                    step.pointer() + "/" + verb + "/deployment",
                    "there is no Deployment " + name + " among the manifests",
                    Suggestion.sentence(name, deployments));
        }
    }
}
