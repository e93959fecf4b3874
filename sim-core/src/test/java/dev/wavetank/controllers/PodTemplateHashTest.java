package dev.wavetank.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.PodTemplate;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PodTemplateHashTest {

    @Test
    void a_hash_is_made_of_letters_and_digits_that_spell_nothing() throws IOException {
        assertThat(PodTemplateHash.of(template("{\"image\":\"web:1\"}"), null)).matches("[456789bcdf]{1,10}");
    }

    @Test
    void the_order_of_fields_in_a_file_is_no_matter_and_their_values_are() throws IOException {
        String hash = PodTemplateHash.of(template("{\"image\":\"web:1\",\"name\":\"web\"}"), null);

        assertThat(PodTemplateHash.of(template("{\"name\":\"web\",\"image\":\"web:1\"}"), null))
                .isEqualTo(hash);
        assertThat(PodTemplateHash.of(template("{\"name\":\"web\",\"image\":\"web:2\"}"), null))
                .isNotEqualTo(hash);
    }

    @Test
    void every_collision_gives_another_hash() throws IOException {
        PodTemplate template = template("{\"image\":\"web:1\"}");
        Set<String> hashes = new HashSet<>();
        hashes.add(PodTemplateHash.of(template, null));
        for (int count = 1; count < 100; count++) {
            hashes.add(PodTemplateHash.of(template, count));
        }
        assertThat(hashes).hasSize(100);
    }

    private static PodTemplate template(String json) throws IOException {
        return new PodTemplate(ImmutableMap.of(), ImmutableMap.of(), TestPod.SPEC, new ObjectMapper().readTree(json));
    }
}
