/**
 * The little web service that real pods run, and the load generator in the same image. It knows nothing of the simulator.
 */
package dev.wavetank.demo;
