package dev.wavetank.cli;

import dev.wavetank.model.manifest.Suggestion;
import dev.wavetank.scenario.InputException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code wavetank} command. */
@Command(
        name = "wavetank",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.Provider.class,
        description = "A Kubernetes cluster to test against: in process, the same every time, and it says why.",
        synopsisSubcommandLabel = "COMMAND",
        commandListHeading = "%nCommands:%n",
        footer = {"", "Try: wavetank run scenarios/scale-up.yaml"},
        subcommands = {
            RunCommand.class,
            ExplainCommand.class,
            ServeCommand.class,
            ConformanceCommand.class,
            CompareCommand.class,
            VersionCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Wavetank implements Runnable {

    @Spec
    private CommandSpec spec;

    /** Made by picocli, which fills in the fields. */
    @SuppressWarnings("NullAway.Init")
    Wavetank() {}

    /** Runs the command and exits with its status. */
    public static void main(String[] args) {
        System.exit(execute(args, Terminal.system()));
    }

    /** Runs the command and returns its exit status. */
    static int execute(String[] args, Terminal terminal) {
        CommandLine commandLine = new CommandLine(new Wavetank(), new Factory(terminal));
        commandLine.setOut(terminal.out());
        commandLine.setErr(terminal.err());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminal.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        commandLine.setParameterExceptionHandler(Wavetank::onBadUsage);
        commandLine.setExecutionExceptionHandler(
                (exception, command, parsed) -> onException(exception, terminal.err()));
        int status = commandLine.execute(args);
        terminal.flush();
        return status;
    }

    private static int onBadUsage(ParameterException exception, String[] args) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("wavetank: " + exception.getMessage());
        if (exception instanceof CommandLine.UnmatchedArgumentException unmatched) {
            suggest(unmatched, command.getCommandSpec(), err);
        }
        err.println("  See: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCodes.BAD_INPUT;
    }

    private static void suggest(
            CommandLine.UnmatchedArgumentException exception, CommandSpec command, PrintWriter err) {
        List<String> known = new ArrayList<>(command.subcommands().keySet());
        command.options().forEach(option -> known.addAll(List.of(option.names())));
        Suggestion.nearest(exception.getUnmatched().get(0), known)
                .ifPresent(word -> err.println("  Did you mean: " + command.qualifiedName() + " " + word + "?"));
    }

    private static int onException(Exception exception, PrintWriter err) {
        if (exception instanceof InputException) {
            err.println(exception.getMessage());
            return ExitCodes.BAD_INPUT;
        }
        err.println("wavetank: this is a bug in Wavetank, not in your input: " + exception);
        for (Throwable cause = exception.getCause(); cause != null; cause = cause.getCause()) {
            err.println("  because of " + cause);
        }
        StackTraceElement[] trace = exception.getStackTrace();
        if (trace.length > 0) {
            err.println("  in " + trace[0]);
        }
        err.println("  Please report it with the command and files that led here.");
        return ExitCodes.BUG;
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "which command? One of run, explain, serve, conformance, version.");
    }
}
