package dev.wavetank.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** Says which version this is. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Says which version this is.")
final class VersionCommand implements Callable<Integer> {

    private final Terminal terminal;

    VersionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        for (String line : new Provider().getVersion()) {
            terminal.out().println(line);
        }
        return ExitCodes.HELD;
    }

    /** Reads the version from the jar's manifest. */
    static final class Provider implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Wavetank.class.getPackage().getImplementationVersion();
            return new String[] {
                "wavetank " + (version == null ? "(not packaged)" : version),
                "reference: Kubernetes 1.36",
                "java " + Runtime.version().feature()
            };
        }
    }
}
