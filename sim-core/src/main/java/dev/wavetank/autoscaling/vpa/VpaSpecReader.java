package dev.wavetank.autoscaling.vpa;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.autoscaling.vpa.ContainerPolicy.ControlledValues;
import dev.wavetank.autoscaling.vpa.EvictionRequirement.Change;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetRef;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.manifest.CustomResources;
import dev.wavetank.model.manifest.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the spec of a VerticalPodAutoscaler; what is wrong goes to the findings.
 *
 * <p>Source: vertical-pod-autoscaler pkg/apis/autoscaling.k8s.io/v1/types.go and pkg/admission-controller/resource/vpa.
 */
final class VpaSpecReader {

    private static final long NANO_UNITS = 1000;
    private static final List<String> MODES =
            List.of(UpdateMode.values()).stream().map(UpdateMode::apiName).toList();

    private VpaSpecReader() {}

    static void check(Field spec) {
        target(spec);
        mode(spec);
        minReplicas(spec);
        policy(spec);
        evictionRequirements(spec);
        if (spec.get("recommenders").elements().size() > 1) {
            spec.get("recommenders").problem("there is more than one recommender", "Name at most one.");
        }
        CustomResources.leftOvers(spec, "VerticalPodAutoscaler spec");
    }

    static TargetRef target(Field spec) {
        Field ref = spec.get("targetRef")
                .required("Name the workload: targetRef: {apiVersion: apps/v1, kind: Deployment, name: …}.")
                .expectObject();
        TargetRef read = new TargetRef(
                ref.get("apiVersion").text("apps/v1"),
                ref.isPresent()
                        ? ref.get("kind")
                                .required("Name the kind, such as Deployment.")
                                .text("")
                        : "",
                ref.isPresent() ? ref.get("name").required("Name the object.").text("") : "");
        CustomResources.leftOvers(ref, "VerticalPodAutoscaler spec.targetRef");
        return read;
    }

    static UpdateMode mode(Field spec) {
        Field policy = spec.get("updatePolicy").expectObject();
        Field mode = policy.get("updateMode");
        if (!policy.isPresent()) {
            return UpdateMode.RECREATE;
        }
        UpdateMode read = UpdateMode.of(mode.required("Give one of " + String.join(", ", MODES) + ".")
                .choice(UpdateMode.RECREATE.apiName(), MODES, text -> text));
        if (read == UpdateMode.IN_PLACE) {
            mode.problem(
                    "updateMode InPlace needs the feature gate InPlace, which is alpha and off",
                    "Write InPlaceOrRecreate.");
        }
        return read;
    }

    static @Nullable Integer minReplicas(Field spec) {
        return spec.get("updatePolicy").get("minReplicas").integerOrNull(1);
    }

    static ImmutableList<EvictionRequirement> evictionRequirements(Field spec) {
        ImmutableList.Builder<EvictionRequirement> requirements = ImmutableList.builder();
        Field policy = spec.get("updatePolicy");
        policy.get("updateMode");
        policy.get("minReplicas");
        for (Field requirement : policy.get("evictionRequirements").elements()) {
            requirements.add(new EvictionRequirement(
                    resources(requirement.expectObject().get("resources")),
                    requirement
                            .get("changeRequirement")
                            .required("Write TargetHigherThanRequests or TargetLowerThanRequests.")
                            .choice(
                                    Change.TARGET_HIGHER_THAN_REQUESTS,
                                    List.of(Change.values()),
                                    change -> change == Change.TARGET_HIGHER_THAN_REQUESTS
                                            ? "TargetHigherThanRequests"
                                            : "TargetLowerThanRequests")));
        }
        CustomResources.leftOvers(policy, "VerticalPodAutoscaler spec.updatePolicy");
        return requirements.build();
    }

    static ResourcePolicy policy(Field spec) {
        Map<String, ContainerPolicy> policies = new LinkedHashMap<>();
        Field policy = spec.get("resourcePolicy").expectObject();
        for (Field container : policy.get("containerPolicies").elements()) {
            String name = container
                    .expectObject()
                    .get("containerName")
                    .required("Name the container, or write \"*\" for all others.")
                    .text("*");
            if (policies.putIfAbsent(name, containerPolicy(container)) != null) {
                container.problem("there are two policies for container " + name, "Merge them into one.");
            }
        }
        CustomResources.leftOvers(policy, "VerticalPodAutoscaler spec.resourcePolicy");
        return new ResourcePolicy(policies);
    }

    private static ContainerPolicy containerPolicy(Field container) {
        Field mode = container.get("mode");
        boolean scaled =
                mode.choice("Auto", List.of("Auto", "Off"), text -> text).equals("Auto");
        Field values = container.get("controlledValues");
        ControlledValues controlled = values.choice(
                ControlledValues.REQUESTS_AND_LIMITS,
                List.of(ControlledValues.values()),
                each -> each == ControlledValues.REQUESTS_ONLY ? "RequestsOnly" : "RequestsAndLimits");
        if (!scaled && values.isPresent() && controlled == ControlledValues.REQUESTS_AND_LIMITS) {
            values.problem("mode Off does not go with controlledValues RequestsAndLimits", "Remove one of the two.");
        }
        Field min = container.get("minAllowed").expectObject();
        Field max = container.get("maxAllowed").expectObject();
        ResourceAmounts least = amounts(min);
        ResourceAmounts most = amounts(max);
        for (Resource resource : Resource.values()) {
            if (most.orZero(resource) > 0 && least.orZero(resource) > most.orZero(resource)) {
                max.get(resource.apiName())
                        .problem("maxAllowed is below minAllowed", "Raise the one or lower the other.");
            }
        }
        Field controlledResources = container.get("controlledResources");
        ContainerPolicy read = new ContainerPolicy(
                scaled,
                least,
                most,
                controlledResources.isPresent()
                        ? ImmutableSet.copyOf(resources(controlledResources))
                        : ContainerPolicy.DEFAULT.controlledResources(),
                controlled);
        CustomResources.leftOvers(container, "VerticalPodAutoscaler spec.resourcePolicy.containerPolicies");
        return read;
    }

    private static List<Resource> resources(Field list) {
        return list.elements().stream()
                .map(each -> each.choice(Resource.CPU, List.of(Resource.values()), Resource::apiName))
                .toList();
    }

    private static ResourceAmounts amounts(Field map) {
        Field cpu = map.get("cpu");
        Field memory = map.get("memory");
        return new ResourceAmounts(
                cpu.isPresent() ? Long.valueOf(cpu.parsed(0L, VpaSpecReader::wholeMillis)) : null,
                memory.isPresent() ? Long.valueOf(memory.parsed(0L, VpaSpecReader::wholeBytes)) : null);
    }

    private static long wholeMillis(String text) {
        Quantity quantity = Quantity.parse(text);
        if (!quantity.equals(Quantity.ofMillis(quantity.milliValue()))) {
            throw new IllegalArgumentException(text + " is finer than a thousandth of a core; write whole millicores");
        }
        return quantity.milliValue();
    }

    private static long wholeBytes(String text) {
        Quantity quantity = Quantity.parse(text);
        if (quantity.milliValue() % NANO_UNITS != 0) {
            throw new IllegalArgumentException(text + " is not a whole number of bytes; write one such as 250Mi");
        }
        return quantity.value();
    }
}
