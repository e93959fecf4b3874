/**
 * The {@code wavetank} command, one file per subcommand: parse, call the library, print, exit code. No logic of its own.
 */
@org.jspecify.annotations.NullMarked
package dev.wavetank.cli;
