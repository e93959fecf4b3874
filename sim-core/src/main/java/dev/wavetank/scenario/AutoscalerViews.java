package dev.wavetank.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.wavetank.autoscaling.keda.ScaledObject;
import dev.wavetank.autoscaling.knative.Serving;
import dev.wavetank.autoscaling.vpa.ContainerRecommendation;
import dev.wavetank.autoscaling.vpa.Resource;
import dev.wavetank.autoscaling.vpa.ResourceAmounts;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.ColdStarts;
import dev.wavetank.cluster.WorkQueue;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.EventObject;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.manifest.Suggestion;
import dev.wavetank.scenario.Expressions.ConditionException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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

    /**
     * A ScaledObject: its bounds, whether it is {@code ready}, {@code active}, {@code paused} and in {@code fallback}, the
     * replicas of its target, how often it was taken from zero and back, and of an HTTPScaledObject of the same name the
     * cold starts: how many, and how long the first request of the last and of the slowest one waited.
     */
    Map<String, Object> scaledObject(String name) {
        KeptObject object = find(ScaledObject.KIND, name);
        Map<String, Object> view = view(object, name, List.of("Ready", "Active", "Fallback", "Paused"));
        JsonNode status = object == null ? MissingNode.getInstance() : CustomResource.status(object);
        ScaledObject read = object == null ? null : ScaledObject.of(object);
        Deployment target =
                read == null ? null : cluster.deployment(read.target().name());
        view.put("min", read == null ? 0L : (long) read.spec().minReplicaCount());
        view.put("max", read == null ? 0L : (long) read.spec().maxReplicaCount());
        view.put("replicas", target == null ? 0L : (long) target.spec().replicas());
        for (String type : List.of("Ready", "Active", "Fallback", "Paused")) {
            view.put(
                    type.toLowerCase(Locale.ROOT),
                    CustomResource.conditionStatus(status, type).equals("True"));
        }
        view.put("activations", events(ScaledObject.KIND, name, "KEDAScaleTargetActivated"));
        view.put("deactivations", events(ScaledObject.KIND, name, "KEDAScaleTargetDeactivated"));
        view.putAll(coldStarts(cluster.coldStarts(name)));
        return view;
    }

    /**
     * A Service of Knative: whether it is {@code ready}, how many {@code revisions} it has and which is the {@code
     * latestReady}; of all its revisions together the replicas, ready pods, held requests, times of panic and cold starts;
     * and of the latest ready one what it wants and whether requests pass the activator.
     */
    Map<String, Object> kservice(String name) {
        KeptObject object = find(Serving.SERVICE, name);
        Map<String, Object> view = view(object, name, List.of("Ready"));
        JsonNode status = object == null ? MissingNode.getInstance() : CustomResource.status(object);
        String latest = status.path("latestReadyRevisionName").asText();
        long revisions = 0;
        long replicas = 0;
        long ready = 0;
        long held = 0;
        long panics = 0;
        long starts = 0;
        long last = 0;
        long slowest = 0;
        Map<String, Object> pods = new LinkedHashMap<>();
        for (KubernetesObject each : cluster.store().list(Serving.REVISION)) {
            if (!name.equals(each.metadata().labels().get(Serving.SERVICE_LABEL))) {
                continue;
            }
            revisions++;
            String revision = each.metadata().name();
            Deployment deployment = cluster.deployment(revision + "-deployment");
            replicas += deployment == null ? 0 : deployment.spec().replicas();
            ready += deployment == null ? 0 : deployment.status().readyReplicas();
            pods.put(
                    revision,
                    deployment == null ? 0L : (long) deployment.status().readyReplicas());
            held += cluster.heldRequests(revision);
            panics += statusOf(Serving.POD_AUTOSCALER, revision).path("panics").asLong();
            ColdStarts seen = cluster.coldStartsOfRevision(revision);
            if (seen != null) {
                starts += seen.count();
                last = Math.max(last, seen.lastNanos());
                slowest = Math.max(slowest, seen.longestNanos());
            }
        }
        view.put("ready", CustomResource.conditionStatus(status, "Ready").equals("True"));
        view.put("revisions", revisions);
        view.put("latestReady", latest);
        view.put("replicas", replicas);
        view.put("readyPods", ready);
        view.put("podsByRevision", pods);
        view.put("held", held);
        view.put("panics", panics);
        view.put(
                "panicking",
                statusOf(Serving.POD_AUTOSCALER, latest).path("panicking").asBoolean());
        view.put(
                "desired",
                statusOf(Serving.POD_AUTOSCALER, latest).path("desiredScale").asLong(-1));
        view.put(
                "mode",
                statusOf(Serving.SERVERLESS_SERVICE, latest).path("mode").asText());
        view.put("coldStarts", starts);
        view.put("coldStart", Duration.ofNanos(last));
        view.put("slowestColdStart", Duration.ofNanos(slowest));
        return view;
    }

    private JsonNode statusOf(ResourceKind kind, String name) {
        return cluster.store().get(new ObjectKey(kind, "default", name)) instanceof KeptObject object
                ? CustomResource.status(object)
                : MissingNode.getInstance();
    }

    private static Map<String, Object> coldStarts(@Nullable ColdStarts seen) {
        return Map.of(
                "coldStarts",
                seen == null ? 0L : (long) seen.count(),
                "coldStart",
                Duration.ofNanos(seen == null ? 0 : seen.lastNanos()),
                "slowestColdStart",
                Duration.ofNanos(seen == null ? 0 : seen.longestNanos()));
    }

    /** A queue: its {@code length} now and at its longest, how many messages have {@code arrived} and are {@code done}. */
    Map<String, Object> queue(String name) {
        WorkQueue queue = cluster.queues().get(name);
        if (queue == null) {
            throw new ConditionException("there is no queue \"" + name + "\"; "
                    + Suggestion.sentence(name, cluster.queues().keySet()));
        }
        return Map.of(
                "length",
                (long) queue.length(),
                "longest",
                (long) queue.longest(),
                "arrived",
                queue.arrived(),
                "done",
                queue.done(),
                "longestWait",
                Duration.ofNanos(queue.longestWaitNanos()));
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
                        condition.path("type").asText(),
                        condition.path("status").asText());
                reasons.put(
                        condition.path("type").asText(),
                        condition.path("reason").asText());
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
