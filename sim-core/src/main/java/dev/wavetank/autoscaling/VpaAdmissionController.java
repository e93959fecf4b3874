package dev.wavetank.autoscaling;

import dev.wavetank.autoscaling.vpa.AdmissionPatch;
import dev.wavetank.autoscaling.vpa.LimitRangeItem;
import dev.wavetank.autoscaling.vpa.Resource;
import dev.wavetank.autoscaling.vpa.ResourceAmounts;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.Container;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delays;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.QosClass;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Store;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Gives new pods what their VerticalPodAutoscaler recommends, unless its mode is Off, as {@link AdmissionPatch} decides.
 *
 * <p>Source: vertical-pod-autoscaler 1.8 pkg/admission-controller/resource/pod.
 */
public final class VpaAdmissionController {

    private record Patched(PodSpec before, List<AdmissionPatch> patches, PodSpec after) {}

    private final Simulation simulation;
    private final Store store;
    private final Delays delays;
    private final DecisionLog decisions;

    /** The last patch by workload, so that the pods of a template go on sharing their spec. */
    private final Map<String, Patched> shared = new LinkedHashMap<>();

    private @Nullable VpaObjects autoscalers;

    /** A webhook that lets everything through until it is started. */
    public VpaAdmissionController(Simulation simulation, Store store, Delays delays, DecisionLog decisions) {
        this.simulation = simulation;
        this.store = store;
        this.delays = delays;
        this.decisions = decisions;
    }

    /** Looks at new pods from now on. */
    public void start() {
        autoscalers = new VpaObjects(store, delays.watch(simulation, "vpa-admission/verticalpodautoscalers"));
    }

    /** The object as it is to be stored. */
    public KubernetesObject admit(KubernetesObject object) {
        VpaObjects objects = autoscalers;
        if (objects == null || !(object instanceof Pod pod)) {
            return object;
        }
        VerticalPodAutoscaler autoscaler = objects.controlling(pod).orElse(null);
        boolean patches = autoscaler != null
                && autoscaler.mode().patchesNewPods()
                && !autoscaler.recommendations().isEmpty();
        return autoscaler == null || !patches ? pod : patch(pod, autoscaler);
    }

    private Pod patch(Pod pod, VerticalPodAutoscaler autoscaler) {
        List<AdmissionPatch> patches = AdmissionPatch.decide(
                VpaObjects.specified(pod),
                autoscaler.recommendations(),
                autoscaler.policy(),
                LimitRangeItem.NONE,
                null);
        String key = autoscaler.namespace() + "/" + autoscaler.name();
        Patched known = shared.get(key);
        if (known == null
                || !known.before().equals(pod.spec())
                || !known.patches().equals(patches)) {
            known = new Patched(pod.spec(), patches, patched(pod.spec(), patches));
            shared.put(key, known);
        }
        List<String> updates = updates(patches);
        decisions.record(
                "VpaAdmissionController",
                pod.key(),
                () -> updates.isEmpty()
                        ? "created as it is: vpa " + autoscaler.name() + " has nothing to say of its containers"
                        : "created with what vpa " + autoscaler.name() + " recommends: " + describe(pod, patches));
        ObjectMeta metadata = pod.metadata()
                .withAnnotation(
                        "vpaObservedContainers",
                        String.join(
                                ", ",
                                pod.spec().containers().stream()
                                        .map(Container::name)
                                        .toList()));
        if (!updates.isEmpty()) {
            metadata = metadata.withAnnotation(
                    "vpaUpdates", "Pod resources updated by " + autoscaler.name() + ": " + String.join("; ", updates));
        }
        return new Pod(metadata, known.after(), pod.nodeName(), pod.status());
    }

    private static List<String> updates(List<AdmissionPatch> patches) {
        List<String> updates = new ArrayList<>();
        for (int i = 0; i < patches.size(); i++) {
            List<String> changed = new ArrayList<>();
            for (Resource resource : Resource.values()) {
                if (patches.get(i).requests().has(resource)) {
                    changed.add(resource.apiName() + " request");
                }
            }
            for (Resource resource : Resource.values()) {
                if (patches.get(i).limits().has(resource)) {
                    changed.add(resource.apiName() + " limit");
                }
            }
            if (!changed.isEmpty()) {
                updates.add("container " + i + ": " + String.join(", ", changed));
            }
        }
        return updates;
    }

    private static String describe(Pod pod, List<AdmissionPatch> patches) {
        List<String> parts = new ArrayList<>();
        List<Container> containers = pod.spec().containers();
        for (int i = 0; i < patches.size(); i++) {
            Container before = containers.get(i);
            AdmissionPatch patch = patches.get(i);
            parts.add(before.name() + " requests " + text(before.requests()) + " → "
                    + text(merged(before.requests(), patch.requests()))
                    + (patch.limits().isEmpty()
                            ? ""
                            : ", limits " + text(before.limits()) + " → "
                                    + text(merged(before.limits(), patch.limits())))
                    + (patch.cappings().isEmpty() ? "" : " " + patch.cappings()));
        }
        return String.join("; ", parts);
    }

    private static String text(Resources resources) {
        return resources.cpuMillis() + "m/" + (resources.memoryBytes() >> 20) + "Mi";
    }

    private static PodSpec patched(PodSpec spec, List<AdmissionPatch> patches) {
        Map<String, QosClass.Claim> claims = new LinkedHashMap<>();
        for (int i = 0; i < patches.size(); i++) {
            Container container = spec.containers().get(i);
            AdmissionPatch patch = patches.get(i);
            claims.put(
                    container.name(),
                    new QosClass.Claim(
                            merged(container.requests(), patch.requests()),
                            merged(container.limits(), patch.limits())));
        }
        return spec.withClaims(claims);
    }

    /** The amounts with those of a patch over them. */
    public static Resources merged(Resources before, ResourceAmounts patch) {
        Long cpu = patch.cpuMillis();
        Long memory = patch.memoryBytes();
        return new Resources(cpu == null ? before.cpuMillis() : cpu, memory == null ? before.memoryBytes() : memory);
    }
}
