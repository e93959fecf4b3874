package dev.wavetank.autoscaling.knative;

import java.util.Map;

/** Reads typed values out of a ConfigMap or annotations, naming the key when one cannot be read. */
record Settings(Map<String, String> values, String prefix) {

    boolean has(String key) {
        return values.containsKey(prefix + key);
    }

    String text(String key, String otherwise) {
        return values.getOrDefault(prefix + key, otherwise);
    }

    double number(String key, double otherwise) {
        String text = values.get(prefix + key);
        if (text == null) {
            return otherwise;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw malformed(key, text, "a number", e);
        }
    }

    int integer(String key, int otherwise) {
        String text = values.get(prefix + key);
        if (text == null) {
            return otherwise;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw malformed(key, text, "a whole number", e);
        }
    }

    boolean bool(String key, boolean otherwise) {
        String text = values.get(prefix + key);
        return text == null ? otherwise : text.equalsIgnoreCase("true");
    }

    long nanos(String key, long otherwise) {
        String text = values.get(prefix + key);
        return text == null ? otherwise : GoDuration.parse(prefix + key, text);
    }

    private IllegalArgumentException malformed(String key, String text, String what, NumberFormatException cause) {
        return new IllegalArgumentException(prefix + key + " is '" + text + "'; write " + what, cause);
    }
}
