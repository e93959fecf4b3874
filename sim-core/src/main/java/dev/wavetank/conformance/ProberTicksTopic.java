package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.PodSpec.RestartPolicy;
import dev.wavetank.model.Times;
import dev.wavetank.node.ProbeResult;
import dev.wavetank.node.ProbeStep;
import dev.wavetank.node.ProbeStep.Next;
import dev.wavetank.node.ProbeWorker;
import dev.wavetank.node.ProbedContainer;
import dev.wavetank.node.RawProbeResult;
import dev.wavetank.node.RestartPolicies;
import java.util.Locale;

/** One probe worker, tick by tick. */
final class ProberTicksTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "prober-ticks";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ProbeWorker worker = new ProbeWorker(
                ProbeInputs.type(input.at("/probe/type").textValue()),
                ProbeInputs.probe(input.get("probe")),
                input.path("podAlreadyDeletingWhenWorkerStarted").asBoolean(),
                input.at("/steps/0/atMs").longValue() * Times.MILLISECOND);
        RestartPolicy policy = ProbeInputs.restartPolicy(input.get("restartPolicy"));
        ObjectNode answer = Json.object();
        ArrayNode steps = answer.putArray("steps");
        for (JsonNode step : input.get("steps")) {
            steps.add(step(worker, step, policy));
        }
        return answer;
    }

    private static ObjectNode step(ProbeWorker worker, JsonNode step, RestartPolicy policy) {
        ProbedContainer seen = seen(step, policy);
        ObjectNode out = Json.object();
        ProbeStep tick = worker.onTick(step.get("atMs").longValue() * Times.MILLISECOND, seen);
        boolean changed = tick.resultChanged();
        if (tick.next() == Next.PROBE) {
            RawProbeResult raw = RawProbeResult.valueOf(
                    step.get("rawResultIfProbed").textValue().toUpperCase(Locale.ROOT));
            out.put("probed", true);
            if (raw.handlerCalls() > 1) {
                out.put("handlerCalls", raw.handlerCalls());
            }
            changed |= worker.onResult(raw).resultChanged();
        }
        ProbeResult cached = worker.resultFor(seen.id());
        out.put("cachedResult", cached == null ? null : cached.name().toLowerCase(Locale.ROOT));
        out.put("resultRun", worker.resultRun());
        putIfTrue(out, "resultChanged", changed);
        putIfTrue(out, "onHold", worker.onHold());
        putIfTrue(out, "killContainer", worker.asksToKill(seen));
        putIfTrue(out, "workerExits", tick.next() == Next.END);
        return out;
    }

    private static void putIfTrue(ObjectNode out, String field, boolean value) {
        if (value) {
            out.put(field, true);
        }
    }

    private static ProbedContainer seen(JsonNode step, RestartPolicy policy) {
        ContainerState state = switch (step.get("containerState").textValue()) {
            case "running" ->
                new ContainerState.Running(step.path("startedAtMs").longValue() * Times.MILLISECOND);
            case "terminated" ->
                new ContainerState.Terminated(step.path("exitCode").intValue(), "", Times.NONE, Times.NONE);
            default -> new ContainerState.Waiting("", "");
        };
        boolean willRestart = !(state instanceof ContainerState.Terminated stopped)
                || RestartPolicies.restarts(policy, false, stopped.exitCode());
        return new ProbedContainer(
                ProbeInputs.phase(step.get("podPhase")),
                step.path("containerId").longValue(),
                state,
                step.path("startedFlag").asBoolean(),
                willRestart);
    }
}
