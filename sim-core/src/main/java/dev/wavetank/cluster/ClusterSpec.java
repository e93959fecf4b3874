package dev.wavetank.cluster;

import com.google.common.collect.ImmutableList;
import dev.wavetank.controllers.ControlPlane;
import dev.wavetank.model.Delays;
import dev.wavetank.model.ImageCatalog;
import dev.wavetank.network.ProxySettings;
import dev.wavetank.node.Kubelet;

/**
 * What a simulated cluster is made of.
 *
 * @param nodes at least one
 * @param images which there are, and who has them
 * @param explain keep every decision with its reason
 */
public record ClusterSpec(
        ImmutableList<NodeSpec> nodes,
        Delays delays,
        ControlPlane controlPlane,
        Kubelet.Options kubelet,
        ProxySettings proxy,
        ImageCatalog images,
        boolean explain) {

    /** One node of eight cores and 8 GiB: what Docker Desktop gives to Kubernetes on a usual laptop. */
    public static ClusterSpec dockerDesktop() {
        return new ClusterSpec(
                ImmutableList.of(NodeSpec.of("docker-desktop", 8_000, 8L << 30)),
                Delays.standard(),
                ControlPlane.STANDARD,
                Kubelet.Options.STANDARD,
                ProxySettings.STANDARD.withHiddenSources(true),
                ImageCatalog.ALL_PRESENT,
                false);
    }

    public ClusterSpec withNodes(ImmutableList<NodeSpec> nodes) {
        return new ClusterSpec(nodes, delays, controlPlane, kubelet, proxy, images, explain);
    }

    public ClusterSpec withDelays(Delays delays) {
        return new ClusterSpec(nodes, delays, controlPlane, kubelet, proxy, images, explain);
    }

    public ClusterSpec withControlPlane(ControlPlane controlPlane) {
        return new ClusterSpec(nodes, delays, controlPlane, kubelet, proxy, images, explain);
    }

    public ClusterSpec withKubelet(Kubelet.Options kubelet) {
        return new ClusterSpec(nodes, delays, controlPlane, kubelet, proxy, images, explain);
    }

    public ClusterSpec withProxy(ProxySettings proxy) {
        return new ClusterSpec(nodes, delays, controlPlane, kubelet, proxy, images, explain);
    }

    public ClusterSpec withImages(ImageCatalog images) {
        return new ClusterSpec(nodes, delays, controlPlane, kubelet, proxy, images, explain);
    }

    public ClusterSpec withExplain(boolean explain) {
        return new ClusterSpec(nodes, delays, controlPlane, kubelet, proxy, images, explain);
    }
}
