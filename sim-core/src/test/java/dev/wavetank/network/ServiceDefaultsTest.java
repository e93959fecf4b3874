package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceDefaultsTest {

    @Test
    void a_port_alone_becomes_a_whole_service() {
        assertThat(ServiceDefaults.apply(json("{'ports':[{'port':80,'targetPort':0}]}")))
                .isEqualTo(json("{'ports':[{'port':80,'targetPort':80,'protocol':'TCP'}],'sessionAffinity':'None',"
                        + "'type':'ClusterIP','internalTrafficPolicy':'Cluster'}"));
    }

    @Test
    void client_affinity_lasts_three_hours_unless_it_says_otherwise() {
        JsonNode spec = ServiceDefaults.apply(json("{'sessionAffinity':'ClientIP','ports':[{'port':80}]}"));

        assertThat(spec.at("/sessionAffinityConfig/clientIP/timeoutSeconds").asInt())
                .isEqualTo(10_800);
    }

    @Test
    void a_day_of_affinity_is_allowed_and_a_second_more_is_not() {
        assertThat(errorsWithTimeout(86_400)).isEmpty();
        assertThat(errorsWithTimeout(86_401))
                .extracting(FieldError::field)
                .containsExactly("spec.sessionAffinityConfig.clientIP.timeoutSeconds");
        assertThat(errorsWithTimeout(0)).hasSize(1);
    }

    @Test
    void the_spec_given_is_not_changed() {
        JsonNode spec = json("{'ports':[{'port':80}]}");
        ServiceDefaults.apply(spec);

        assertThat(spec).isEqualTo(json("{'ports':[{'port':80}]}"));
    }

    private static List<FieldError> errorsWithTimeout(int seconds) {
        return ServiceDefaults.validate(
                ServiceDefaults.apply(json("{'sessionAffinity':'ClientIP','ports':[{'port':80}],"
                        + "'sessionAffinityConfig':{'clientIP':{'timeoutSeconds':" + seconds + "}}}")));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
