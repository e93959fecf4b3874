package dev.wavetank.autoscaling.hpa;

import dev.wavetank.autoscaling.hpa.PodSelector.Operator;
import dev.wavetank.autoscaling.hpa.PodSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the text of a {@link PodSelector} from left to right: symbols, words, and an empty token at the end. */
final class PodSelectorParser {

    private static final String SYMBOLS = "()=!,<>";

    private final List<String> tokens = new ArrayList<>();
    private int next;

    PodSelectorParser(String text) {
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            int start = at++;
            if (Character.isWhitespace(c)) {
                continue;
            }
            if (SYMBOLS.indexOf(c) >= 0) {
                boolean isTwo = (c == '=' || c == '!') && at < text.length() && text.charAt(at) == '=';
                at += isTwo ? 1 : 0;
            } else {
                while (at < text.length() && isWordPart(text.charAt(at))) {
                    at++;
                }
            }
            tokens.add(text.substring(start, at));
        }
        tokens.add("");
    }

    private static boolean isWordPart(char c) {
        return SYMBOLS.indexOf(c) < 0 && !Character.isWhitespace(c);
    }

    private String peek() {
        return tokens.get(Math.min(next, tokens.size() - 1));
    }

    private String take() {
        String token = peek();
        next++;
        return token;
    }

    private static boolean isWord(String token) {
        return !token.isEmpty() && isWordPart(token.charAt(0));
    }

    List<Requirement> requirements() throws PodSelector.ParseException {
        List<Requirement> found = new ArrayList<>();
        while (!peek().isEmpty()) {
            if (!isWord(peek()) && !peek().equals("!")) {
                throw new PodSelector.ParseException(
                        "found '" + peek() + "', expected: !, identifier, or 'end of string'");
            }
            found.add(requirement());
            String separator = take();
            if (separator.isEmpty()) {
                return found;
            }
            if (!separator.equals(",")) {
                throw new PodSelector.ParseException("found '" + separator + "', expected: ',' or 'end of string'");
            }
            if (!isWord(peek()) && !peek().equals("!")) {
                throw new PodSelector.ParseException("found '" + peek() + "', expected: identifier after ','");
            }
        }
        return found;
    }

    private Requirement requirement() throws PodSelector.ParseException {
        boolean negated = peek().equals("!");
        if (negated) {
            take();
        }
        String key = take();
        if (!isWord(key)) {
            throw inRequirement("found '" + key + "', expected: identifier");
        }
        if (negated) {
            return new Requirement(key, Operator.DOES_NOT_EXIST, new TreeSet<>());
        }
        if (peek().isEmpty() || peek().equals(",")) {
            return new Requirement(key, Operator.EXISTS, new TreeSet<>());
        }
        String operator = take();
        return switch (operator) {
            case "=", "==" -> new Requirement(key, Operator.IN, one());
            case "!=" -> new Requirement(key, Operator.NOT_IN, one());
            case "in" -> new Requirement(key, Operator.IN, several());
            case "notin" -> new Requirement(key, Operator.NOT_IN, several());
            case ">", "gt" -> new Requirement(key, Operator.GREATER, one());
            case "<", "lt" -> new Requirement(key, Operator.LESS, one());
            default -> throw inRequirement("found '" + operator + "', expected: in, notin, =, ==, !=, gt, lt");
        };
    }

    private SortedSet<String> one() throws PodSelector.ParseException {
        SortedSet<String> values = new TreeSet<>();
        if (peek().isEmpty() || peek().equals(",")) {
            values.add("");
            return values;
        }
        String value = take();
        if (!isWord(value)) {
            throw inRequirement("found '" + value + "', expected: identifier");
        }
        values.add(value);
        return values;
    }

    private SortedSet<String> several() throws PodSelector.ParseException {
        String open = take();
        if (!open.equals("(")) {
            throw inRequirement("found '" + open + "' expected: '('");
        }
        SortedSet<String> values = new TreeSet<>();
        boolean afterComma = true;
        while (!peek().equals(")")) {
            String token = take();
            if (token.equals(",")) {
                if (afterComma) {
                    values.add("");
                }
                afterComma = true;
            } else if (isWord(token) && afterComma) {
                values.add(token);
                afterComma = false;
            } else {
                throw inRequirement("found '" + token + "', expected: ',' or ')'");
            }
        }
        take();
        if (afterComma) {
            values.add("");
        }
        return values;
    }

    private static PodSelector.ParseException inRequirement(String message) {
        return new PodSelector.ParseException("unable to parse requirement: " + message);
    }
}
