package dev.wavetank.network;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * How names in a Service have to look.
 *
 * <p>Source: kubernetes 1.36 apimachinery pkg/util/validation.
 */
final class NameSyntax {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
    private static final Pattern PORT_CHARACTERS = Pattern.compile("[-a-z0-9]+");
    private static final Pattern LETTER = Pattern.compile("[a-z]");

    private NameSyntax() {}

    static boolean isDnsLabel(String name) {
        return name.length() <= 63 && LABEL.matcher(name).matches();
    }

    /** True for labels with dots between them. */
    static boolean isDnsSubdomain(String name) {
        if (name.length() > 253) {
            return false;
        }
        for (String label : name.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches()) {
                return false;
            }
        }
        return true;
    }

    /** What is wrong with the name of a container's port; the API reports each by itself. */
    static List<String> portNameMistakes(String name) {
        List<String> mistakes = new ArrayList<>();
        if (name.length() > 15) {
            mistakes.add("\"" + name + "\" has more than 15 characters");
        }
        if (!PORT_CHARACTERS.matcher(name).matches()) {
            mistakes.add("\"" + name + "\" has other characters than a-z, 0-9 and -");
        }
        if (!LETTER.matcher(name).find()) {
            mistakes.add("\"" + name + "\" has no letter");
        }
        if (name.contains("--")) {
            mistakes.add("\"" + name + "\" has two hyphens in a row");
        }
        if (name.startsWith("-") || name.endsWith("-")) {
            mistakes.add("\"" + name + "\" begins or ends with a hyphen");
        }
        return mistakes;
    }
}
