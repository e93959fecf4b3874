package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.controllers.scheduling.ClusterSnapshot;
import dev.wavetank.controllers.scheduling.PodInfo;
import dev.wavetank.controllers.scheduling.PodNeeds;
import dev.wavetank.model.Container;
import dev.wavetank.model.Lifecycle;
import dev.wavetank.model.Node;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.PodCondition;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Taint;
import dev.wavetank.model.Toleration;

/** Reads the scheduler vectors' clusters and pods; what the vectors abbreviate is written out as manifests write it. */
final class SchedulerInputs {

    private static final String IMAGE = "app:1";
    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";
    private static final long MEBIBYTE = 1024 * 1024;

    private SchedulerInputs() {}

    static ClusterSnapshot cluster(JsonNode nodes) {
        ClusterSnapshot cluster = new ClusterSnapshot();
        for (JsonNode node : nodes) {
            String name = node.get("name").textValue();
            cluster.putNode(node(node));
            ImmutableMap.Builder<String, Long> images = ImmutableMap.builder();
            node.path("imagesMi")
                    .properties()
                    .forEach(
                            image -> images.put(image.getKey(), image.getValue().longValue() * MEBIBYTE));
            cluster.putImages(name, images.buildOrThrow());
            for (JsonNode pod : node.path("pods")) {
                cluster.putPod(pod(pod, Json.object()), name);
            }
        }
        return cluster;
    }

    private static Node node(JsonNode node) {
        ImmutableList.Builder<Taint> taints = ImmutableList.builder();
        for (JsonNode taint : node.path("taints")) {
            taints.add(new Taint(
                    taint.get("key").textValue(),
                    taint.path("value").asText(),
                    taint.get("effect").textValue()));
        }
        return new Node(
                ObjectMeta.named("", node.get("name").textValue()).withLabels(labels(node.path("labels"))),
                node.path("unschedulable").asBoolean(),
                taints.build(),
                new Resources(
                        node.get("allocatableCpuMilli").longValue(),
                        node.get("allocatableMemoryMi").longValue() * MEBIBYTE),
                node.get("allocatablePods").intValue(),
                PodCondition.Status.TRUE,
                ImmutableMap.of());
    }

    static PodInfo incoming(JsonNode pod) {
        return pod(pod.get("spec"), pod);
    }

    /** A pod of its containers, labels and so on, and of its wishes where to go. */
    private static PodInfo pod(JsonNode pod, JsonNode wishes) {
        ImmutableList<Container> init = ImmutableList.<Container>builder()
                .addAll(containers(pod.path("sidecars"), true))
                .addAll(containers(pod.path("initContainers"), false))
                .build();
        PodSpec spec = new PodSpec(
                init,
                containers(pod.path("containers"), false),
                PodSpec.RestartPolicy.ALWAYS,
                30,
                labels(wishes.path("nodeSelector")),
                tolerations(wishes.path("tolerations")),
                pod.path("priority").intValue(),
                0,
                source(pod, wishes));
        return new PodInfo(
                pod.get("name").textValue(), "default", labels(pod.path("labels")), PodNeeds.of(spec), false);
    }

    private static ImmutableList<Container> containers(JsonNode containers, boolean sidecar) {
        ImmutableList.Builder<Container> all = ImmutableList.builder();
        for (JsonNode container : containers) {
            all.add(new Container(
                    "c",
                    IMAGE,
                    Container.ImagePullPolicy.IF_NOT_PRESENT,
                    ImmutableList.of(),
                    new Resources(
                            container.path("cpuMilli").longValue(),
                            container.path("memoryMi").longValue() * MEBIBYTE),
                    Resources.NONE,
                    null,
                    null,
                    null,
                    Lifecycle.NONE,
                    sidecar));
        }
        return all.build();
    }

    private static ImmutableList<Toleration> tolerations(JsonNode tolerations) {
        ImmutableList.Builder<Toleration> all = ImmutableList.builder();
        for (JsonNode toleration : tolerations) {
            all.add(new Toleration(
                    toleration.path("key").asText(),
                    toleration.path("operator").asText().equals("Exists"),
                    toleration.path("value").asText(),
                    toleration.path("effect").asText(),
                    null));
        }
        return all.build();
    }

    private static ObjectNode source(JsonNode pod, JsonNode wishes) {
        ObjectNode source = Json.object();
        if (pod.has("hostPort")) {
            source.withArray("/containers")
                    .addObject()
                    .putArray("ports")
                    .addObject()
                    .set("hostPort", pod.get("hostPort"));
        }
        for (JsonNode constraint : wishes.path("topologySpreadConstraints")) {
            ObjectNode written = constraint.deepCopy();
            written.set("labelSelector", selector(constraint));
            source.withArray("/topologySpreadConstraints").add(written);
        }
        if (wishes.has("preferredNodeAffinity")) {
            JsonNode wish = wishes.get("preferredNodeAffinity");
            ObjectNode preference = source.withArray("/affinity/nodeAffinity/" + PREFERRED)
                    .addObject()
                    .put("weight", wish.get("weight").intValue());
            ObjectNode expression =
                    preference.withArray("/preference/matchExpressions").addObject();
            expression.set("key", wish.get("key"));
            expression.put("operator", "In").set("values", wish.get("in"));
        }
        if (wishes.has("requiredPodAffinity")) {
            source.withArray("/affinity/podAffinity/" + REQUIRED).add(term(wishes.get("requiredPodAffinity")));
        }
        if (wishes.has("requiredPodAntiAffinity")) {
            source.withArray("/affinity/podAntiAffinity/" + REQUIRED).add(term(wishes.get("requiredPodAntiAffinity")));
        }
        if (wishes.has("preferredPodAffinity")) {
            source.withArray("/affinity/podAffinity/" + PREFERRED).add(weighted(wishes.get("preferredPodAffinity")));
        }
        if (wishes.has("preferredPodAntiAffinity")) {
            source.withArray("/affinity/podAntiAffinity/" + PREFERRED)
                    .add(weighted(wishes.get("preferredPodAntiAffinity")));
        }
        return source;
    }

    private static ObjectNode weighted(JsonNode wish) {
        ObjectNode weighted = Json.object().put("weight", wish.get("weight").intValue());
        weighted.set("podAffinityTerm", term(wish));
        return weighted;
    }

    private static ObjectNode term(JsonNode wish) {
        ObjectNode term =
                Json.object().put("topologyKey", wish.get("topologyKey").textValue());
        term.set("labelSelector", selector(wish));
        return term;
    }

    private static ObjectNode selector(JsonNode wish) {
        ObjectNode selector = Json.object();
        selector.set("matchLabels", wish.get("matchLabels"));
        return selector;
    }

    static ImmutableMap<String, String> labels(JsonNode labels) {
        ImmutableMap.Builder<String, String> all = ImmutableMap.builder();
        labels.properties()
                .forEach(label -> all.put(label.getKey(), label.getValue().textValue()));
        return all.buildOrThrow();
    }
}
