package dev.wavetank.scenario;

import dev.wavetank.engine.Durations;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.network.Load;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one phase of a load. */
final class LoadReader {

    private static final Pattern RATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*/\\s*(s|m|h)");
    private static final double FASTEST = 10_000_000;

    private LoadReader() {}

    static Load read(Field phase) {
        phase.expectObject();
        Field constant = phase.get("constant").expectObject();
        Field poisson = phase.get("poisson").expectObject();
        phase.noOthers(List.of("constant", "poisson"));
        if (constant.isPresent() == poisson.isPresent()) {
            phase.problem("a phase of a load has exactly one shape", "Give it one of constant or poisson.");
        }
        Field shape = poisson.isPresent() ? poisson : constant;
        double rate = shape.get("rate")
                .required("Say how many requests, such as rate: 40/s.")
                .parsed(1.0, LoadReader::perSecond);
        long duration = shape.get("for").parsed(Long.MAX_VALUE, Durations::parse);
        long requests = shape.get("requests").longInteger(Long.MAX_VALUE, 1, Long.MAX_VALUE);
        shape.noOthers();
        return poisson.isPresent()
                ? new Load.Poisson(rate, duration, requests)
                : new Load.Constant(rate, duration, requests);
    }

    static double perSecond(String text) {
        Matcher matcher = RATE.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a rate; write requests per time, such as 40/s, 90/m");
        }
        double number = Double.parseDouble(matcher.group(1));
        double perSecond = switch (matcher.group(2)) {
            case "m" -> number / 60;
            case "h" -> number / 3600;
            default -> number;
        };
        if (perSecond <= 0 || perSecond > FASTEST) {
            throw new IllegalArgumentException(
                    "the rate " + text + " is out of range; give more than 0 and at most ten million a second");
        }
        return perSecond;
    }
}
