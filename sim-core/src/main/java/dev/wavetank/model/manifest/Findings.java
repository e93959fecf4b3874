package dev.wavetank.model.manifest;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is wrong with a tree, all of it at once, and what in it is valid but not simulated. */
public final class Findings {

    /**
     * One mistake.
     *
     * @param pointer JSON pointer to the value it is about
     * @param message what is wrong
     * @param cure what to do about it
     */
    public record Finding(String pointer, String message, String cure) {}

    private final List<Finding> problems = new ArrayList<>();
    private final Set<String> notSimulated = new LinkedHashSet<>();

    public void problem(String pointer, String message, String cure) {
        problems.add(new Finding(pointer, message, cure));
    }

    /** Notes a valid field that has no effect on the simulation; the same field is noted once. */
    public void notSimulated(String field) {
        notSimulated.add(field);
    }

    public List<Finding> problems() {
        return Collections.unmodifiableList(problems);
    }

    /** Fields that are kept but not simulated, such as {@code Deployment spec.template.spec.affinity}. */
    public Set<String> notSimulated() {
        return Collections.unmodifiableSet(notSimulated);
    }
}
