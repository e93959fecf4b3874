package dev.wavetank.controllers.scheduling;

import java.util.List;

/**
 * Prefers nodes that have the pod's images, large ones above all; an image few nodes have counts less, so that not all pods
 * flock to them.
 *
 * <p>Source: kubernetes 1.36 pkg/scheduler/framework/plugins/imagelocality.
 */
final class ImageLocality implements SchedulerPlugin {

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long LEAST = 23 * MEBIBYTE;
    private static final long MOST_PER_CONTAINER = 1000 * MEBIBYTE;

    @Override
    public String name() {
        return "ImageLocality";
    }

    @Override
    public NodeScore score(IncomingPod pod, ClusterSnapshot cluster, List<NodeInfo> feasible) {
        List<String> images = pod.needs().images();
        if (images.stream().allMatch(image -> cluster.nodesWithImage(image) == 0)) {
            return new Constant(0);
        }
        long most = MOST_PER_CONTAINER * images.size();
        return node -> {
            long sum = 0;
            for (String image : images) {
                Long size = node.images().get(image);
                if (size != null) {
                    double spread = (double) cluster.nodesWithImage(image) / cluster.size();
                    sum += (long) (size * spread);
                }
            }
            long clamped = Math.min(Math.max(sum, LEAST), most);
            return MAX_SCORE * (clamped - LEAST) / (most - LEAST);
        };
    }
}
