package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.LabelSelector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pod to be placed.
 *
 * @param spreadSelector the pods it is spread among if it states no constraints of its own; null if nothing selects it
 */
public record IncomingPod(PodInfo pod, @Nullable LabelSelector spreadSelector) {

    PodNeeds needs() {
        return pod.needs();
    }

    /**
     * The selector pods are spread by where they do not say how: those of all Services that select the pod, and of the
     * ReplicaSet or StatefulSet that owns it, merged.
     *
     * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/helper/spread.go, DefaultSelector.
     *
     * @param serviceSelectors of the Services that select the pod
     * @param owner of the controller that owns it, null if none does
     * @return null if nothing selects the pod; it is then not spread
     */
    public static @Nullable LabelSelector spreadSelector(
            List<? extends Map<String, String>> serviceSelectors, @Nullable LabelSelector owner) {
        Map<String, String> labels = new LinkedHashMap<>();
        serviceSelectors.forEach(labels::putAll);
        List<LabelSelector.Requirement> expressions = new ArrayList<>();
        if (owner != null) {
            labels.putAll(owner.matchLabels());
            expressions.addAll(owner.matchExpressions());
        }
        if (labels.isEmpty() && expressions.isEmpty()) {
            return null;
        }
        return new LabelSelector(ImmutableMap.copyOf(labels), ImmutableList.copyOf(expressions));
    }
}
