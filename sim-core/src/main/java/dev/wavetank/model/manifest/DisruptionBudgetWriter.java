package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.PodDisruptionBudget;
import dev.wavetank.model.Times;

/** Writes PodDisruptionBudgets. */
final class DisruptionBudgetWriter implements KindWriter<PodDisruptionBudget> {

    static final String DISRUPTION_ALLOWED = "DisruptionAllowed";

    @Override
    public void write(ObjectNode written, PodDisruptionBudget budget, Surroundings around) {
        ObjectNode spec = written.putObject("spec");
        Json.intOrString(spec, "minAvailable", budget.minAvailable());
        Json.selector(spec.putObject("selector"), budget.selector());
        Json.intOrString(spec, "maxUnavailable", budget.maxUnavailable());
        if (budget.alwaysAllowUnhealthy()) {
            spec.put("unhealthyPodEvictionPolicy", "AlwaysAllow");
        }
        PodDisruptionBudget.Status counted = budget.status();
        ObjectNode status = written.putObject("status");
        Json.number(status, "observedGeneration", counted.observedGeneration());
        if (!counted.disruptedPods().isEmpty()) {
            ObjectNode disrupted = status.putObject("disruptedPods");
            counted.disruptedPods()
                    .forEach((pod, at) -> disrupted.put(pod, around.clock().text(at)));
        }
        status.put("disruptionsAllowed", counted.disruptionsAllowed());
        status.put("currentHealthy", counted.currentHealthy());
        status.put("desiredHealthy", counted.desiredHealthy());
        status.put("expectedPods", counted.expectedPods());
        if (!counted.reason().isEmpty()) {
            ObjectNode condition = status.putArray("conditions").addObject();
            condition.put("type", DISRUPTION_ALLOWED);
            condition.put("status", counted.reason().equals("SufficientPods") ? "True" : "False");
            condition.put("reason", counted.reason());
        }
    }

    @Override
    public void complete(ObjectNode written, PodDisruptionBudget budget, Surroundings around) {
        written.path("status").path("conditions").forEach(each -> {
            if (each instanceof ObjectNode condition
                    && condition.path("type").asText().equals(DISRUPTION_ALLOWED)) {
                Json.absent(condition, "message", "");
                if (budget.status().observedGeneration() > 0
                        && (int) budget.status().observedGeneration()
                                == budget.status().observedGeneration()) {
                    Json.absent(condition, "observedGeneration", (int)
                            budget.status().observedGeneration());
                }
                if (Times.isSet(budget.metadata().creationTimestamp())) {
                    Json.absent(
                            condition,
                            "lastTransitionTime",
                            around.clock().text(budget.metadata().creationTimestamp()));
                }
            }
        });
    }
}
