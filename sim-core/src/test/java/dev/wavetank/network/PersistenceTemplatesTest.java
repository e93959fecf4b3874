package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PersistenceTemplatesTest {

    private static final long SECOND = 1_000_000_000L;
    private static final int CLIENT = 0x0af40105;

    private final PersistenceTemplates templates = new PersistenceTemplates(100 * SECOND);

    @Test
    void a_client_sticks_for_the_timeout_after_its_last_new_connection() {
        int first = templates.opened(CLIENT, 3, 0);
        templates.forgotten(first, SECOND);
        int second = templates.opened(CLIENT, 3, 50 * SECOND);
        templates.forgotten(second, 51 * SECOND);

        assertThat(templates.find(CLIENT, 150 * SECOND - 1)).isEqualTo(3);
        assertThat(templates.find(CLIENT, 150 * SECOND)).isEqualTo(Balancer.NONE);
    }

    @Test
    void an_open_connection_holds_the_template_in_steps_of_a_minute() {
        int connection = templates.opened(CLIENT, 3, 0);

        assertThat(templates.find(CLIENT, 500 * SECOND)).isEqualTo(3);
        templates.forgotten(connection, 510 * SECOND);
        // The timer went off at 100 s and every 60 s from then on; the next is due at 520 s.
        assertThat(templates.find(CLIENT, 520 * SECOND - 1)).isEqualTo(3);
        assertThat(templates.find(CLIENT, 520 * SECOND)).isEqualTo(Balancer.NONE);
    }

    @Test
    void a_template_held_once_keeps_to_its_minute() {
        int connection = templates.opened(CLIENT, 3, 0);
        assertThat(templates.find(CLIENT, 110 * SECOND)).isEqualTo(3);
        int next = templates.opened(CLIENT, 3, 120 * SECOND);
        templates.forgotten(connection, 121 * SECOND);
        templates.forgotten(next, 122 * SECOND);

        assertThat(templates.find(CLIENT, 180 * SECOND - 1)).isEqualTo(3);
        assertThat(templates.find(CLIENT, 180 * SECOND)).isEqualTo(Balancer.NONE);
    }

    @Test
    void another_destination_replaces_the_one_remembered() {
        int connection = templates.opened(CLIENT, 3, 0);
        templates.opened(CLIENT, 4, SECOND);
        templates.forgotten(connection, 2 * SECOND);

        assertThat(templates.find(CLIENT, 3 * SECOND)).isEqualTo(4);
    }
}
