/**
 * What a person or a program sees of a run: timeline, tables, trace file.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.report;
