package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;

/** What a user gave cannot be used; says where, what and how to mend it, all mistakes at once. */
public final class InputException extends RuntimeException {

    /**
     * One mistake.
     *
     * @param file the file it is in
     * @param message what is wrong
     * @param cure how to mend it
     */
    public record Mistake(String file, Position position, String message, String cure) {

        /** As people read it: place and fault on one line, the cure under it. */
        @Override
        public String toString() {
            return file + ":" + position.line() + ":" + position.column() + ": " + message + ".\n  " + cure;
        }
    }

    private final transient ImmutableList<Mistake> mistakes;

    InputException(List<Mistake> mistakes) {
        super(mistakes.stream().map(Mistake::toString).collect(Collectors.joining("\n")));
        this.mistakes = ImmutableList.copyOf(mistakes);
    }

    /** One mistake alone. */
    public static InputException single(String file, Position position, String message, String cure) {
        return new InputException(List.of(new Mistake(file, position, message, cure)));
    }

    public ImmutableList<Mistake> mistakes() {
        return mistakes;
    }
}
