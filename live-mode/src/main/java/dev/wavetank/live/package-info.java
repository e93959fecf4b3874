/**
 * The same scenario driven on a real cluster: checks, steps, recording, comparison and calibration will live here.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.live;
