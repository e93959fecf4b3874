/**
 * What happens on a node: the kubelet, its probe workers, pod start and graceful termination. Start with {@code Kubelet}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.node;
