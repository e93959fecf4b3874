package dev.wavetank.cluster;

import dev.wavetank.autoscaling.VpaAdmissionController;
import dev.wavetank.autoscaling.VpaRecommender;
import dev.wavetank.autoscaling.VpaUpdater;
import dev.wavetank.autoscaling.metrics.MetricsServer;
import dev.wavetank.autoscaling.vpa.AdmissionPatch;
import dev.wavetank.autoscaling.vpa.VerticalPodAutoscaler;
import dev.wavetank.controllers.EvictionApi;
import dev.wavetank.controllers.ResizeApi;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.Container;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delay;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Pod;
import dev.wavetank.model.QosClass;
import dev.wavetank.model.Store;
import dev.wavetank.model.WatchDelay;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The three parts of the VerticalPodAutoscaler in one cluster. They rest until the first object of their kind comes. */
final class VerticalScaling {

    /** {@code --kube-api-qps} and {@code --kube-api-burst} of the recommender. */
    private static final int CLIENT_QPS = 50;

    private static final int CLIENT_BURST = 100;

    private final Runnable startMetrics;
    private final VpaRecommender recommender;
    private final VpaUpdater updater;
    private final VpaAdmissionController admission;
    private boolean started;

    VerticalScaling(
            Simulation simulation,
            Store store,
            ClusterSpec spec,
            MetricsServer metrics,
            EvictionApi evictions,
            ResizeApi resizes,
            DecisionLog decisions,
            Runnable startMetrics) {
        this.startMetrics = startMetrics;
        ApiClient client = new ApiClient(
                simulation, store, spec.delays().of(Delay.API_REQUEST), "vpa-recommender", CLIENT_QPS, CLIENT_BURST);
        this.recommender = new VpaRecommender(simulation, store, metrics, spec.delays(), client, decisions);
        this.admission = new VpaAdmissionController(simulation, store, spec.delays(), decisions);
        VpaUpdater.PodRequests requests = new VpaUpdater.PodRequests() {
            @Override
            public void evict(Pod pod) {
                evictions.evict(pod.key(), DeleteOptions.DEFAULT);
            }

            @Override
            public void resize(Pod pod, List<AdmissionPatch> wanted) {
                resizes.resize(pod.key(), claims(pod, wanted));
            }
        };
        this.updater = new VpaUpdater(
                simulation,
                store,
                spec.delays(),
                requests,
                spec.controlPlane().eventRecorder(simulation, store, "vpa-updater"),
                decisions);
        // once the write is done, for what begins watches the same kind
        store.watch(VerticalPodAutoscaler.KIND, WatchDelay.NONE, event -> simulation.after(0, this::start));
    }

    private static Map<String, QosClass.Claim> claims(Pod pod, List<AdmissionPatch> wanted) {
        Map<String, QosClass.Claim> claims = new LinkedHashMap<>();
        for (int i = 0; i < wanted.size(); i++) {
            Container container = pod.spec().containers().get(i);
            AdmissionPatch patch = wanted.get(i);
            claims.put(
                    container.name(),
                    new QosClass.Claim(
                            VpaAdmissionController.merged(container.requests(), patch.requests()),
                            VpaAdmissionController.merged(container.limits(), patch.limits())));
        }
        return claims;
    }

    /** Sets all three parts to work, as if they had been there for long. */
    void start() {
        if (!started) {
            started = true;
            startMetrics.run();
            admission.start();
            recommender.start();
            updater.start();
        }
    }

    /** An object that is about to be created, as it is to be. */
    KubernetesObject admit(KubernetesObject object) {
        return admission.admit(object);
    }
}
