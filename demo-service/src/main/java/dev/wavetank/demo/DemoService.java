package dev.wavetank.demo;

import dev.wavetank.demo.load.LoadCommand;
import java.util.Arrays;

/** The program: serves with the settings of its environment, or sends load when its first word is {@code load}. */
public final class DemoService {

    private static final int BAD_SETTING = 2;

    private DemoService() {}

    /** Starts the server, or runs {@code load}; returns only while the server's own threads go on. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0) {
            System.exit(commandLine(args));
        }
        try {
            DemoServer.start(Settings.from(System.getenv())).stopOnSigterm();
        } catch (IllegalArgumentException | DemoServer.CannotListenException e) {
            System.err.println("demo-service: " + e.getMessage());
            System.exit(BAD_SETTING);
        }
    }

    private static int commandLine(String[] args) throws InterruptedException {
        if (args[0].equals("load")) {
            return LoadCommand.execute(Arrays.copyOfRange(args, 1, args.length));
        }
        if (args[0].equals("warm-up")) {
            return WarmUp.run();
        }
        boolean help = args[0].equals("--help") || args[0].equals("-h");
        (help ? System.out : System.err)
                .println(
                        (help ? "" : "demo-service: \"" + args[0] + "\" is not a command.\n")
                                + "Without arguments it serves on HOST:PORT (0.0.0.0:8000), with the settings of its environment:\n"
                                + "  " + String.join(" ", Settings.NAMES) + "\n"
                                + "With \"load\" as first word it sends load: see load --help. With \"warm-up\" it loads its classes and ends.");
        return help ? 0 : BAD_SETTING;
    }
}
