package dev.wavetank.scenario;

import dev.wavetank.engine.Distribution;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.network.Load;
import dev.wavetank.network.RateProfile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one phase of a load. */
final class LoadReader {

    private static final Pattern RATE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*/\\s*(s|m|h)");
    private static final double FASTEST = 10_000_000;
    private static final int MOST_USERS = 1_000_000;
    private static final long DAY = 24L * 3600 * 1_000_000_000;

    /** A day begins at its quietest. */
    private static final double TROUGH = 0.75;

    private static final List<String> SHAPES =
            List.of("constant", "poisson", "ramp", "step", "sine", "diurnal", "burst", "replay", "users");

    private LoadReader() {}

    /** Reads a phase; files it names are looked for in a folder. */
    static Load read(Field phase, Path folder) {
        phase.expectObject();
        List<Field> present = new ArrayList<>();
        for (String shape : SHAPES) {
            Field field = phase.get(shape).expectObject();
            if (field.isPresent()) {
                present.add(field);
            }
        }
        phase.noOthers(SHAPES);
        if (present.size() != 1) {
            phase.problem(
                    "a phase of a load has exactly one shape", "Give it one of " + String.join(", ", SHAPES) + ".");
            return new Load.Constant(1, 0, 1);
        }
        Field shape = present.get(0);
        long requests = shape.get("requests").longInteger(Long.MAX_VALUE, 1, Long.MAX_VALUE);
        Load load = read(shape, folder, requests);
        shape.noOthers();
        return load;
    }

    private static Load read(Field shape, Path folder, long requests) {
        long duration = shape.get("for").parsed(Long.MAX_VALUE, Durations::parse);
        return switch (shape.name()) {
            case "poisson" -> new Load.Poisson(rate(shape, "rate"), duration, requests);
            case "ramp" -> {
                long over = shape.get("over").parsed(duration, Durations::parse);
                if (over == Long.MAX_VALUE) {
                    shape.problem("a ramp needs to know how long it takes", "Add for: 60s, or over: 60s.");
                    over = 1;
                }
                yield varying(
                        RateProfile.ramp(rateOrZero(shape, "from"), rateOrZero(shape, "to"), over),
                        shape,
                        duration,
                        requests);
            }
            case "step" -> varying(steps(shape), shape, duration, requests);
            case "sine" -> {
                double mean = rate(shape, "mean");
                double amplitude = rateOrZero(shape, "amplitude");
                if (amplitude > mean) {
                    shape.get("amplitude").problem("the amplitude is larger than the mean", "Give at most the mean.");
                }
                yield varying(
                        RateProfile.wave(mean, amplitude, period(shape, DAY), phase(shape, 0)),
                        shape,
                        duration,
                        requests);
            }
            case "diurnal" -> {
                double low = rateOrZero(shape, "low");
                double high = rate(shape, "high");
                if (low > high) {
                    shape.get("low").problem("low is above high", "Exchange them.");
                }
                yield varying(
                        RateProfile.wave(
                                (low + high) / 2,
                                Math.max(0, high - low) / 2,
                                period(shape, DAY),
                                phase(shape, TROUGH)),
                        shape,
                        duration,
                        requests);
            }
            case "burst" -> bursts(shape, duration, requests);
            case "replay" -> ReplayFile.read(shape, folder, duration, requests);
            case "users" ->
                new Load.Users(
                        (int) shape.get("count").required("Say how many users.").longInteger(1, 1, MOST_USERS),
                        ScenarioReader.distribution(shape.get("think"), Distribution.parse("1s")),
                        shape.get("rampUp").parsed(0L, Durations::parse),
                        duration,
                        requests);
            default -> new Load.Constant(rate(shape, "rate"), duration, requests);
        };
    }

    /** A rate that varies; where nothing is said its requests come at random, as those of many people do. */
    static Load varying(RateProfile profile, Field shape, long duration, long requests) {
        String arrivals = shape.get("arrivals").choice("random", List.of("random", "even"), text -> text);
        return new Load.Varying(profile, arrivals.equals("random"), duration, requests);
    }

    private static RateProfile steps(Field shape) {
        List<Field> rates = shape.get("rates")
                .required("List the rates, such as [10/s, 50/s].")
                .elements();
        if (rates.isEmpty()) {
            shape.problem("a step load needs rates", "Add rates: [10/s, 50/s] and each: 30s.");
            return RateProfile.ramp(1, 1, 1);
        }
        long each = shape.get("each").required("Say how long each rate lasts.").parsed(DAY, Durations::parse);
        double[] perSecond = rates.stream()
                .mapToDouble(rate -> rate.parsed(1.0, LoadReader::perSecondOrZero))
                .toArray();
        long[] nanos = new long[perSecond.length];
        java.util.Arrays.fill(nanos, Math.max(1, each));
        return RateProfile.steps(perSecond, nanos);
    }

    private static Load bursts(Field shape, long duration, long requests) {
        double base = rateOrZero(shape, "base");
        double peak = rate(shape, "peak");
        long every = shape.get("every").required("Say how often it bursts.").parsed(DAY, Durations::parse);
        long lasting =
                shape.get("lasting").required("Say how long a burst lasts.").parsed(1L, Durations::parse);
        if (lasting <= 0 || lasting >= every) {
            shape.problem("a burst must last more than 0 and less than the time from one to the next", "Mend lasting.");
            lasting = 1;
            every = DAY;
        }
        return varying(RateProfile.bursts(base, peak, every, lasting), shape, duration, requests);
    }

    private static long period(Field shape, long fallback) {
        Field field = shape.get("period");
        long period = field.parsed(fallback, Durations::parse);
        if (period < 1_000_000) {
            field.problem("the period is too short", "Give at least 1ms.");
            return fallback;
        }
        return period;
    }

    private static double phase(Field shape, double fallback) {
        return shape.get("phase").parsed(fallback, Shares::fraction);
    }

    private static double rate(Field shape, String name) {
        return shape.get(name)
                .required("Say how many requests, such as " + name + ": 40/s.")
                .parsed(1.0, LoadReader::perSecond);
    }

    private static double rateOrZero(Field shape, String name) {
        return shape.get(name).parsed(0.0, LoadReader::perSecondOrZero);
    }

    static double perSecond(String text) {
        double perSecond = perSecondOrZero(text);
        if (perSecond <= 0) {
            throw new IllegalArgumentException(
                    "the rate " + text + " is out of range; give more than 0 and at most ten million a second");
        }
        return perSecond;
    }

    private static double perSecondOrZero(String text) {
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
        if (perSecond > FASTEST) {
            throw new IllegalArgumentException(
                    "the rate " + text + " is out of range; give more than 0 and at most ten million a second");
        }
        return perSecond;
    }
}
