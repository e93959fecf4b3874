package dev.wavetank.autoscaling.hpa;

import java.util.ArrayList;
import java.util.List;

/** The conditions of an HPA while a sync works on them: kept in order of first appearance, stamped only when a status changes. */
final class Conditions {

    private final List<HpaCondition> conditions;
    private final long now;

    Conditions(List<HpaCondition> before, long now) {
        this.conditions = new ArrayList<>(before);
        this.now = now;
    }

    void set(HpaCondition.Type type, boolean status, String reason, String message) {
        for (int i = 0; i < conditions.size(); i++) {
            HpaCondition before = conditions.get(i);
            if (before.type() == type) {
                long since = before.status() == status ? before.lastTransitionTime() : now;
                conditions.set(i, new HpaCondition(type, status, reason, message, since));
                return;
            }
        }
        conditions.add(new HpaCondition(type, status, reason, message, now));
    }

    void remove(HpaCondition.Type type) {
        conditions.removeIf(condition -> condition.type() == type);
    }

    List<HpaCondition> list() {
        return List.copyOf(conditions);
    }

    static <T> List<T> plus(List<T> list, T added) {
        List<T> longer = new ArrayList<>(list);
        longer.add(added);
        return List.copyOf(longer);
    }
}
