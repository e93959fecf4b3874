package dev.wavetank.autoscaling.keda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class CronTriggerTest {

    private static final ZoneId UTC = ZoneId.of("UTC");

    @Test
    void the_first_instant_is_inside_and_the_last_is_not() {
        // given
        CronTrigger office = new CronTrigger("Europe/Berlin", "0 8 * * MON-FRI", "0 18 * * MON-FRI", 5);
        // then
        assertThat(office.metric(Instant.parse("2025-01-15T06:59:59.999Z"))).isZero();
        assertThat(office.metric(Instant.parse("2025-01-15T07:00:00Z"))).isEqualTo(5);
        assertThat(office.metric(Instant.parse("2025-01-15T16:59:59.999Z"))).isEqualTo(5);
        assertThat(office.metric(Instant.parse("2025-01-15T17:00:00Z"))).isZero();
        assertThat(office.metric(Instant.parse("2025-01-18T12:00:00Z"))).isZero();
    }

    @Test
    void a_window_may_span_midnight() {
        CronTrigger night = new CronTrigger("UTC", "0 22 * * *", "0 4 * * *", 3);
        assertThat(night.metric(Instant.parse("2025-01-15T23:30:00Z"))).isEqualTo(3);
        assertThat(night.metric(Instant.parse("2025-01-15T03:30:00Z"))).isEqualTo(3);
        assertThat(night.metric(Instant.parse("2025-01-15T12:00:00Z"))).isZero();
    }

    @Test
    void with_both_day_fields_set_either_will_do() {
        CronSchedule schedule = CronSchedule.parse("0 12 13 * 5", UTC);
        // Friday the 10th comes before Monday the 13th
        assertThat(schedule.nextAfter(Instant.parse("2025-01-08T00:00:00Z")))
                .isEqualTo(Instant.parse("2025-01-10T12:00:00Z"));
        assertThat(schedule.nextAfter(Instant.parse("2025-01-10T12:00:00Z")))
                .isEqualTo(Instant.parse("2025-01-13T12:00:00Z"));
    }

    @Test
    void steps_and_lists_are_read() {
        CronSchedule schedule = CronSchedule.parse("5-59/15 6,18 * feb ?", UTC);
        assertThat(schedule.nextAfter(Instant.parse("2025-01-31T23:00:00Z")))
                .isEqualTo(Instant.parse("2025-02-01T06:05:00Z"));
        assertThat(schedule.nextAfter(Instant.parse("2025-02-01T06:50:00Z")))
                .isEqualTo(Instant.parse("2025-02-01T18:05:00Z"));
    }

    @Test
    void an_hour_that_daylight_saving_skips_is_not_made_up_for() {
        CronSchedule schedule = CronSchedule.parse("30 2 * * *", ZoneId.of("Europe/Berlin"));
        assertThat(schedule.nextAfter(Instant.parse("2025-03-29T12:00:00Z")))
                .isEqualTo(Instant.parse("2025-03-31T00:30:00Z"));
    }

    @Test
    void a_day_that_never_comes_is_not_waited_for() {
        assertThat(CronSchedule.parse("0 0 31 2 *", UTC).nextAfter(Instant.EPOCH))
                .isNull();
    }

    @Test
    void what_cannot_be_read_is_named() {
        assertThatThrownBy(() -> CronSchedule.parse("0 24 * * *", UTC)).hasMessageContaining("hour is '24'");
        assertThatThrownBy(() -> CronSchedule.parse("0 8 * *", UTC)).hasMessageContaining("4 fields");
        assertThatThrownBy(() -> new CronTrigger("Europe/Berlin", "0 8 * * *", "0 8 * * *", 1))
                .hasMessageContaining("let them differ");
        assertThatThrownBy(() -> new CronTrigger("Mars/Base", "0 8 * * *", "0 9 * * *", 1))
                .hasMessageContaining("Mars/Base");
    }
}
