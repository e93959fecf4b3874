package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Times;
import dev.wavetank.node.ContainerKill;
import dev.wavetank.node.ContainerKill.Cause;
import dev.wavetank.node.KillSequence;
import dev.wavetank.node.ObservedContainer.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** When each container of a pod is asked to stop, is killed and is gone. */
final class KillSequenceTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "kill-sequence";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        List<KillSequence.Doomed> containers = new ArrayList<>();
        for (JsonNode container : input.get("containers")) {
            containers.add(new KillSequence.Doomed(
                    container.get("name").textValue(),
                    Role.valueOf(container.get("kind").textValue().toUpperCase(Locale.ROOT)),
                    nanos(container.get("preStopMs")),
                    nanos(container.get("exitAfterSigtermMs")),
                    container.get("exitCodeOnSigterm").intValue()));
        }
        ObjectNode answer = Json.object();
        ArrayNode out = answer.putArray("containers");
        long stopped = 0;
        for (KillSequence.Ending ending : KillSequence.of(containers, kill(input))) {
            out.add(describe(ending));
            stopped = Math.max(stopped, ending.exitAt());
        }
        return answer.put("allContainersStoppedMs", stopped / Times.MILLISECOND);
    }

    private static ContainerKill kill(JsonNode input) {
        String trigger = input.get("trigger").textValue();
        if (trigger.equals("deletePod")) {
            return new ContainerKill(input.get("effectiveGraceSeconds").longValue());
        }
        Cause cause = switch (trigger) {
            case "livenessFailed" -> Cause.LIVENESS_PROBE;
            case "startupFailed" -> Cause.STARTUP_PROBE;
            case "postStartFailed" -> Cause.POST_START_HOOK;
            default -> throw new IllegalArgumentException("unknown trigger " + trigger);
        };
        return ContainerKill.because(
                cause,
                seconds(input.get("podDeletionGracePeriodSeconds")),
                seconds(input.get("probeTerminationGracePeriodSeconds")),
                input.get("terminationGracePeriodSeconds").longValue());
    }

    private static ObjectNode describe(KillSequence.Ending ending) {
        ObjectNode out = Json.object().put("name", ending.name());
        if (ending.preStopRan()) {
            out.put("preStopStartMs", 0);
        }
        putMillis(out, "preStopWaitEndMs", ending.preStopEnd());
        if (ending.preStopCutShort()) {
            out.put("preStopCutShort", true);
        }
        putMillis(out, "sigtermMs", ending.signalAt());
        out.put("stopTimeoutSeconds", ending.stopTimeoutSeconds());
        putMillis(out, "sigkillMs", ending.killAt());
        putMillis(out, "exitMs", ending.exitAt());
        return out.put("exitCode", ending.exitCode());
    }

    private static void putMillis(ObjectNode out, String field, long nanos) {
        if (nanos != KillSequence.NEVER) {
            out.put(field, nanos / Times.MILLISECOND);
        }
    }

    private static long nanos(@Nullable JsonNode millis) {
        return millis == null ? KillSequence.NEVER : millis.longValue() * Times.MILLISECOND;
    }

    private static @Nullable Long seconds(@Nullable JsonNode seconds) {
        return seconds == null ? null : seconds.longValue();
    }
}
