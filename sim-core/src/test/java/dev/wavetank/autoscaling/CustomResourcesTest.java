package dev.wavetank.autoscaling;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.manifest.CustomResourceDefinition;
import dev.wavetank.model.manifest.CustomResources;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;
import dev.wavetank.model.manifest.ManifestReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** How objects of the autoscalers' own kinds are read, and what is said of wrong ones. */
class CustomResourcesTest {

    private static final JsonMapper LOOSE = JsonMapper.builder()
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES, JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .build();

    private final Findings findings = new Findings();

    private KubernetesObject read(String looseJson) {
        try {
            return Objects.requireNonNull(ManifestReader.read(Field.root(LOOSE.readTree(looseJson), findings)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> problems() {
        return findings.problems().stream()
                .map(problem -> problem.pointer() + ": " + problem.message() + " " + problem.cure())
                .toList();
    }

    @Test
    void all_kinds_are_found() {
        assertThat(CustomResources.all())
                .extracting(definition -> definition.resource().kind())
                .containsExactlyInAnyOrder("VerticalPodAutoscaler", "ScaledObject", "HTTPScaledObject", "Service");
    }

    @Test
    void a_vpa_without_update_policy_is_completed_as_its_webhook_does() {
        KeptObject read = (KeptObject)
                read("{apiVersion: 'autoscaling.k8s.io/v1', kind: 'VerticalPodAutoscaler', metadata: {name: 'web'},"
                        + " spec: {targetRef: {apiVersion: 'apps/v1', kind: 'Deployment', name: 'web'}}}");
        assertThat(problems()).isEmpty();
        assertThat(CustomResource.spec(read).at("/updatePolicy/updateMode").asText())
                .isEqualTo("Recreate");
        CustomResourceDefinition definition = CustomResources.of("autoscaling.k8s.io/v1", "VerticalPodAutoscaler");
        assertThat(definition).isNotNull();
        assertThat(definition.columns(read)).containsEntry("MODE", "Recreate").containsEntry("CPU", "");
    }

    @Test
    void mistakes_in_a_vpa_are_named_with_their_place() {
        read(
                "{apiVersion: 'autoscaling.k8s.io/v1', kind: 'VerticalPodAutoscaler', metadata: {name: 'web'}, spec:"
                        + " {targetRef: {kind: 'Deployment'}, updatePolicy: {updateMode: 'InPlaceOrRecrate'}, resourcePolicy:"
                        + " {containerPolicies: [{containerName: 'app', minAllowd: {cpu: '1'}, maxAllowed: {cpu: '0.0001'}}]}}}");
        assertThat(problems())
                .anySatisfy(problem ->
                        assertThat(problem).contains("/spec/targetRef").contains("name is missing"))
                .anySatisfy(problem ->
                        assertThat(problem).contains("InPlaceOrRecrate").contains("InPlaceOrRecreate"))
                .anySatisfy(problem -> assertThat(problem).contains("minAllowd").contains("minAllowed"))
                .anySatisfy(problem -> assertThat(problem).contains("finer than a thousandth of a core"));
    }

    @Test
    void mistakes_in_a_scaled_object_are_named_with_their_place() {
        read("{apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: {name: 'x'}, spec: {scaleTargetRef:"
                + " {name: 'x'}, minReplicaCount: 5, maxReplicaCount: 2, triggers: [{type: 'rabbitm', metadata: {}},"
                + " {type: 'cron', metadata: {timezone: 'Mars/Olympus', start: '0 8 * * *', end: '0 18 * * *',"
                + " desiredReplicas: '3'}}]}}");
        assertThat(problems())
                .anySatisfy(problem -> assertThat(problem).contains("minReplicaCount 5 is above maxReplicaCount 2"))
                .anySatisfy(problem -> assertThat(problem).contains("rabbitm").contains("rabbitmq"))
                .anySatisfy(problem -> assertThat(problem).contains("Mars/Olympus"));
    }

    @Test
    void cpu_alone_cannot_bring_a_workload_back_from_zero() {
        read("{apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: {name: 'x'}, spec: {scaleTargetRef:"
                + " {name: 'x'}, triggers: [{type: 'cpu', metricType: 'Utilization', metadata: {value: '60'}}]}}");
        assertThat(problems()).singleElement().asString().contains("cannot bring a workload back from zero");
    }

    @Test
    void a_service_of_knative_is_not_one_of_the_core() {
        KubernetesObject read = read("{apiVersion: 'serving.knative.dev/v1', kind: 'Service', metadata: {name: 'x'},"
                + " spec: {template: {metadata: {annotations: {'autoscaling.knative.dev/window': '60'}}, spec:"
                + " {containers: [{image: 'x:1'}]}}, traffic: [{latestRevision: true, percent: 90}]}}");
        assertThat(read.kind().group()).isEqualTo("serving.knative.dev");
        assertThat(problems())
                .anySatisfy(problem -> assertThat(problem).contains("autoscaling.knative.dev/window is '60'"))
                .anySatisfy(problem -> assertThat(problem).contains("add up to 90 %"));
    }
}
