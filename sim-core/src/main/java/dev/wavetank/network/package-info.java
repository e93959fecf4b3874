/**
 * The service data plane: kube-proxy and its balancing strategies, connections, clients. Start with {@code KubeProxy}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.network;
