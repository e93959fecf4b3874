package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.cluster.ClusterSpec;
import dev.wavetank.cluster.NodeSpec;
import dev.wavetank.controllers.VictimOrder;
import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.Resources;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Suggestion;
import dev.wavetank.network.BalancerFactory;
import dev.wavetank.network.Balancers;
import dev.wavetank.network.ProxySettings;
import dev.wavetank.network.ProxySettings.Mode;
import dev.wavetank.node.Kubelet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Reads what a scenario says about its cluster. */
final class ClusterReader {

    private static final int DEFAULT_MAX_PODS = 110;
    private static final int MOST_NODES = 10_000;

    private ClusterReader() {}

    /** Reads the cluster; delays it does not state itself are those of the calibration, or else the defaults. */
    static ClusterSpec read(Field cluster, Map<Delay, Distribution> calibration) {
        cluster.expectObject();
        cluster.get("preset").choice("docker-desktop", List.of("docker-desktop"), name -> name);
        ClusterSpec spec = ClusterSpec.dockerDesktop();
        Field nodes = cluster.get("nodes");
        if (nodes.isPresent()) {
            ImmutableList<NodeSpec> read = nodes(nodes);
            if (read.isEmpty()) {
                nodes.problem("a cluster needs at least one node", "Leave nodes out, or list one.");
            } else {
                spec = spec.withNodes(read);
            }
        }
        spec = spec.withProxy(proxy(cluster.get("kubeProxy").expectObject()).withHiddenSources(!nodes.isPresent()));
        String order = cluster.get("victimOrder").choice("kubernetes", List.of("kubernetes", "guide"), name -> name);
        if (order.equals("guide")) {
            spec = spec.withControlPlane(spec.controlPlane().withVictimOrder(VictimOrder.GUIDE));
        }
        Field slices = cluster.get("endpointSlices").expectObject();
        spec = spec.withControlPlane(spec.controlPlane()
                .withEndpointSliceUpdatesBatch(slices.get("updatesBatchPeriod").parsed(0L, Durations::parse)));
        slices.noOthers();
        boolean correlateEvents = cluster.get("correlateEvents").bool(false);
        spec = spec.withControlPlane(spec.controlPlane().withCorrelatedEvents(correlateEvents));
        Field kubelet = cluster.get("kubelet").expectObject();
        spec = spec.withKubelet(new Kubelet.Options(
                kubelet.get("onDemandRelist").bool(Kubelet.Options.STANDARD.onDemandRelist()),
                kubelet.get("manualTriggerRace").number(Kubelet.Options.STANDARD.manualTriggerRace()),
                kubelet.get("maxContainerRestartPeriod")
                        .longInteger(Kubelet.Options.STANDARD.maxContainerRestartPeriodSeconds(), 1, 300),
                kubelet.get("maxParallelImagePulls").integer(Kubelet.Options.STANDARD.maxParallelImagePulls(), 1),
                kubelet.get("statsOnDemand").bool(Kubelet.Options.STANDARD.statsOnDemand()),
                correlateEvents));
        kubelet.noOthers();
        spec = spec.withDelays(spec.delays().with(calibration).with(delays(cluster.get("delays"))));
        // read elsewhere
        cluster.get("registry");
        cluster.get("calibration");
        cluster.noOthers();
        return spec;
    }

    private static ProxySettings proxy(Field proxy) {
        Mode mode = proxy.get("mode").choice(Mode.IPTABLES, List.of(Mode.values()), Mode::text);
        Balancers installed = Balancers.installed();
        Field scheduler = proxy.get("scheduler");
        BalancerFactory factory = scheduler.choice(
                installed.named(ProxySettings.DEFAULT_SCHEDULER),
                installed.names().stream().map(installed::named).toList(),
                BalancerFactory::name);
        if (scheduler.isPresent() && mode != Mode.IPVS) {
            scheduler.problem(
                    "only mode ipvs has a scheduler, this is mode " + mode.text(),
                    "Write mode: ipvs, or leave it out.");
        }
        proxy.noOthers();
        return new ProxySettings(mode, factory, false);
    }

    private static ImmutableList<NodeSpec> nodes(Field list) {
        List<NodeSpec> nodes = new ArrayList<>();
        for (Field node : list.elements()) {
            String name = node.expectObject()
                    .get("name")
                    .required("Give the node a name.")
                    .text("node");
            Field countField = node.get("count");
            int count = (int) countField.longInteger(1, 1, MOST_NODES);
            Resources allocatable = new Resources(
                    node.get("cpu").parsed(4_000L, text -> Quantity.parse(text).milliValue()),
                    node.get("memory")
                            .parsed(16L << 30, text -> Quantity.parse(text).value()));
            int maxPods = node.get("pods").integer(DEFAULT_MAX_PODS, 1);
            List<String> zones = node.get("zones").elements().stream()
                    .map(zone -> zone.text(""))
                    .toList();
            var labels = node.get("labels").stringMap();
            for (int i = 0; i < count; i++) {
                String zone = zones.isEmpty() ? "" : zones.get(i % zones.size());
                String nodeName = countField.isPresent() ? name + "-" + (i + 1) : name;
                nodes.add(new NodeSpec(nodeName, zone, labels, allocatable, maxPods));
            }
            node.noOthers();
        }
        return ImmutableList.copyOf(nodes);
    }

    static Map<Delay, Distribution> delays(Field delays) {
        Map<Delay, Distribution> replaced = new EnumMap<>(Delay.class);
        List<String> known =
                Arrays.stream(Delay.values()).map(Delay::key).sorted().toList();
        for (Field entry : delays.entries()) {
            Delay delay = Arrays.stream(Delay.values())
                    .filter(candidate -> candidate.key().equals(entry.name()))
                    .findFirst()
                    .orElse(null);
            if (delay == null) {
                entry.problem("unknown delay \"" + entry.name() + "\"", Suggestion.sentence(entry.name(), known));
            } else {
                replaced.put(delay, ScenarioReader.distribution(entry, Distribution.parse(delay.standard())));
            }
        }
        return replaced;
    }
}
