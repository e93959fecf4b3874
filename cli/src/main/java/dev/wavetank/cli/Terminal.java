package dev.wavetank.cli;

import dev.wavetank.report.Style;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** Where a command writes to, and whether colours make sense there. */
final class Terminal {

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean colour;

    private Terminal(PrintWriter out, PrintWriter err, boolean colour) {
        this.out = out;
        this.err = err;
        this.colour = colour;
    }

    /**
     * The process's own output: colours only on a terminal, and never where NO_COLOR is set. Whether it is one is the
     * launcher's to say, since Java itself cannot tell output from input.
     */
    static Terminal system() {
        String noColor = System.getenv("NO_COLOR");
        boolean colour = Boolean.getBoolean("wavetank.terminal") && (noColor == null || noColor.isEmpty());
        return new Terminal(
                new PrintWriter(System.out, false, StandardCharsets.UTF_8),
                new PrintWriter(System.err, true, StandardCharsets.UTF_8),
                colour);
    }

    /** Output into two texts, for tests. */
    static Terminal into(Writer out, Writer err) {
        return new Terminal(new PrintWriter(out), new PrintWriter(err), false);
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    boolean colour() {
        return colour;
    }

    Style style() {
        return colour ? Style.COLOUR : Style.PLAIN;
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
