package dev.wavetank.node;

import dev.wavetank.model.PodCondition.Status;
import dev.wavetank.model.PodPhase;
import dev.wavetank.node.ObservedContainer.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * The conditions of a pod that follow from its containers: Initialized, ContainersReady and, without readiness gates, Ready.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/status/generate.go.
 */
public final class PodConditions {

    /**
     * A condition's value and why it has it.
     *
     * @param reason empty if none
     * @param message empty if none
     */
    public record Value(Status status, String reason, String message) {

        private static final Value TRUE = new Value(Status.TRUE, "", "");

        private static Value not(String reason, String message) {
            return new Value(Status.FALSE, reason, message);
        }
    }

    private static final String UNKNOWN = "UnknownContainerStatuses";

    private PodConditions() {}

    /**
     * ContainersReady: True when every main container and every sidecar is ready. Ready says the same unless the pod has
     * readiness gates, which are not simulated.
     */
    public static Value containersReady(List<ObservedContainer> containers, PodPhase phase) {
        if (nothingIsKnown(containers)) {
            return Value.not(UNKNOWN, "");
        }
        List<String> unknown = names(containers, container -> runs(container) && container.status() == null);
        if (phase == PodPhase.SUCCEEDED && unknown.isEmpty()) {
            return Value.not("PodCompleted", "");
        }
        if (phase == PodPhase.FAILED) {
            return Value.not("PodFailed", "");
        }
        List<String> unready =
                names(containers, container -> runs(container) && container.status() != null && !container.isReady());
        String message = message(unknown, unready, "unready");
        return message.isEmpty() ? Value.TRUE : Value.not("ContainersNotReady", message);
    }

    /** Initialized: True when all init containers are done and all sidecars started, and from the first main container on. */
    public static Value initialized(List<ObservedContainer> containers, PodPhase phase) {
        boolean hasInit = containers.stream().anyMatch(container -> container.role() != Role.MAIN);
        if (hasInit && nothingIsKnown(containers)) {
            return Value.not(UNKNOWN, "");
        }
        List<String> unknown =
                names(containers, container -> container.role() != Role.MAIN && container.status() == null);
        if (phase == PodPhase.SUCCEEDED && unknown.isEmpty()) {
            return new Value(Status.TRUE, "PodCompleted", "");
        }
        if (PodPhases.aMainContainerHasStarted(containers)) {
            return Value.TRUE;
        }
        List<String> incomplete = names(containers, PodConditions::isIncomplete);
        String message = message(unknown, incomplete, "incomplete");
        return message.isEmpty() ? Value.TRUE : Value.not("ContainersNotInitialized", message);
    }

    private static boolean isIncomplete(ObservedContainer container) {
        if (container.status() == null) {
            return false;
        }
        return switch (container.role()) {
            case INIT -> !container.isReady();
            case SIDECAR -> !container.isStarted();
            case MAIN -> false;
        };
    }

    private static boolean runs(ObservedContainer container) {
        return container.role() != Role.INIT;
    }

    private static boolean nothingIsKnown(List<ObservedContainer> containers) {
        return containers.stream().allMatch(container -> container.status() == null);
    }

    private static List<String> names(List<ObservedContainer> containers, Predicate<ObservedContainer> chosen) {
        return containers.stream().filter(chosen).map(ObservedContainer::name).toList();
    }

    private static String message(List<String> unknown, List<String> unmet, String what) {
        List<String> parts = new ArrayList<>();
        if (!unknown.isEmpty()) {
            parts.add("containers with unknown status: [" + String.join(" ", unknown) + "]");
        }
        if (!unmet.isEmpty()) {
            parts.add("containers with " + what + " status: [" + String.join(" ", unmet) + "]");
        }
        return String.join(", ", parts);
    }
}
