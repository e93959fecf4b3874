package dev.wavetank.cli;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, without reflection where that saves start-up time, and hands them the terminal. */
final class Factory implements IFactory {

    private final Terminal terminal;

    Factory(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        if (type == RunCommand.class) {
            return type.cast(new RunCommand(terminal));
        }
        if (type == ExplainCommand.class) {
            return type.cast(new ExplainCommand(terminal));
        }
        if (type == ServeCommand.class) {
            return type.cast(new ServeCommand(terminal));
        }
        if (type == ConformanceCommand.class) {
            return type.cast(new ConformanceCommand(terminal));
        }
        if (type == CompareCommand.class) {
            return type.cast(new CompareCommand(terminal));
        }
        if (type == VersionCommand.class) {
            return type.cast(new VersionCommand(terminal));
        }
        return CommandLine.defaultFactory().create(type);
    }
}
