package dev.wavetank.controllers.scheduling;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.controllers.scheduling.NodeTerm.Operator;
import dev.wavetank.controllers.scheduling.PodAffinity.Term;
import dev.wavetank.controllers.scheduling.PodAffinity.Weighted;
import dev.wavetank.controllers.scheduling.PodNeeds.HostPort;
import dev.wavetank.model.Container;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.Resources;
import java.util.Arrays;
import java.util.function.Function;

/** Reads from a pod's spec what only the scheduler looks at. The spec has been checked before. */
final class PodNeedsReader {

    private static final long SCORED_CPU_MILLIS = 100;
    private static final long SCORED_MEMORY_BYTES = 200L * 1024 * 1024;

    private PodNeedsReader() {}

    static PodNeeds read(PodSpec spec) {
        JsonNode source = spec.source();
        JsonNode affinity = source.path("affinity");
        JsonNode nodeAffinity = affinity.path("nodeAffinity");
        ImmutableList.Builder<String> images = ImmutableList.builder();
        spec.initContainers().forEach(container -> images.add(container.image()));
        spec.containers().forEach(container -> images.add(container.image()));
        return new PodNeeds(
                requests(spec, spec.requests()),
                requests(spec, spec.requests(PodNeedsReader::scored)),
                spec.priority(),
                spec.tolerations(),
                spec.nodeSelector(),
                list(
                        nodeAffinity
                                .path("requiredDuringSchedulingIgnoredDuringExecution")
                                .path("nodeSelectorTerms"),
                        PodNeedsReader::nodeTerm),
                list(
                        nodeAffinity.path("preferredDuringSchedulingIgnoredDuringExecution"),
                        each -> new NodeTerm.Preferred(
                                each.path("weight").intValue(), nodeTerm(each.path("preference")))),
                podAffinity(affinity),
                list(source.path("topologySpreadConstraints"), PodNeedsReader::spreadConstraint),
                hostPorts(source),
                images.build());
    }

    /** The pod's own resources, if it states some, take the place of its containers' sum; then comes overhead. */
    private static Resources requests(PodSpec spec, Resources containers) {
        JsonNode own = spec.source().path("resources").path("requests");
        Resources base = new Resources(
                own.has("cpu") ? quantity(own.get("cpu")).milliValue() : containers.cpuMillis(),
                own.has("memory") ? quantity(own.get("memory")).value() : containers.memoryBytes());
        JsonNode overhead = spec.source().path("overhead");
        return base.plus(new Resources(
                overhead.has("cpu") ? quantity(overhead.get("cpu")).milliValue() : 0,
                overhead.has("memory") ? quantity(overhead.get("memory")).value() : 0));
    }

    private static Quantity quantity(JsonNode amount) {
        return Quantity.parse(amount.asText());
    }

    /** What a container counts for in scores: some for what it does not state. */
    private static Resources scored(Container container) {
        Resources requests = container.requests();
        return new Resources(
                requests.cpuMillis() == 0 ? SCORED_CPU_MILLIS : requests.cpuMillis(),
                requests.memoryBytes() == 0 ? SCORED_MEMORY_BYTES : requests.memoryBytes());
    }

    private static NodeTerm nodeTerm(JsonNode term) {
        return new NodeTerm(
                list(term.path("matchExpressions"), PodNeedsReader::nodeRequirement),
                list(term.path("matchFields"), PodNeedsReader::nodeRequirement));
    }

    private static NodeTerm.Requirement nodeRequirement(JsonNode requirement) {
        String written = requirement.path("operator").asText();
        Operator operator = Arrays.stream(Operator.values())
                .filter(known -> known.text().equals(written))
                .findFirst()
                .orElseThrow(() -> unknownOperator(written));
        return new NodeTerm.Requirement(
                requirement.path("key").asText(), operator, list(requirement.path("values"), JsonNode::asText));
    }

    private static PodAffinity podAffinity(JsonNode affinity) {
        JsonNode near = affinity.path("podAffinity");
        JsonNode apart = affinity.path("podAntiAffinity");
        if (near.isMissingNode() && apart.isMissingNode()) {
            return PodAffinity.NONE;
        }
        return new PodAffinity(
                list(near.path("requiredDuringSchedulingIgnoredDuringExecution"), PodNeedsReader::podTerm),
                list(apart.path("requiredDuringSchedulingIgnoredDuringExecution"), PodNeedsReader::podTerm),
                list(near.path("preferredDuringSchedulingIgnoredDuringExecution"), PodNeedsReader::weighted),
                list(apart.path("preferredDuringSchedulingIgnoredDuringExecution"), PodNeedsReader::weighted));
    }

    private static Weighted weighted(JsonNode preference) {
        return new Weighted(preference.path("weight").intValue(), podTerm(preference.path("podAffinityTerm")));
    }

    private static Term podTerm(JsonNode term) {
        return new Term(
                selector(term.path("labelSelector")),
                term.path("topologyKey").asText(),
                ImmutableSet.copyOf(list(term.path("namespaces"), JsonNode::asText)));
    }

    private static SpreadConstraint spreadConstraint(JsonNode constraint) {
        return new SpreadConstraint(
                constraint.path("maxSkew").intValue(),
                constraint.path("topologyKey").asText(),
                constraint.path("whenUnsatisfiable").asText().equals("DoNotSchedule"),
                selector(constraint.path("labelSelector")),
                constraint.path("minDomains").asInt(1),
                constraint.path("nodeAffinityPolicy").asText().equals("Ignore"),
                constraint.path("nodeTaintsPolicy").asText().equals("Honor"));
    }

    private static LabelSelector selector(JsonNode selector) {
        ImmutableMap.Builder<String, String> labels = ImmutableMap.builder();
        selector.path("matchLabels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asText()));
        return new LabelSelector(
                labels.buildOrThrow(), list(selector.path("matchExpressions"), PodNeedsReader::labelRequirement));
    }

    private static LabelSelector.Requirement labelRequirement(JsonNode requirement) {
        String written = requirement.path("operator").asText();
        LabelSelector.Operator operator = Arrays.stream(LabelSelector.Operator.values())
                .filter(known -> known.text().equals(written))
                .findFirst()
                .orElseThrow(() -> unknownOperator(written));
        return new LabelSelector.Requirement(
                requirement.path("key").asText(),
                operator,
                ImmutableSet.copyOf(list(requirement.path("values"), JsonNode::asText)));
    }

    private static IllegalArgumentException unknownOperator(String written) {
        return new IllegalArgumentException("unknown operator \"" + written + "\" in a requirement");
    }

    private static ImmutableList<HostPort> hostPorts(JsonNode spec) {
        ImmutableList.Builder<HostPort> ports = ImmutableList.builder();
        for (JsonNode container : spec.path("containers")) {
            for (JsonNode port : container.path("ports")) {
                int hostPort = port.path("hostPort").intValue();
                if (hostPort > 0) {
                    ports.add(new HostPort(
                            port.path("hostIP").asText(HostPort.ANY_ADDRESS),
                            port.path("protocol").asText("TCP"),
                            hostPort));
                }
            }
        }
        return ports.build();
    }

    private static <T> ImmutableList<T> list(JsonNode array, Function<JsonNode, T> read) {
        ImmutableList.Builder<T> list = ImmutableList.builder();
        array.forEach(element -> list.add(read.apply(element)));
        return list.build();
    }
}
