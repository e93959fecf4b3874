package dev.wavetank.controllers.endpoints;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Container;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.Service;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Which ports a Service's traffic reaches on a pod. Pods that resolve to different ports cannot share a slice.
 *
 * <p>Source: kubernetes 1.36 staging/src/k8s.io/endpointslice/utils.go, FindPort and getEndpointPorts.
 */
public final class EndpointPorts {

    private static final Comparator<EndpointSlice.Port> ORDER = Comparator.comparing(EndpointSlice.Port::name)
            .thenComparing(EndpointSlice.Port::protocol)
            .thenComparingInt(EndpointSlice.Port::port);

    private EndpointPorts() {}

    /**
     * The port number a target port stands for on a pod.
     *
     * <p>A number stands for itself, declared by a container or not. A name is looked for among the containers, then
     * among the sidecars, and has to be declared with the same protocol.
     *
     * @return empty if no container declares the name
     */
    public static OptionalInt find(IntOrString targetPort, String protocol, PodSpec spec) {
        if (targetPort instanceof IntOrString.Int number) {
            return OptionalInt.of(number.value());
        }
        String name = targetPort.toString();
        for (Container container : spec.containers()) {
            OptionalInt declared = declared(container, name, protocol);
            if (declared.isPresent()) {
                return declared;
            }
        }
        for (Container init : spec.initContainers()) {
            OptionalInt declared = init.sidecar() ? declared(init, name, protocol) : OptionalInt.empty();
            if (declared.isPresent()) {
                return declared;
            }
        }
        return OptionalInt.empty();
    }

    private static OptionalInt declared(Container container, String name, String protocol) {
        for (Container.Port port : container.ports()) {
            if (port.name().equals(name) && port.protocol().equals(protocol)) {
                return OptionalInt.of(port.containerPort());
            }
        }
        return OptionalInt.empty();
    }

    /**
     * The ports a pod offers for a Service, in the order that makes equal sets equal lists. A port that does not resolve
     * on this pod is left out; a pod on which none resolves still has a place in a slice without ports.
     */
    public static ImmutableList<EndpointSlice.Port> of(List<Service.Port> servicePorts, PodSpec spec) {
        List<EndpointSlice.Port> resolved = new ArrayList<>(servicePorts.size());
        for (Service.Port port : servicePorts) {
            OptionalInt number = find(port.targetPort(), port.protocol(), spec);
            if (number.isPresent()) {
                resolved.add(new EndpointSlice.Port(port.name(), number.getAsInt(), port.protocol()));
            }
        }
        return inOrder(resolved);
    }

    /** The same ports as a list that is equal for equal sets. */
    public static ImmutableList<EndpointSlice.Port> inOrder(List<EndpointSlice.Port> ports) {
        return ports.size() < 2 ? ImmutableList.copyOf(ports) : ImmutableList.sortedCopyOf(ORDER, ports);
    }

    /** Groups pods by the ports they offer; groups come in the order of their first pods. */
    public static <P> Map<ImmutableList<EndpointSlice.Port>, List<P>> group(
            List<Service.Port> servicePorts, Iterable<P> pods, Function<P, PodSpec> spec) {
        Map<ImmutableList<EndpointSlice.Port>, List<P>> groups = new LinkedHashMap<>();
        for (P pod : pods) {
            groups.computeIfAbsent(of(servicePorts, spec.apply(pod)), ports -> new ArrayList<>())
                    .add(pod);
        }
        return groups;
    }
}
