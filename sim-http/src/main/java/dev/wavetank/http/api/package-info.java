/**
 * The Kubernetes API of a simulated cluster: what kubectl, Fabric8 and client-go talk to.
 *
 * <p>{@link dev.wavetank.http.api.KubernetesApi} is the way in: a request comes as an {@link
 * dev.wavetank.http.api.ApiRequest} and leaves as an {@link dev.wavetank.http.api.ApiResponse}. Reads are answered from a
 * {@link dev.wavetank.http.api.WatchCache} on whatever thread asks; writes are prepared there too, and carried out on the
 * simulation's own thread. What a document says is decided elsewhere (defaults, validation, merging, tables); here lives how
 * requests are told apart and what happens to the store.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.http.api;
