/**
 * The simulated cluster behind a real HTTP server: a Kubernetes-compatible API, the dashboard, the ingress, and the pacer
 * that ties virtual time to a wall clock. Will live here; nothing in sim-core looks back at it.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.http;
