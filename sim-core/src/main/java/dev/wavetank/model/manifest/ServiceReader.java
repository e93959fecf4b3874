package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Service;
import dev.wavetank.model.Service.Port;
import dev.wavetank.model.Service.TrafficPolicy;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads Services.
 *
 * <p>Source of defaults and rules: kubernetes 1.36 pkg/apis/core/v1/defaults.go and pkg/apis/core/validation.
 */
final class ServiceReader {

    private static final int DEFAULT_AFFINITY_SECONDS = 10_800;
    private static final int LONGEST_AFFINITY_SECONDS = 86_400;

    private ServiceReader() {}

    static @Nullable KubernetesObject read(Field manifest) {
        ObjectMeta metadata = MetadataReader.read(manifest.get("metadata"));
        Field spec = manifest.get("spec").required("Describe the Service.").expectObject();
        Service.Type type =
                spec.get("type").choice(Service.Type.CLUSTER_IP, List.of(Service.Type.values()), Service.Type::text);
        String clusterIp = spec.get("clusterIP").text("");
        Field portsField = spec.get("ports");
        List<Field> portFields = portsField.elements();
        ImmutableList<Port> ports = portFields.stream()
                .map(port -> port(port, portFields.size() > 1))
                .collect(ImmutableList.toImmutableList());
        if (ports.isEmpty() && type != Service.Type.EXTERNAL_NAME && !clusterIp.equals("None")) {
            spec.problem("the Service has no ports", "Add at least one port under ports.");
        }
        Field selectorField = spec.get("selector");
        ImmutableMap<String, String> selector = selectorField.isPresent() ? selectorField.stringMap() : null;
        Service read = new Service(
                metadata,
                type,
                clusterIp,
                selector == null || selector.isEmpty() ? null : selector,
                ports,
                affinity(spec),
                policy(spec.get("internalTrafficPolicy")),
                policy(spec.get("externalTrafficPolicy")),
                spec.get("publishNotReadyAddresses").bool(false),
                spec.get("trafficDistribution")
                        .choice("", List.of("PreferClose", "PreferSameZone", "PreferSameNode"), name -> name));
        KnownFields.note(spec, "Service spec");
        return metadata.name().isEmpty() ? null : read;
    }

    private static Port port(Field port, boolean nameNeeded) {
        Field name = port.get("name");
        if (nameNeeded) {
            name.required("With more than one port each needs a name.");
        }
        int number = (int)
                port.get("port").required("Say which port clients connect to.").longInteger(1, 1, 65_535);
        Field target = port.get("targetPort");
        IntOrString targetPort = !target.isPresent() || target.node().asText().equals("0")
                ? IntOrString.of(number)
                : target.node().isTextual()
                        ? IntOrString.of(target.text(""))
                        : IntOrString.of((int) target.longInteger(number, 1, 65_535));
        Port read = new Port(
                name.text(""),
                number,
                targetPort,
                port.get("protocol").choice("TCP", List.of("TCP", "UDP", "SCTP"), text -> text),
                (int) port.get("nodePort").longInteger(0, 0, 65_535));
        port.get("appProtocol");
        return read;
    }

    private static @Nullable Integer affinity(Field spec) {
        String affinity = spec.get("sessionAffinity").choice("None", List.of("None", "ClientIP"), name -> name);
        Field timeout =
                spec.get("sessionAffinityConfig").expectObject().get("clientIP").get("timeoutSeconds");
        return affinity.equals("None")
                ? null
                : Integer.valueOf((int) timeout.longInteger(DEFAULT_AFFINITY_SECONDS, 1, LONGEST_AFFINITY_SECONDS));
    }

    private static TrafficPolicy policy(Field policy) {
        String text = policy.choice("Cluster", List.of("Cluster", "Local"), name -> name);
        return text.equals("Local") ? TrafficPolicy.LOCAL : TrafficPolicy.CLUSTER;
    }
}
