/**
 * A real port on this machine for every port of a NodePort or LoadBalancer Service, behind which the modelled kube-proxy picks
 * and a modelled app answers. Read {@link dev.wavetank.http.ingress.Ingress} first, then
 * {@link dev.wavetank.http.ingress.DemoApp}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.http.ingress;
