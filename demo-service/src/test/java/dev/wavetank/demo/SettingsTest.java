package dev.wavetank.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void an_empty_environment_serves_on_port_8000_of_every_address() {
        Settings settings = Settings.from(Map.of());

        assertThat(settings.port()).isEqualTo(8000);
        assertThat(settings.host()).isEqualTo("0.0.0.0");
        assertThat(settings.maxStressSeconds()).isEqualTo(60);
        assertThat(settings.pod().name()).isNotEmpty();
    }

    @Test
    void a_container_without_the_downward_api_still_knows_its_pod_by_its_host_name() {
        assertThat(Settings.from(Map.of("HOSTNAME", "web-x7k2p")).pod().name()).isEqualTo("web-x7k2p");
        assertThat(Settings.from(Map.of("HOSTNAME", "a", "POD_NAME", "b")).pod().name())
                .isEqualTo("b");
    }

    @Test
    void a_setting_that_cannot_be_used_is_named_with_what_to_write() {
        assertThatThrownBy(() -> Settings.from(Map.of("PORT", "eighty")))
                .hasMessage("PORT is \"eighty\"; write a whole number from 0 to 65535.");
        assertThatThrownBy(() -> Settings.from(Map.of("LOG_LEVEL", "LOUD")))
                .hasMessage("LOG_LEVEL is \"LOUD\"; write DEBUG, INFO, WARNING or ERROR.");
        assertThatThrownBy(() -> Settings.from(Map.of("MAX_STRESS_SECONDS", "-1")))
                .hasMessage("MAX_STRESS_SECONDS is \"-1\"; write seconds, such as 60.");
    }
}
