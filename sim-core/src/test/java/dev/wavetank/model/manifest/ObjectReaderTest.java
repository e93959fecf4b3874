package dev.wavetank.model.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Node;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Service;
import dev.wavetank.model.WallClock;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ObjectReaderTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter WRITER = new ObjectWriter(new WallClock(1_780_000_000));
    private static final ObjectReader READER = new ObjectReader(WRITER);

    @Test
    void what_the_model_has_no_place_for_comes_out_as_it_went_in() {
        // given
        ObjectNode given = json(
                "{'kind':'Service','apiVersion':'v1','metadata':{'name':'web','namespace':'tank',"
                        + "'managedFields':[{'manager':'kubectl','operation':'Update'}]},'spec':{'ports':[{'protocol':'TCP',"
                        + "'appProtocol':'h2c','port':80,'targetPort':8080}],'externalIPs':['1.2.3.4'],'type':'ClusterIP',"
                        + "'sessionAffinity':'None','healthCheckNodePort':3},'status':{'loadBalancer':{'ingress':[{'ip':'1.1.1.1'}]}}}");
        // when
        ObjectNode written = WRITER.write(read(ResourceKind.SERVICE, given));
        // then
        assertThat(written.at("/metadata/managedFields")).isEqualTo(given.at("/metadata/managedFields"));
        assertThat(written.at("/spec/ports")).isEqualTo(given.at("/spec/ports"));
        assertThat(written.at("/spec/externalIPs")).isEqualTo(given.at("/spec/externalIPs"));
        assertThat(written.at("/spec/healthCheckNodePort").asInt()).isEqualTo(3);
        assertThat(written.at("/status")).isEqualTo(given.at("/status"));
    }

    @Test
    void a_kept_field_of_a_port_goes_with_the_port() {
        Service service = (Service) read(
                ResourceKind.SERVICE,
                json("{'kind':'Service','apiVersion':'v1','metadata':{'name':'web'},'spec':{'ports':["
                        + "{'port':80,'appProtocol':'h2c'}]}}"));
        ObjectNode written = WRITER.write(service.withPorts(com.google.common.collect.ImmutableList.of()));
        assertThat(written.at("/spec").has("ports")).isFalse();
    }

    @Test
    void a_quantity_keeps_its_spelling_until_it_means_something_else() {
        HorizontalPodAutoscaler autoscaler = (HorizontalPodAutoscaler) read(
                ResourceKind.HORIZONTAL_POD_AUTOSCALER,
                json("{'kind':'HorizontalPodAutoscaler','apiVersion':'autoscaling/v2','metadata':{'name':'h'},'spec':"
                        + "{'scaleTargetRef':{'kind':'Deployment','name':'web'},'maxReplicas':3,'metrics':[{'type':'Resource',"
                        + "'resource':{'name':'memory','target':{'type':'AverageValue','averageValue':'100Mi'}}}]}}"));
        assertThat(WRITER.write(autoscaler)
                        .at("/spec/metrics/0/resource/target/averageValue")
                        .asText())
                .isEqualTo("100Mi");
    }

    @Test
    void a_node_keeps_the_machine_it_was_registered_with_while_its_readiness_changes() {
        Node node = (Node) read(
                ResourceKind.NODE,
                json(
                        "{'kind':'Node','apiVersion':'v1','metadata':{'name':'n'},'status':{'capacity':{'cpu':'8','memory':"
                                + "'32Gi','pods':'110','hugepages-2Mi':'0'},'allocatable':{'cpu':'7500m','memory':'30Gi','pods':'110'},"
                                + "'addresses':[{'type':'InternalIP','address':'10.0.0.7'}]}}"));
        ObjectNode written = WRITER.write(node.withReady(dev.wavetank.model.PodCondition.Status.FALSE));
        assertThat(written.at("/status/capacity/cpu").asText()).isEqualTo("8");
        assertThat(written.at("/status/allocatable/cpu").asText()).isEqualTo("7500m");
        assertThat(written.at("/status/addresses/0/address").asText()).isEqualTo("10.0.0.7");
        assertThat(written.at("/status/conditions/3/status").asText()).isEqualTo("False");
        assertThat(written.at("/metadata").has("namespace")).isFalse();
    }

    @Test
    void a_template_written_with_its_defaults_is_no_new_revision() {
        Deployment stored =
                (Deployment) Objects.requireNonNull(ManifestReader.read(Field.root(deployment(), new Findings())));
        ObjectNode changed = WRITER.write(stored);
        changed.withObject("spec").put("replicas", 7);
        Deployment read = (Deployment)
                Objects.requireNonNull(READER.read(ResourceKind.DEPLOYMENT, changed, stored, new Findings()));
        assertThat(read.spec().replicas()).isEqualTo(7);
        assertThat(read.spec().template()).isSameAs(stored.spec().template());
    }

    @Test
    void fabric8_understands_what_is_written() throws JsonProcessingException {
        ObjectNode written = WRITER.write(read(ResourceKind.DEPLOYMENT, deployment()));
        var deployment = JSON.treeToValue(written, io.fabric8.kubernetes.api.model.apps.Deployment.class);
        assertThat(deployment
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxSurge()
                        .getStrVal())
                .isEqualTo("25%");
        var container =
                deployment.getSpec().getTemplate().getSpec().getContainers().get(0);
        assertThat(container.getResources().getRequests().get("cpu")).hasToString("500m");
        assertThat(container.getTerminationMessagePolicy()).isEqualTo("File");
        assertThat(deployment.getSpec().getTemplate().getAdditionalProperties()).isEmpty();
    }

    private static ObjectNode deployment() {
        return json("{'kind':'Deployment','apiVersion':'apps/v1','metadata':{'name':'web','namespace':'tank'},'spec':{"
                + "'selector':{'matchLabels':{'app':'web'}},'template':{'metadata':{'labels':{'app':'web'}},'spec':{"
                + "'containers':[{'name':'app','image':'app:1','resources':{'requests':{'cpu':0.5}}}]}}}}");
    }

    private static KubernetesObject read(ResourceKind kind, ObjectNode given) {
        Findings findings = new Findings();
        KubernetesObject read = READER.read(kind, given, findings);
        assertThat(findings.problems()).isEmpty();
        return Objects.requireNonNull(read);
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
