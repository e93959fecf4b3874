/**
 * Puts one simulated cluster together; what a user of the library meets first. Start with {@code Cluster}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.cluster;
