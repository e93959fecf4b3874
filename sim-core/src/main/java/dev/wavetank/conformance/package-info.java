/**
 * Calls the decisions with golden vectors recorded from real Kubernetes and counts agreement, topic by topic. Start with {@code Conformance}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.conformance;
