package dev.wavetank.controllers.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.Container;
import dev.wavetank.model.EndpointSlice;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.Lifecycle;
import dev.wavetank.model.PodSpec;
import dev.wavetank.model.Resources;
import dev.wavetank.model.Service;
import java.util.List;
import org.junit.jupiter.api.Test;

class EndpointPortsTest {

    @Test
    void a_number_needs_no_container_to_declare_it() {
        assertThat(EndpointPorts.find(IntOrString.of(9376), "TCP", pod())).hasValue(9376);
    }

    @Test
    void a_name_has_to_be_declared_with_the_same_protocol() {
        PodSpec pod = pod(container(false, "http", 8080, "UDP"), container(false, "http", 8081, "TCP"));

        assertThat(EndpointPorts.find(IntOrString.of("http"), "TCP", pod)).hasValue(8081);
        assertThat(EndpointPorts.find(IntOrString.of("http"), "SCTP", pod)).isEmpty();
    }

    @Test
    void a_sidecar_is_asked_after_the_containers() {
        PodSpec pod = pod(container(true, "http", 1, "TCP"), container(false, "http", 2, "TCP"));

        assertThat(EndpointPorts.find(IntOrString.of("http"), "TCP", pod)).hasValue(2);
    }

    @Test
    void a_port_that_does_not_resolve_is_left_out_for_that_pod_alone() {
        List<Service.Port> ports = List.of(
                new Service.Port("web", 80, IntOrString.of("http"), "TCP", 0),
                new Service.Port("admin", 81, IntOrString.of(9000), "TCP", 0));

        assertThat(EndpointPorts.of(ports, pod())).containsExactly(new EndpointSlice.Port("admin", 9000, "TCP"));
        assertThat(EndpointPorts.of(ports, pod(container(false, "http", 8080, "TCP"))))
                .containsExactly(
                        new EndpointSlice.Port("admin", 9000, "TCP"), new EndpointSlice.Port("web", 8080, "TCP"));
    }

    private static PodSpec pod(Container... containers) {
        ImmutableList<Container> all = ImmutableList.copyOf(containers);
        return new PodSpec(
                all.stream().filter(Container::sidecar).collect(ImmutableList.toImmutableList()),
                all.stream().filter(container -> !container.sidecar()).collect(ImmutableList.toImmutableList()),
                PodSpec.RestartPolicy.ALWAYS,
                30,
                ImmutableMap.of(),
                ImmutableList.of(),
                0,
                0,
                JsonNodeFactory.instance.objectNode());
    }

    private static Container container(boolean sidecar, String portName, int port, String protocol) {
        return new Container(
                "app",
                "app:1",
                Container.ImagePullPolicy.IF_NOT_PRESENT,
                ImmutableList.of(new Container.Port(portName, port, protocol)),
                Resources.NONE,
                Resources.NONE,
                null,
                null,
                null,
                Lifecycle.NONE,
                sidecar);
    }
}
