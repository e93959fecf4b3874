package dev.wavetank.autoscaling.hpa;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/**
 * A container of a pod, as far as its requests go.
 *
 * @param name unique in the pod
 * @param restartable for init containers: true if it keeps running beside the pod's own (restartPolicy Always)
 * @param requestsMilli requests by resource name, in thousandths
 */
public record HpaContainer(String name, boolean restartable, Map<String, Long> requestsMilli) {

    public HpaContainer {
        requestsMilli = ImmutableMap.copyOf(requestsMilli);
    }
}
