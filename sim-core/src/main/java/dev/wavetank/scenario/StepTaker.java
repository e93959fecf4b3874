package dev.wavetank.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.History;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.Container;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.QosClass;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Resources;
import dev.wavetank.model.manifest.LastApplied;
import dev.wavetank.network.AppServer;
import dev.wavetank.scenario.Step.Verb;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
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
            if (refused.reason() == ApiException.Reason.CONFLICT
                    || refused.reason() == ApiException.Reason.TOO_MANY_REQUESTS) {
                // an answer of the cluster that a scenario may well be about
                history.action(
                        "refused", Map.of("reason", refused.reason().text()), "refused: " + refused.getMessage());
                return null;
            }
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
            apply.objects().forEach(object -> apply(object, apply.serverSide()));
        } else if (verb instanceof Verb.Patch patch) {
            note("patch", Map.of("what", patch.patch().toString()), verb);
            if (patch.strategic()) {
                cluster.deployments().patchStrategically(key(patch.deployment()), patch.patch(), "kubectl-patch");
            } else {
                cluster.deployments().patch(key(patch.deployment()), patch.patch(), "kubectl-patch");
            }
        } else if (verb instanceof Verb.SetImage set) {
            note("patch", Map.of("what", "image " + set.image()), verb);
            cluster.deployments().setImage(key(set.deployment()), set.container(), set.image());
        } else if (verb instanceof Verb.Restart restart) {
            note("patch", Map.of("what", "restart"), verb);
            cluster.deployments().restart(key(restart.deployment()));
        } else if (verb instanceof Verb.Undo undo) {
            note("undo", Map.of("deployment", undo.deployment(), "toRevision", undo.toRevision()), verb);
            cluster.deployments().undo(key(undo.deployment()), undo.toRevision());
        } else if (verb instanceof Verb.Pause pause) {
            note(pause.paused() ? "pause" : "resume", Map.of("deployment", pause.deployment()), verb);
            cluster.deployments().setPaused(key(pause.deployment()), pause.paused());
        } else if (verb instanceof Verb.Autoscale autoscale) {
            note("create-hpa", Map.of("deployment", autoscale.deployment()), verb);
            cluster.store().create(autoscale.autoscaler());
        } else if (verb instanceof Verb.Metrics metrics) {
            note(metrics.down() ? "metrics-down" : "metrics-up", Map.of(), verb);
            cluster.setMetricsDown(metrics.down());
        } else if (verb instanceof Verb.DeleteDeployment delete) {
            note("delete", Map.of("deployment", delete.deployment()), verb);
            cluster.delete(key(delete.deployment()), DeleteOptions.DEFAULT);
        } else if (verb instanceof Verb.OnNode on) {
            note(on.deed().text(), Map.of("node", on.node()), verb);
            on.deed().doTo(cluster, on.node(), on.graceSeconds());
        } else {
            return takeOnPod(verb);
        }
        return null;
    }

    private @Nullable String takeOnPod(Verb verb) {
        if (verb instanceof Verb.DeletePod delete) {
            return onPod(delete.pod(), "delete", verb, pod -> cluster.delete(pod.key(), DeleteOptions.DEFAULT));
        }
        if (verb instanceof Verb.Evict evict) {
            return onPod(evict.pod(), "evict", verb, pod -> cluster.evict(pod.key()));
        }
        if (verb instanceof Verb.Ready ready) {
            return onProcess(
                    ready.pod(),
                    ready.is() ? "ready_enable" : "ready_disable",
                    verb,
                    process -> process.setReady(ready.is()));
        }
        if (verb instanceof Verb.Resize resize) {
            return onPod(resize.pod(), "resize", verb, pod -> resize(pod, resize));
        }
        if (verb instanceof Verb.OutOfMemory oom) {
            return runOutOfMemory(oom.pod(), verb);
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

    private void resize(Pod pod, Verb.Resize resize) {
        for (Container container : pod.spec().containers()) {
            if (resize.container().isEmpty() || container.name().equals(resize.container())) {
                QosClass.Claim claim = new QosClass.Claim(
                        merged(container.requests(), resize.requests()), merged(container.limits(), resize.limits()));
                cluster.resize(pod.key(), Map.of(container.name(), claim));
                return;
            }
        }
        throw new ApiException(
                ApiException.Reason.INVALID, "the pod has no container named \"" + resize.container() + "\"");
    }

    private static Resources merged(Resources before, Resources given) {
        return new Resources(
                given.cpuMillis() == 0 ? before.cpuMillis() : given.cpuMillis(),
                given.memoryBytes() == 0 ? before.memoryBytes() : given.memoryBytes());
    }

    private @Nullable String runOutOfMemory(PodChoice choice, Verb verb) {
        Pod pod = choose(choice);
        if (pod == null || !cluster.runOutOfMemory(pod)) {
            return verb.describe() + ": no such pod is running";
        }
        note("oom", Map.of("pod", history.shortName(pod.name())), verb);
        return null;
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

    private void apply(KubernetesObject object, Verb.Apply.@Nullable ServerSide serverSide) {
        ObjectNode manifest = LastApplied.manifestOf(object);
        if (serverSide != null && object instanceof Deployment && manifest != null) {
            cluster.deployments().serverSideApply(manifest, serverSide.manager(), serverSide.force());
        } else {
            cluster.apply(object);
        }
    }

    private static ObjectKey key(String deployment) {
        return new ObjectKey(ResourceKind.DEPLOYMENT, "default", deployment);
    }
}
