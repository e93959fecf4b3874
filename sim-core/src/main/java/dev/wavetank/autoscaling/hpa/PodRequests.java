package dev.wavetank.autoscaling.hpa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What pods request of a resource: the 100 % that utilization is a percentage of.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/replica_calculator.go, calculateRequests, and component-helpers
 * resource.PodRequests.
 */
public final class PodRequests {

    private PodRequests() {}

    /**
     * Returns each pod's request in thousandths, by name.
     *
     * @param container the one container to look at, or null for the whole pod
     * @param podLevelResources whether requests of the pod as a whole count
     * @throws MetricException if a container without the request makes the percentage meaningless; a single pod is enough
     */
    public static Map<String, Long> of(
            List<HpaPod> pods, @Nullable String container, String resource, boolean podLevelResources)
            throws MetricException {
        Map<String, Long> requests = new LinkedHashMap<>();
        for (HpaPod pod : pods) {
            boolean asAWhole = container == null && podLevelResources && setsPodLevelRequests(pod);
            requests.put(pod.name(), asAWhole ? ofPodAsAWhole(pod, resource) : ofContainers(pod, container, resource));
        }
        return requests;
    }

    private static boolean setsPodLevelRequests(HpaPod pod) {
        return pod.podRequestsMilli().keySet().stream().anyMatch(PodRequests::mayBeSetForAPod);
    }

    private static boolean mayBeSetForAPod(String resource) {
        return resource.equals(PodGroups.CPU) || resource.equals("memory") || resource.startsWith("hugepages-");
    }

    private static long ofContainers(HpaPod pod, @Nullable String container, String resource) throws MetricException {
        long sum = 0;
        for (HpaContainer candidate : runningTogether(pod)) {
            if (container != null && !container.equals(candidate.name())) {
                continue;
            }
            Long request = candidate.requestsMilli().get(resource);
            if (request == null) {
                throw new MetricException("missing request for " + resource + " in container " + candidate.name()
                        + " of Pod " + pod.name());
            }
            if (container != null) {
                return request;
            }
            sum += request;
        }
        if (container != null) {
            throw new MetricException("container " + container + " not found in Pod " + pod.name());
        }
        return sum;
    }

    private static List<HpaContainer> runningTogether(HpaPod pod) {
        List<HpaContainer> containers = new ArrayList<>(pod.containers());
        for (HpaContainer init : pod.initContainers()) {
            if (init.restartable()) {
                containers.add(init);
            }
        }
        return containers;
    }

    /** The pod's own request, or, of a resource it does not set, what the scheduler would reserve; overhead comes on top of either. */
    private static long ofPodAsAWhole(HpaPod pod, String resource) throws MetricException {
        Long own = mayBeSetForAPod(resource) ? pod.podRequestsMilli().get(resource) : null;
        Long request = own != null ? own : scheduled(pod, resource);
        Long overhead = pod.overheadMilli().get(resource);
        if (request == null && overhead == null) {
            throw new MetricException("missing pod-level request for " + resource + " in Pod " + pod.name());
        }
        return (request == null ? 0 : request) + (overhead == null ? 0 : overhead);
    }

    /** Containers and sidecars together, or the hungriest init container beside the sidecars started before it, if that is more. */
    private static @Nullable Long scheduled(HpaPod pod, String resource) {
        boolean named = false;
        long together = 0;
        for (HpaContainer container : pod.containers()) {
            named |= container.requestsMilli().containsKey(resource);
            together += requestOrZero(container, resource);
        }
        long sidecars = 0;
        long whileStarting = 0;
        for (HpaContainer init : pod.initContainers()) {
            named |= init.requestsMilli().containsKey(resource);
            long request = requestOrZero(init, resource);
            whileStarting = Math.max(whileStarting, sidecars + request);
            sidecars += init.restartable() ? request : 0;
        }
        return named ? Math.max(together + sidecars, whileStarting) : null;
    }

    private static long requestOrZero(HpaContainer container, String resource) {
        Long request = container.requestsMilli().get(resource);
        return request == null ? 0 : request;
    }
}
