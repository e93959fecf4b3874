/**
 * What the control plane concludes when nodes fall silent or are tainted, as pure decisions. The actor lives elsewhere. Start with {@code NodeHealth}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.controllers.nodelifecycle;
