/**
 * HPA, VPA, KEDA and Knative as decision engines, and the metrics pipeline they read.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.autoscaling;
