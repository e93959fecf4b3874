package dev.wavetank.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a {@link Distribution}: a duration, or a name with its arguments in parentheses. */
final class DistributionText {
    /** One kind of distribution as it is written: an example for messages, and how to read the arguments. */
    private record Kind(String example, int arity, Function<Arguments, Distribution> reader) {
        String written() {
            return example.substring(0, example.indexOf('('));
        }
    }

    private static final int ANY_NUMBER = -1;
    private static final List<Kind> KINDS = List.of(
            new Kind("constant(20ms)", 1, a -> new Distribution.Constant(a.duration(0))),
            new Kind("uniform(10ms, 30ms)", 2, a -> new Distribution.Uniform(a.duration(0), a.duration(1))),
            new Kind("exponential(20ms)", 1, a -> new Distribution.Exponential(a.duration(0))),
            new Kind("erlang(20ms, 4)", 2, a -> new Distribution.Erlang(a.duration(0), a.count(1))),
            new Kind("normal(20ms, 4ms)", 2, a -> new Distribution.Normal(a.duration(0), a.duration(1))),
            new Kind("lognormal(5ms, 0.4)", 2, a -> new Distribution.LogNormal(a.duration(0), a.number(1))),
            new Kind("pareto(5ms, 1.5)", 2, a -> new Distribution.Pareto(a.duration(0), a.number(1))),
            new Kind("empirical(1ms, 2ms, 5ms)", ANY_NUMBER, a -> new Distribution.Empirical(a.durations())));

    private static final Pattern CALL = Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_-]*)\\s*(?:\\((.*)\\))?\\s*");
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)?([eE][-+]?\\d+)?");

    private DistributionText() {}

    static Distribution parse(String text) {
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            if (!text.isBlank() && "-.0123456789".indexOf(text.strip().charAt(0)) >= 0) {
                return new Distribution.Constant(Durations.parse(text));
            }
            throw new IllegalArgumentException(
                    "\"" + text + "\" is neither a duration such as 20ms nor a distribution such as exponential(20ms)");
        }
        Kind kind = kindOf(text, call.group(1));
        if (call.group(2) == null) {
            throw mistake(text, kind.written() + " needs arguments in parentheses", kind);
        }
        Arguments arguments = new Arguments(split(call.group(2)));
        if (kind.arity != ANY_NUMBER && kind.arity != arguments.size()) {
            throw mistake(text, kind.written() + " takes " + kind.arity + " and not " + arguments.size(), kind);
        }
        try {
            return kind.reader.apply(arguments);
        } catch (IllegalArgumentException e) {
            throw mistake(text, String.valueOf(e.getMessage()), kind);
        }
    }

    private static Kind kindOf(String text, String name) {
        for (Kind kind : KINDS) {
            if (kind.written().equals(name)) {
                return kind;
            }
        }
        Kind nearest = KINDS.get(0);
        for (Kind kind : KINDS) {
            if (distance(name, kind.written()) < distance(name, nearest.written())) {
                nearest = kind;
            }
        }
        String known = String.join(", ", KINDS.stream().map(Kind::written).toList());
        boolean plausible = distance(name, nearest.written()) <= Math.max(2, name.length() / 2);
        throw new IllegalArgumentException("\"" + text + "\": there is no distribution \"" + name + "\"; "
                + (plausible ? "did you mean " + nearest.example + "? Known are " : "known are ") + known);
    }

    private static IllegalArgumentException mistake(String text, String what, Kind kind) {
        return new IllegalArgumentException("\"" + text + "\": " + what + "; write it as in " + kind.example);
    }

    private static List<String> split(String arguments) {
        return arguments.isBlank()
                ? List.of()
                : Arrays.stream(arguments.split(",", -1)).map(String::strip).toList();
    }

    /** How many letters to insert, delete or replace to turn one word into the other, ignoring case. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    private record Arguments(List<String> texts) {
        int size() {
            return texts.size();
        }

        long duration(int index) {
            return Durations.parse(texts.get(index));
        }

        List<Long> durations() {
            List<Long> durations = new ArrayList<>();
            for (String text : texts) {
                durations.add(Durations.parse(text));
            }
            return durations;
        }

        double number(int index) {
            String text = texts.get(index);
            if (!NUMBER.matcher(text).matches()) {
                throw new IllegalArgumentException("\"" + text + "\" is not a number");
            }
            return Double.parseDouble(text);
        }

        int count(int index) {
            double number = number(index);
            if (number != Math.rint(number) || number > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("\"" + texts.get(index) + "\" is not a whole number");
            }
            return (int) number;
        }
    }
}
