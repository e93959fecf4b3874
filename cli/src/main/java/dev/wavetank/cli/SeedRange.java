package dev.wavetank.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Seeds as people write them: {@code 7}, or {@code 1..10}. */
final class SeedRange {

    private SeedRange() {}

    /** First and last seed; anything else is refused with what to write. */
    static long[] parse(String text, CommandLine command) {
        String[] parts = text.trim().split("\\.\\.", -1);
        try {
            long first = Long.parseLong(parts[0]);
            long last = parts.length == 1 ? first : Long.parseLong(parts[1]);
            if (parts.length <= 2 && first <= last) {
                return new long[] {first, last};
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new ParameterException(command, "--seeds is \"" + text + "\"; write one seed, or a range such as 1..10.");
    }
}
