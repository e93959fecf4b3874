package dev.wavetank.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.History;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodTemplate;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.PodTemplates;
import dev.wavetank.network.AppServer;
import dev.wavetank.scenario.Step.Verb;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Carries out the steps of a scenario on a cluster. */
final class StepTaker {

    private static final int CRASH_EXIT_CODE = 1;

    private final Scenario scenario;
    private final Cluster cluster;
    private final History history;

    StepTaker(Scenario scenario, Cluster cluster, History history) {
        this.scenario = scenario;
        this.cluster = cluster;
        this.history = history;
    }

    /** Takes a step now; returns what stands in its way, if anything. */
    InputException.@Nullable Mistake take(Step step) {
        try {
            String problem = take(step.verb());
            return problem == null
                    ? null
                    : scenario.source()
                            .mistake(step.pointer(), problem, "Check what the steps before this one leave behind.");
        } catch (ApiException refused) {
            return scenario.source()
                    .mistake(
                            step.pointer(),
                            step.verb().describe() + ": " + refused.getMessage(),
                            "Check what the steps before this one leave behind.");
        }
    }

    private @Nullable String take(Verb verb) {
        if (verb instanceof Verb.Scale scale) {
            note("scale", Map.of("deployment", scale.deployment(), "replicas", scale.replicas()), verb);
            cluster.scale(scale.deployment(), scale.replicas());
        } else if (verb instanceof Verb.Apply apply) {
            note("apply", Map.of("what", apply.files()), verb);
            apply.objects().forEach(cluster::apply);
        } else if (verb instanceof Verb.SetImage set) {
            note("patch", Map.of("what", "image " + set.image()), verb);
            cluster.change(set.deployment(), withTemplate(spec -> setImage(spec, set)));
        } else if (verb instanceof Verb.Restart restart) {
            note("patch", Map.of("what", "restart"), verb);
            cluster.change(restart.deployment(), withTemplate(this::stampRestart));
        } else if (verb instanceof Verb.Pause pause) {
            note(pause.paused() ? "pause" : "resume", Map.of("deployment", pause.deployment()), verb);
            cluster.change(
                    pause.deployment(), found -> found.withSpec(found.spec().withPaused(pause.paused())));
        } else if (verb instanceof Verb.Autoscale autoscale) {
            note("create-hpa", Map.of("deployment", autoscale.deployment()), verb);
            cluster.store().create(autoscale.autoscaler());
        } else if (verb instanceof Verb.Metrics metrics) {
            note(metrics.down() ? "metrics-down" : "metrics-up", Map.of(), verb);
            cluster.setMetricsDown(metrics.down());
        } else if (verb instanceof Verb.DeleteDeployment delete) {
            note("delete", Map.of("deployment", delete.deployment()), verb);
            cluster.delete(
                    new ObjectKey(ResourceKind.DEPLOYMENT, "default", delete.deployment()), DeleteOptions.DEFAULT);
        } else {
            return takeOnPod(verb);
        }
        return null;
    }

    private @Nullable String takeOnPod(Verb verb) {
        if (verb instanceof Verb.DeletePod delete) {
            return onPod(delete.pod(), "delete", verb, pod -> cluster.delete(pod.key(), DeleteOptions.DEFAULT));
        }
        if (verb instanceof Verb.Ready ready) {
            return onProcess(
                    ready.pod(),
                    ready.is() ? "ready_enable" : "ready_disable",
                    verb,
                    process -> process.setReady(ready.is()));
        }
        if (verb instanceof Verb.Crash crash) {
            return onProcess(crash.pod(), "crash", verb, process -> process.crash(CRASH_EXIT_CODE));
        }
        if (verb instanceof Verb.Hang hang) {
            return onProcess(hang.pod(), "hang", verb, process -> process.setHung(true));
        }
        if (verb instanceof Verb.Stress stress) {
            return onProcess(stress.pod(), "stress", verb, process -> {
                Pod pod = choose(stress.pod());
                if (pod != null) {
                    cluster.burnCpu(pod, stress.cpuMillis(), stress.nanos());
                }
            });
        }
        throw new IllegalStateException("no way to " + verb.describe());
    }

    private @Nullable String onProcess(PodChoice choice, String action, Verb verb, Consumer<AppServer> deed) {
        Pod pod = choose(choice);
        AppServer process = pod == null ? null : cluster.processOf(pod);
        if (pod == null || process == null) {
            return verb.describe() + ": no such pod is running";
        }
        return onPod(choice, action, verb, chosen -> deed.accept(process));
    }

    private @Nullable String onPod(PodChoice choice, String action, Verb verb, Consumer<Pod> deed) {
        Pod pod = choose(choice);
        if (pod == null) {
            return verb.describe() + ": there is no such pod";
        }
        note(action, Map.of("pod", history.shortName(pod.name())), verb);
        deed.accept(pod);
        return null;
    }

    private @Nullable Pod choose(PodChoice choice) {
        String deployment = choice.deployment();
        if (deployment.isEmpty()) {
            for (KubernetesObject only : cluster.store().list(ResourceKind.DEPLOYMENT)) {
                deployment = only.metadata().name();
            }
        }
        return choice.among(cluster.podsOf(deployment));
    }

    private void note(String action, Map<String, Object> details, Verb verb) {
        Map<String, Object> ordered = new LinkedHashMap<>();
        details.keySet().stream().sorted().forEach(key -> ordered.put(key, details.get(key)));
        history.action(action, ordered, verb.describe());
    }

    /** A change of the pod template as a change of the Deployment. */
    private static UnaryOperator<Deployment> withTemplate(Consumer<ObjectNode> change) {
        return deployment -> {
            ObjectNode source = deployment.spec().template().source().deepCopy();
            change.accept(source);
            PodTemplate template = PodTemplates.read(Field.root(source, new Findings()), "Deployment");
            return deployment.withSpec(deployment.spec().withTemplate(template));
        };
    }

    private static void setImage(ObjectNode template, Verb.SetImage set) {
        ArrayNode containers = template.withObject("spec").withArray("containers");
        for (int i = 0; i < containers.size(); i++) {
            ObjectNode container = (ObjectNode) containers.get(i);
            boolean meant = set.container().isEmpty()
                    ? i == 0
                    : container.path("name").asText().equals(set.container());
            if (meant) {
                container.put("image", set.image());
            }
        }
    }

    private void stampRestart(ObjectNode template) {
        template.withObject("metadata")
                .withObject("annotations")
                .put("kubectl.kubernetes.io/restartedAt", "T+" + cluster.now() / 1_000_000 + "ms");
    }
}
