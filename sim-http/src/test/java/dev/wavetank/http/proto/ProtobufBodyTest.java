package dev.wavetank.http.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.IntStr.IntOrString;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Resource.Quantity;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Apps;
import io.kubernetes.client.proto.V1Authorization;
import io.kubernetes.client.proto.V1Coordination;
import io.kubernetes.client.proto.V1Policy;
import io.kubernetes.client.proto.V2Autoscaling;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProtobufBodyTest {

    /** Go's ObjectMeta, which writes every field that is no pointer. */
    private static Meta.ObjectMeta.Builder meta(String name) {
        return Meta.ObjectMeta.newBuilder()
                .setName(name)
                .setGenerateName("")
                .setNamespace("")
                .setSelfLink("")
                .setUid("")
                .setResourceVersion("")
                .setGeneration(0)
                .setCreationTimestamp(Meta.Time.getDefaultInstance());
    }

    @Test
    void a_deployment_reads_as_the_json_kubectl_would_have_sent() {
        V1.Container container = V1.Container.newBuilder()
                .setName("app")
                .setImage("x")
                .setWorkingDir("")
                .addPorts(
                        V1.ContainerPort.newBuilder().setName("").setHostPort(0).setContainerPort(80))
                .setResources(V1.ResourceRequirements.newBuilder()
                        .putRequests(
                                "cpu", Quantity.newBuilder().setString("50m").build()))
                .setReadinessProbe(V1.Probe.newBuilder()
                        .setHandler(V1.ProbeHandler.newBuilder()
                                .setHttpGet(V1.HTTPGetAction.newBuilder()
                                        .setPath("/ready")
                                        .setPort(IntOrString.newBuilder()
                                                .setType(1)
                                                .setStrVal("http"))))
                        .setPeriodSeconds(2)
                        .setTerminationGracePeriodSeconds(0))
                .setStdin(false)
                .build();
        V1Apps.Deployment deployment = V1Apps.Deployment.newBuilder()
                .setMetadata(meta("web").putLabels("app", "web"))
                .setSpec(V1Apps.DeploymentSpec.newBuilder()
                        .setReplicas(0)
                        .setMinReadySeconds(0)
                        .setPaused(false)
                        .setStrategy(V1Apps.DeploymentStrategy.newBuilder().setType(""))
                        .setTemplate(V1.PodTemplateSpec.newBuilder()
                                .setMetadata(meta(""))
                                .setSpec(V1.PodSpec.newBuilder()
                                        .addContainers(container)
                                        .addVolumes(V1.Volume.newBuilder()
                                                .setName("v")
                                                .setVolumeSource(V1.VolumeSource.newBuilder()
                                                        .setEmptyDir(V1.EmptyDirVolumeSource.newBuilder()
                                                                .setMedium(""))))
                                        .setHostNetwork(false))))
                .setStatus(V1Apps.DeploymentStatus.newBuilder().setReplicas(0))
                .build();
        assertThat(read("apps/v1", "Deployment", deployment))
                .isEqualTo(json("{'kind':'Deployment','apiVersion':'apps/v1','metadata':{'name':'web','labels':{'app':"
                        + "'web'}},'spec':{'replicas':0,'template':{'metadata':{},'spec':{'volumes':[{'name':'v',"
                        + "'emptyDir':{}}],'containers':[{'name':'app','image':'x','ports':[{'containerPort':80}],"
                        + "'resources':{'requests':{'cpu':'50m'}},'readinessProbe':{'httpGet':{'path':'/ready','port':"
                        + "'http'},'periodSeconds':2,'terminationGracePeriodSeconds':0}}]}},'strategy':{}},'status':"
                        + "{'replicas':0}}"));
    }

    @Test
    void bytes_become_base64() {
        V1.Secret secret = V1.Secret.newBuilder()
                .setMetadata(meta("s"))
                .putData("a", ByteString.copyFromUtf8("b"))
                .setType("Opaque")
                .build();
        assertThat(read("v1", "Secret", secret))
                .isEqualTo(json("{'kind':'Secret','apiVersion':'v1','metadata':{'name':'s'},'data':{'a':'Yg=='},'type':"
                        + "'Opaque'}"));
    }

    @Test
    void a_budget_an_autoscaler_a_lease_and_a_review_can_be_read() {
        assertThat(read(
                                "policy/v1",
                                "PodDisruptionBudget",
                                V1Policy.PodDisruptionBudget.newBuilder()
                                        .setMetadata(meta("b"))
                                        .setSpec(V1Policy.PodDisruptionBudgetSpec.newBuilder()
                                                .setMinAvailable(IntOrString.newBuilder()
                                                        .setType(0)
                                                        .setIntVal(1)))
                                        .build())
                        .at("/spec/minAvailable"))
                .isEqualTo(json("1"));
        assertThat(read(
                                "autoscaling/v2",
                                "HorizontalPodAutoscaler",
                                V2Autoscaling.HorizontalPodAutoscaler.newBuilder()
                                        .setMetadata(meta("h"))
                                        .setSpec(V2Autoscaling.HorizontalPodAutoscalerSpec.newBuilder()
                                                .setMaxReplicas(6))
                                        .build())
                        .at("/spec/maxReplicas"))
                .isEqualTo(json("6"));
        assertThat(read(
                                "coordination.k8s.io/v1",
                                "Lease",
                                V1Coordination.Lease.newBuilder()
                                        .setSpec(V1Coordination.LeaseSpec.newBuilder()
                                                .setRenewTime(Meta.MicroTime.newBuilder()
                                                        .setSeconds(1_780_000_000)
                                                        .setNanos(123_456_789)))
                                        .build())
                        .at("/spec/renewTime"))
                .isEqualTo(json("'2026-05-28T20:26:40.123456Z'"));
        assertThat(read(
                        "authorization.k8s.io/v1",
                        "SelfSubjectAccessReview",
                        V1Authorization.SelfSubjectAccessReview.newBuilder()
                                .setSpec(V1Authorization.SelfSubjectAccessReviewSpec.newBuilder()
                                        .setResourceAttributes(V1Authorization.ResourceAttributes.newBuilder()
                                                .setVerb("create")
                                                .setResource("pods")))
                                .build()))
                .isEqualTo(json("{'kind':'SelfSubjectAccessReview','apiVersion':'authorization.k8s.io/v1','spec':"
                        + "{'resourceAttributes':{'verb':'create','resource':'pods'}}}"));
    }

    @Test
    void options_belong_to_every_group() {
        Message options = Meta.DeleteOptions.newBuilder()
                .setGracePeriodSeconds(0)
                .setPropagationPolicy("Background")
                .build();
        assertThat(read("apps/v1", "DeleteOptions", options))
                .isEqualTo(json("{'kind':'DeleteOptions','apiVersion':'apps/v1','gracePeriodSeconds':0,"
                        + "'propagationPolicy':'Background'}"));
    }

    @Test
    void broken_bodies_are_refused_with_a_reason() {
        assertThatThrownBy(() -> ProtobufBody.read("{}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected prefix");
        byte[] good = body(
                "v1", "Secret", V1.Secret.newBuilder().setMetadata(meta("s")).build());
        Random random = new Random(1);
        for (int i = 0; i < 5000; i++) {
            byte[] bad = good.clone();
            for (int j = 0; j < 3; j++) {
                bad[4 + random.nextInt(bad.length - 4)] = (byte) random.nextInt();
            }
            try {
                ProtobufBody.read(bad);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageMatching("(?s).+");
            }
        }
    }

    private static JsonNode read(String apiVersion, String kind, Message message) {
        return ProtobufBody.read(body(apiVersion, kind, message));
    }

    private static byte[] body(String apiVersion, String kind, Message message) {
        byte[] envelope = Unknown.newBuilder()
                .setTypeMeta(TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                .setRaw(message.toByteString())
                .build()
                .toByteArray();
        byte[] body = new byte[envelope.length + 4];
        body[0] = 'k';
        body[1] = '8';
        body[2] = 's';
        System.arraycopy(envelope, 0, body, 4, envelope.length);
        return body;
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
