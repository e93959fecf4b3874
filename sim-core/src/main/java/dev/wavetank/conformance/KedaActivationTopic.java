package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.wavetank.autoscaling.keda.PollAnnotations;
import dev.wavetank.autoscaling.keda.ScalePoll;
import dev.wavetank.autoscaling.keda.ScaledObjectSpec;
import dev.wavetank.autoscaling.keda.ScaledObjectStatus;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code keda-activation}: what each poll of a ScaledObject writes and remembers. */
final class KedaActivationTopic implements Topic {

    private static final long MILLI_NANOS = 1_000_000;
    private static final long SECOND_NANOS = 1_000 * MILLI_NANOS;

    @Override
    public String group() {
        return "autoscalers";
    }

    @Override
    public String name() {
        return "keda-activation";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ScaledObjectSpec spec = spec(input);
        ScaledObjectStatus status = ScaledObjectStatus.NEW;
        ArrayNode answer = Json.MAPPER.createArrayNode();
        for (JsonNode poll : input.path("polls")) {
            ScalePoll.Decision decision = ScalePoll.decide(
                    spec,
                    annotations(poll.path(4).asText()),
                    0,
                    status,
                    new ScalePoll.Input(
                            poll.get(0).longValue() * MILLI_NANOS,
                            poll.get(1).intValue() == 1,
                            poll.get(2).intValue() == 1,
                            poll.get(3).intValue()));
            status = decision.status();
            Long lastActive = status.lastActiveTimeNanos();
            answer.addArray()
                    .add(decision.replicas())
                    .add(status.active().apiName())
                    .add(status.activeReason())
                    .add(status.ready().apiName())
                    .add(decision.event())
                    .add(lastActive == null ? null : (Long) (lastActive / MILLI_NANOS));
        }
        return answer;
    }

    private static ScaledObjectSpec spec(JsonNode input) {
        return new ScaledObjectSpec(
                input.path("minReplicaCount").intValue(),
                ScaledObjectSpec.DEFAULT_MAX_REPLICA_COUNT,
                integer(input.path("idleReplicaCount")),
                input.has("cooldownPeriodS")
                        ? input.get("cooldownPeriodS").longValue() * SECOND_NANOS
                        : ScaledObjectSpec.DEFAULT_COOLDOWN_NANOS,
                input.path("initialCooldownPeriodS").longValue() * SECOND_NANOS,
                integer(input.path("fallbackReplicas")));
    }

    private static @Nullable Integer integer(JsonNode node) {
        return node.isNumber() ? (Integer) node.intValue() : null;
    }

    private static PollAnnotations annotations(String keyAndValue) {
        int equals = keyAndValue.indexOf('=');
        return equals < 0
                ? PollAnnotations.NONE
                : PollAnnotations.of(Map.of(keyAndValue.substring(0, equals), keyAndValue.substring(equals + 1)));
    }
}
