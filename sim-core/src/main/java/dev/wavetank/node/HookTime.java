package dev.wavetank.node;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.model.Lifecycle.Hook;
import dev.wavetank.model.Times;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How long a lifecycle hook takes: what it says itself, or else what is said of the app. */
final class HookTime {

    private static final Pattern SLEEP = Pattern.compile("(?:^|[^\\w-])sleep\\s+(\\d+(?:\\.\\d+)?)s?(?:\\W|$)");

    private HookTime() {}

    /**
     * Nanoseconds a hook takes if nobody cuts it short. A command of which nothing is said takes as long as the {@code
     * sleep} in it, if there is one, and no time otherwise.
     *
     * @param stated what the scenario says of the app's hook, null if nothing
     */
    static long of(Hook hook, @Nullable Distribution stated, RandomStream random) {
        if (hook instanceof Hook.Sleep sleep) {
            return sleep.seconds() * Times.SECOND;
        }
        if (stated != null) {
            return stated.sampleNanos(random);
        }
        return hook instanceof Hook.Exec exec ? sleepIn(exec.command()) : 0;
    }

    static long sleepIn(String command) {
        Matcher sleep = SLEEP.matcher(command);
        return sleep.find() ? (long) (Double.parseDouble(sleep.group(1)) * Times.SECOND) : 0;
    }
}
