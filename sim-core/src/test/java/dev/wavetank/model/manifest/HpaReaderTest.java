package dev.wavetank.model.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.wavetank.model.HorizontalPodAutoscaler;
import dev.wavetank.model.HorizontalPodAutoscalerSpec;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Metric;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.MetricType;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Policy;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Rules;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Target;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.TargetType;
import dev.wavetank.model.KubernetesObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class HpaReaderTest {

    private final Findings findings = new Findings();

    @Test
    void what_is_not_stated_is_one_replica_at_least_and_80_per_cent_of_cpu() {
        HorizontalPodAutoscalerSpec spec = read("'maxReplicas': 5");
        assertThat(spec.minReplicas()).isEqualTo(1);
        assertThat(spec.metrics())
                .containsExactly(
                        new Metric(MetricType.RESOURCE, "cpu", "", null, null, new Target(TargetType.UTILIZATION, 80)));
        assertThat(spec.behavior()).isNull();
        assertThat(problems()).isEmpty();
    }

    @Test
    void an_empty_behavior_is_filled_in_but_none_stays_none() {
        HorizontalPodAutoscalerSpec.Behavior behavior =
                read("'maxReplicas': 5, 'behavior': {'scaleDown': {'stabilizationWindowSeconds': 60}}")
                        .behavior();
        assertThat(behavior).isNotNull();
        assertThat(behavior.scaleUp()).isEqualTo(Rules.SCALE_UP_DEFAULTS);
        assertThat(behavior.scaleDown().stabilizationWindowSeconds()).isEqualTo(60);
        assertThat(behavior.scaleDown().policies()).containsExactly(new Policy(false, 100, 15));
    }

    @Test
    void every_type_of_metric_is_read() {
        HorizontalPodAutoscalerSpec spec = read("'maxReplicas': 5, 'metrics': ["
                + "{'type':'ContainerResource','containerResource':{'name':'memory','container':'app','target':"
                + "{'type':'AverageValue','averageValue':'100Mi'}}},"
                + "{'type':'Pods','pods':{'metric':{'name':'rps'},'target':{'type':'AverageValue','averageValue':'10'}}},"
                + "{'type':'Object','object':{'metric':{'name':'rps'},'describedObject':{'apiVersion':'v1','kind':'Service',"
                + "'name':'web'},'target':{'type':'Value','value':'2k'}}},"
                + "{'type':'External','external':{'metric':{'name':'depth','selector':{'matchLabels':{'queue':'a'}}},"
                + "'target':{'type':'AverageValue','averageValue':'500m'}}}]");
        assertThat(problems()).isEmpty();
        assertThat(spec.metrics().stream().map(metric -> metric.target().amount()))
                .containsExactly(104_857_600_000L, 10_000L, 2_000_000L, 500L);
    }

    @Test
    void version_1_states_its_one_target_in_a_field_of_its_own() {
        HorizontalPodAutoscalerSpec spec = readAll(
                        "autoscaling/v1", "'maxReplicas': 5, 'targetCPUUtilizationPercentage': 60")
                .spec();
        assertThat(spec.metrics().get(0).target()).isEqualTo(new Target(TargetType.UTILIZATION, 60));
        assertThat(problems()).isEmpty();
    }

    @Test
    void bounds_that_cross_are_found_with_both_numbers() {
        read("'minReplicas': 3, 'maxReplicas': 2");
        assertThat(problems()).containsExactly("HorizontalPodAutoscaler web: maxReplicas is 2, below minReplicas 3");
    }

    @Test
    void zero_replicas_need_a_feature_gate() {
        read("'minReplicas': 0, 'maxReplicas': 2");
        assertThat(problems()).singleElement().asString().contains("HPAScaleToZero");
    }

    @Test
    void a_target_is_in_exactly_one_form() {
        read("'maxReplicas': 5, 'metrics': [{'type':'Resource','resource':{'name':'cpu','target':"
                + "{'type':'Utilization','averageUtilization':50,'averageValue':'10m'}}}]");
        assertThat(problems())
                .containsExactly("a target of type Utilization has averageUtilization and no averageValue");
    }

    @Test
    void windows_periods_and_values_keep_within_their_ranges() {
        read("'maxReplicas': 5, 'behavior': {'scaleUp': {'stabilizationWindowSeconds': 3601, 'policies': ["
                + "{'type':'Pods','value':0,'periodSeconds':1801}]}}");
        assertThat(problems()).hasSize(3);
    }

    private HorizontalPodAutoscalerSpec read(String spec) {
        return readAll("autoscaling/v2", spec).spec();
    }

    private HorizontalPodAutoscaler readAll(String apiVersion, String spec) {
        String json = ("{'apiVersion':'" + apiVersion + "','kind':'HorizontalPodAutoscaler','metadata':{'name':'web'},"
                        + "'spec':{'scaleTargetRef':{'apiVersion':'apps/v1','kind':'Deployment','name':'web'}," + spec
                        + "}}")
                .replace('\'', '"');
        try {
            KubernetesObject object = ManifestReader.read(Field.root(new JsonMapper().readTree(json), findings));
            return (HorizontalPodAutoscaler) java.util.Objects.requireNonNull(object);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private List<String> problems() {
        return findings.problems().stream().map(Findings.Finding::message).toList();
    }
}
