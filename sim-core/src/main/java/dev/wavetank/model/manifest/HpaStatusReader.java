package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.MetricType;
import dev.wavetank.model.HorizontalPodAutoscalerStatus;
import dev.wavetank.model.HorizontalPodAutoscalerStatus.Condition;
import dev.wavetank.model.HorizontalPodAutoscalerStatus.MetricValue;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.WallClock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads what a HorizontalPodAutoscaler's last sync came to. */
final class HpaStatusReader {

    private HpaStatusReader() {}

    static HorizontalPodAutoscalerStatus read(Field status, WallClock clock) {
        return new HorizontalPodAutoscalerStatus(
                Read.count(status.get("currentReplicas")),
                Read.count(status.get("desiredReplicas")),
                Read.time(status.get("lastScaleTime"), clock),
                status.get("currentMetrics").elements().stream()
                        .map(HpaStatusReader::value)
                        .collect(ImmutableList.toImmutableList()),
                status.get("conditions").elements().stream()
                        .map(condition -> new Condition(
                                condition.get("type").text(""),
                                condition.get("status").text("").equals("True"),
                                condition.get("reason").text(""),
                                condition.get("message").text(""),
                                Read.time(condition.get("lastTransitionTime"), clock)))
                        .collect(ImmutableList.toImmutableList()));
    }

    private static MetricValue value(Field value) {
        String type = value.get("type").text("");
        Field source = Arrays.stream(MetricType.values())
                .filter(each -> each.text().equals(type))
                .map(each -> value.get(each.field()))
                .findFirst()
                .orElse(value.get(""));
        Field current = source.get("current");
        String name = source.get("name").text("");
        return new MetricValue(
                type,
                name.isEmpty() ? source.get("metric").get("name").text("") : name,
                source.get("container").text(""),
                current.get("averageUtilization").integerOrNull(0),
                milli(current.get("averageValue")),
                milli(current.get("value")));
    }

    private static @Nullable Long milli(Field field) {
        return field.isPresent()
                ? Long.valueOf(field.parsed(0L, text -> Quantity.parse(text).milliValue()))
                : null;
    }
}
