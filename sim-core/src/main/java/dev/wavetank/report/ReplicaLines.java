package dev.wavetank.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.cluster.History;
import dev.wavetank.cluster.History.AutoscalerRow;
import dev.wavetank.cluster.History.DeploymentRow;
import dev.wavetank.cluster.History.SliceRow;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.Endpoint;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Metric;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetType;
import dev.wavetank.model.HorizontalPodAutoscalerStatus.MetricValue;
import dev.wavetank.model.KubernetesObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How many pods there should be and are: Deployments, the autoscalers over them, and the endpoints of Services. */
final class ReplicaLines {

    private static final double THOUSANDTH = 1000;

    private final History history;
    private final long until;
    private final ObjectNode run;

    private ReplicaLines(History history, long until, ObjectNode run) {
        this.history = history;
        this.until = until;
        this.run = run;
    }

    /** Writes {@code replicas}, {@code autoscalers} and {@code services}. */
    static void write(History history, long untilNanos, ObjectNode run) {
        ReplicaLines lines = new ReplicaLines(history, untilNanos, run);
        lines.deployments();
        lines.autoscalers();
        lines.services();
    }

    private void deployments() {
        Map<String, Steps> byName = new LinkedHashMap<>();
        for (KubernetesObject object : history.atOrigin()) {
            if (object instanceof Deployment deployment) {
                add(byName, 0, deployment);
            }
        }
        for (DeploymentRow row : history.deployments()) {
            add(byName, row.at(), row.deployment());
        }
        ArrayNode replicas = run.putArray("replicas");
        byName.forEach((name, steps) -> {
            ObjectNode node = replicas.addObject();
            node.put("name", "deployment/" + name);
            steps.writeTo(node, until);
        });
    }

    private static void add(Map<String, Steps> byName, long at, Deployment deployment) {
        byName.computeIfAbsent(deployment.name(), unused -> new Steps("spec", "replicas", "ready", "updated"))
                .add(
                        at,
                        deployment.spec().replicas(),
                        deployment.status().replicas(),
                        deployment.status().readyReplicas(),
                        deployment.status().updatedReplicas());
    }

    private void autoscalers() {
        Map<String, HorizontalPodAutoscaler> latest = new LinkedHashMap<>();
        Map<String, Steps> desired = new LinkedHashMap<>();
        Map<String, Steps> metrics = new LinkedHashMap<>();
        for (KubernetesObject object : history.atOrigin()) {
            if (object instanceof HorizontalPodAutoscaler autoscaler) {
                add(autoscaler, 0, latest, desired, metrics);
            }
        }
        for (AutoscalerRow row : history.autoscalers()) {
            add(row.autoscaler(), row.at(), latest, desired, metrics);
        }
        ArrayNode autoscalers = run.putArray("autoscalers");
        latest.forEach((name, autoscaler) -> {
            ObjectNode node = autoscalers.addObject();
            node.put("name", name);
            node.put(
                    "target",
                    autoscaler.spec().scaleTargetRef().kind().toLowerCase(Locale.ROOT) + "/"
                            + autoscaler.spec().scaleTargetRef().name());
            node.put("min", autoscaler.spec().minReplicas());
            node.put("max", autoscaler.spec().maxReplicas());
            Steps wanted = desired.get(name);
            if (wanted != null) {
                wanted.writeTo(node, until);
            }
            ArrayNode looked = node.putArray("metrics");
            List<Metric> declared = autoscaler.spec().metrics();
            for (int i = 0; i < declared.size(); i++) {
                Steps values = metrics.get(name + " " + i);
                if (values != null) {
                    metric(looked.addObject(), declared.get(i), values);
                }
            }
        });
    }

    private static void add(
            HorizontalPodAutoscaler autoscaler,
            long at,
            Map<String, HorizontalPodAutoscaler> latest,
            Map<String, Steps> desired,
            Map<String, Steps> metrics) {
        String name = autoscaler.name();
        latest.put(name, autoscaler);
        int wanted = autoscaler.status().desiredReplicas();
        desired.computeIfAbsent(name, unused -> new Steps("desired"))
                .add(at, autoscaler.status().conditions().isEmpty() ? Double.NaN : wanted);
        List<Metric> declared = autoscaler.spec().metrics();
        List<MetricValue> seen = autoscaler.status().currentMetrics();
        for (int i = 0; i < declared.size(); i++) {
            double value = i < seen.size() ? value(declared.get(i), seen.get(i)) : Double.NaN;
            metrics.computeIfAbsent(name + " " + i, unused -> new Steps("value"))
                    .add(at, value);
        }
    }

    private static double value(Metric metric, MetricValue seen) {
        Number value = switch (metric.target().type()) {
            case UTILIZATION -> seen.averageUtilization();
            case AVERAGE_VALUE -> seen.averageValueMilli();
            case VALUE -> seen.valueMilli();
        };
        return value == null ? Double.NaN : inUnit(metric, value.doubleValue());
    }

    private static double inUnit(Metric metric, double amount) {
        return metric.target().type() == TargetType.UTILIZATION ? amount : amount / THOUSANDTH;
    }

    private void metric(ObjectNode node, Metric metric, Steps values) {
        String of = metric.container().isEmpty() ? "" : " of container " + metric.container();
        boolean utilization = metric.target().type() == TargetType.UTILIZATION;
        String per = metric.target().type() == TargetType.AVERAGE_VALUE ? " per pod" : "";
        node.put("name", metric.name() + of + (utilization ? " utilization" : per));
        node.put("unit", utilization ? "%" : "");
        node.put("target", inUnit(metric, (double) metric.target().amount()));
        values.writeTo(node, until);
    }

    private void services() {
        Map<String, Map<String, EndpointSlice>> slices = new LinkedHashMap<>();
        Map<String, Steps> byService = new LinkedHashMap<>();
        for (KubernetesObject object : history.atOrigin()) {
            if (object instanceof EndpointSlice slice) {
                add(slice, false, 0, slices, byService);
            }
        }
        for (SliceRow row : history.slices()) {
            add(row.slice(), row.type().equals("DELETED"), row.at(), slices, byService);
        }
        ArrayNode services = run.putArray("services");
        byService.forEach((name, steps) -> {
            ObjectNode node = services.addObject();
            node.put("name", "service/" + name);
            steps.writeTo(node, until);
        });
    }

    private static void add(
            EndpointSlice slice,
            boolean gone,
            long at,
            Map<String, Map<String, EndpointSlice>> slices,
            Map<String, Steps> byService) {
        Map<String, EndpointSlice> own = slices.computeIfAbsent(slice.serviceName(), unused -> new LinkedHashMap<>());
        if (gone) {
            own.remove(slice.metadata().name());
        } else {
            own.put(slice.metadata().name(), slice);
        }
        int ready = 0;
        int leaving = 0;
        int notReady = 0;
        for (EndpointSlice each : own.values()) {
            for (Endpoint endpoint : each.endpoints()) {
                ready += endpoint.ready() ? 1 : 0;
                leaving += endpoint.terminating() ? 1 : 0;
                notReady += !endpoint.ready() && !endpoint.terminating() ? 1 : 0;
            }
        }
        byService
                .computeIfAbsent(slice.serviceName(), unused -> new Steps("ready", "notReady", "terminating"))
                .add(at, ready, notReady, leaving);
    }
}
