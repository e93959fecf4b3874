/**
 * Reads, checks and runs a scenario file. Start with {@code ScenarioReader} and {@code ScenarioRunner}.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.scenario;
