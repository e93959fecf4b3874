package dev.wavetank.autoscaling.hpa;

import java.util.Map;

/**
 * Usage as a percentage of requests.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/podautoscaler/metrics/utilization.go, GetResourceUtilizationRatio.
 *
 * @param percent whole per cent, cut, not rounded
 * @param averageMilli usage per pod in thousandths, cut
 */
record Utilization(int percent, long averageMilli) {

    /** Sums both over the pods whose request is known; values of strangers are passed over. */
    static Utilization of(Map<String, Long> usage, Map<String, Long> requests) throws MetricException {
        long used = 0;
        long requested = 0;
        int pods = 0;
        for (Map.Entry<String, Long> entry : usage.entrySet()) {
            Long request = requests.get(entry.getKey());
            if (request != null) {
                used += entry.getValue();
                requested += request;
                pods++;
            }
        }
        if (requested == 0) {
            throw new MetricException("no metrics returned matched known pods");
        }
        return new Utilization((int) (used * 100 / requested), used / pods);
    }
}
