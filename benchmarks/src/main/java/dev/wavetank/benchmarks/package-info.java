/**
 * JMH benchmarks, one class per hot path; each class comment holds the command that runs it. Peers run the same work in
 * the same JMH run, so that ratios and not times are compared.
 */
package dev.wavetank.benchmarks;
