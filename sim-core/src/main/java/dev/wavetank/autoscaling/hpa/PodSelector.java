package dev.wavetank.autoscaling.hpa;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A label selector in its text form, such as {@code app=web,tier in (a, b),!canary}, which is how a scale carries it.
 *
 * <p>Source: kubernetes 1.36 apimachinery pkg/labels/selector.go. Differs from Kubernetes: keys and values are not checked for their
 * alphabet, since whoever wrote the selector had it checked.
 */
final class PodSelector {

    /** The text is no selector; the message is the one Kubernetes gives. */
    static final class ParseException extends Exception {

        private static final long serialVersionUID = 1L;

        ParseException(String message) {
            super(message, null, false, false);
        }
    }

    private enum Operator {
        EXISTS,
        DOES_NOT_EXIST,
        IN,
        NOT_IN,
        GREATER,
        LESS
    }

    private record Requirement(String key, Operator operator, TreeSet<String> values) {

        boolean matches(Map<String, String> labels) {
            String value = labels.get(key);
            return switch (operator) {
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case GREATER -> compare(value) > 0;
                case LESS -> compare(value) < 0;
            };
        }

        /** Compares the label's number with the requirement's; 0 if the label is no number. */
        private int compare(@Nullable String value) {
            try {
                return value == null ? 0 : Long.compare(Long.parseLong(value), Long.parseLong(values.first()));
            } catch (NumberFormatException e) {
                return 0;
            }
        }
    }

    private final List<Requirement> requirements;

    private PodSelector(List<Requirement> requirements) {
        this.requirements = requirements;
    }

    boolean matches(Map<String, String> labels) {
        for (Requirement requirement : requirements) {
            if (!requirement.matches(labels)) {
                return false;
            }
        }
        return true;
    }

    static PodSelector parse(String text) throws ParseException {
        return new PodSelector(new Parser(text).requirements());
    }

    /** Reads tokens left to right: symbols, words, and an empty token at the end. */
    private static final class Parser {

        private static final String SYMBOLS = "()=!,<>";

        private final List<String> tokens = new ArrayList<>();
        private int next;

        Parser(String text) {
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

        List<Requirement> requirements() throws ParseException {
            List<Requirement> found = new ArrayList<>();
            while (!peek().isEmpty()) {
                if (!isWord(peek()) && !peek().equals("!")) {
                    throw new ParseException(
                            "found '" + peek() + "', expected: !, identifier, or 'end of string'");
                }
                found.add(requirement());
                String separator = take();
                if (separator.isEmpty()) {
                    return found;
                }
                if (!separator.equals(",")) {
                    throw new ParseException("found '" + separator + "', expected: ',' or 'end of string'");
                }
                if (!isWord(peek()) && !peek().equals("!")) {
                    throw new ParseException("found '" + peek() + "', expected: identifier after ','");
                }
            }
            return found;
        }

        private Requirement requirement() throws ParseException {
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
                default -> throw inRequirement(
                        "found '" + operator + "', expected: in, notin, =, ==, !=, gt, lt");
            };
        }

        private TreeSet<String> one() throws ParseException {
            TreeSet<String> values = new TreeSet<>();
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

        private TreeSet<String> several() throws ParseException {
            String open = take();
            if (!open.equals("(")) {
                throw inRequirement("found '" + open + "' expected: '('");
            }
            TreeSet<String> values = new TreeSet<>();
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

        private static ParseException inRequirement(String message) {
            return new ParseException("unable to parse requirement: " + message);
        }
    }
}
