package dev.wavetank.node;

/** What the kubelet says about images. */
final class Images {

    private Images() {}

    static String presentMessage(String image) {
        return "Container image \"" + image + "\" already present on machine and can be accessed by the pod";
    }
}
