/**
 * How the scheduler chooses a node: filters, scores and the text that explains a failure, as pure decisions over a snapshot of the cluster. The actor lives elsewhere. Start with {@code Scheduling}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.controllers.scheduling;
