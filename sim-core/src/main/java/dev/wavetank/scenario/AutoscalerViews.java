package dev.wavetank.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.autoscaling.vpa.ContainerRecommendation;
import dev.wavetank.autoscaling.vpa.Resource;
import dev.wavetank.autoscaling.vpa.ResourceAmounts;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.Suggestion;
import dev.wavetank.scenario.Expressions.ConditionException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What conditions can ask of autoscalers beyond Kubernetes' own, as maps with documented keys. */
final class AutoscalerViews {

    private final Cluster cluster;
    private final Set<String> toCome;

    /** Views of a cluster in which objects of some names may yet come. */
    AutoscalerViews(Cluster cluster, Set<String> toCome) {
        this.cluster = cluster;
        this.toCome = toCome;
    }

    /**
     * A VerticalPodAutoscaler: whether it {@code exists} and has {@code provided} a recommendation, its {@code mode}, by
     * container {@code target}, {@code lower} and {@code upper} with {@code cpu} in millicores and {@code memory} in bytes,
     * how many pods it has had evicted and resized, and the status of each condition by type.
     */
    Map<String, Object> vpa(String name) {
        KeptObject object = find(VerticalPodAutoscaler.KIND, name);
        Map<String, Object> view =
                view(object, name, List.of("RecommendationProvided", "NoPodsMatched", "ConfigUnsupported"));
        Map<String, Object> target = new LinkedHashMap<>();
        Map<String, Object> lower = new LinkedHashMap<>();
        Map<String, Object> upper = new LinkedHashMap<>();
        // before there is anything to say it is zero, of every container it may come to be about
        containersInTemplates().forEach(container -> {
            target.put(container, amounts(ResourceAmounts.NONE));
            lower.put(container, amounts(ResourceAmounts.NONE));
            upper.put(container, amounts(ResourceAmounts.NONE));
        });
        boolean provided = false;
        if (object != null) {
            VerticalPodAutoscaler autoscaler = VerticalPodAutoscaler.of(object);
            view.put("mode", autoscaler.mode().apiName());
            provided = !autoscaler.recommendations().isEmpty();
            for (ContainerRecommendation each : autoscaler.recommendations()) {
                target.put(each.containerName(), amounts(each.target()));
                lower.put(each.containerName(), amounts(each.lowerBound()));
                upper.put(each.containerName(), amounts(each.upperBound()));
            }
        }
        view.putIfAbsent("mode", "");
        view.put("provided", provided);
        view.put("target", target);
        view.put("lower", lower);
        view.put("upper", upper);
        view.put("evictions", events(VerticalPodAutoscaler.KIND, name, "EvictedPod"));
        view.put("resizes", events(ResourceKind.POD, "", "InPlaceResizedByVPA"));
        return view;
    }

    private static Map<String, Object> amounts(ResourceAmounts amounts) {
        return Map.of("cpu", amounts.orZero(Resource.CPU), "memory", amounts.orZero(Resource.MEMORY));
    }

    /** What all views have: {@code name}, {@code exists} and {@code conditions}. */
    private static Map<String, Object> view(@Nullable KeptObject object, String name, List<String> conditionTypes) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("name", name);
        view.put("exists", object != null);
        Map<String, Object> conditions = new LinkedHashMap<>();
        Map<String, Object> reasons = new LinkedHashMap<>();
        conditionTypes.forEach(type -> {
            conditions.put(type, "");
            reasons.put(type, "");
        });
        if (object != null) {
            for (JsonNode condition : CustomResource.status(object).path("conditions")) {
                conditions.put(
                        condition.path("type").asText(), condition.path("status").asText());
                reasons.put(
                        condition.path("type").asText(), condition.path("reason").asText());
            }
        }
        view.put("conditions", conditions);
        view.put("reasons", reasons);
        return view;
    }

    private Set<String> containersInTemplates() {
        Set<String> names = new LinkedHashSet<>();
        for (KubernetesObject object : cluster.store().list(ResourceKind.DEPLOYMENT)) {
            ((Deployment) object).spec().template().spec().containers().forEach(each -> names.add(each.name()));
        }
        return names;
    }

    private @Nullable KeptObject find(ResourceKind kind, String name) {
        KubernetesObject found = cluster.store().get(new ObjectKey(kind, "default", name));
        if (found == null && !toCome.contains(name)) {
            List<String> names = cluster.store().list(kind).stream()
                    .map(object -> object.metadata().name())
                    .toList();
            throw new ConditionException(
                    "there is no " + kind.kind() + " \"" + name + "\"; " + Suggestion.sentence(name, names));
        }
        return (KeptObject) found;
    }

    /** How often something was said of an object, or with an empty name of any of its kind. */
    private long events(ResourceKind kind, String name, String reason) {
        long count = 0;
        for (KubernetesObject object : cluster.store().list(ResourceKind.EVENT)) {
            EventObject event = (EventObject) object;
            boolean ours = event.regarding().kind().equals(kind)
                    && (name.isEmpty() || event.regarding().name().equals(name))
                    && event.reason().equals(reason);
            count += ours ? event.count() : 0;
        }
        return count;
    }
}
