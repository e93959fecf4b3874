package dev.wavetank.controllers.scheduling;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Longs;
import org.jspecify.annotations.Nullable;

/**
 * Requirements on a node that must all hold. A term without any matches no node.
 *
 * <p>Source: kubernetes 1.36 component-helpers scheduling/corev1/nodeaffinity.
 *
 * @param fields requirements on the node's name, the one field there is
 */
public record NodeTerm(ImmutableList<Requirement> labels, ImmutableList<Requirement> fields) {

    /** How a value is compared. */
    public enum Operator {
        IN("In"),
        NOT_IN("NotIn"),
        EXISTS("Exists"),
        DOES_NOT_EXIST("DoesNotExist"),
        GT("Gt"),
        LT("Lt");

        private final String text;

        Operator(String text) {
            this.text = text;
        }

        /** The operator as manifests write it. */
        public String text() {
            return text;
        }
    }

    /** One requirement; {@code values} is empty for Exists and DoesNotExist, and one whole number for Gt and Lt. */
    public record Requirement(String key, Operator operator, ImmutableList<String> values) {

        boolean matches(@Nullable String value) {
            return switch (operator) {
                case IN -> value != null && values.contains(value);
                case NOT_IN -> value == null || !values.contains(value);
                case EXISTS -> value != null;
                case DOES_NOT_EXIST -> value == null;
                case GT -> compare(value) > 0;
                case LT -> compare(value) < 0;
            };
        }

        /** 0 if the two cannot be compared; then neither Gt nor Lt holds. */
        private int compare(@Nullable String value) {
            Long left = value == null ? null : Longs.tryParse(value);
            Long right = values.isEmpty() ? null : Longs.tryParse(values.get(0));
            return left == null || right == null ? 0 : left.compareTo(right);
        }
    }

    /** A term that is liked and not demanded; {@code weight} is 1 to 100. */
    public record Preferred(int weight, NodeTerm term) {}

    boolean matches(NodeInfo node) {
        if (labels.isEmpty() && fields.isEmpty()) {
            return false;
        }
        for (Requirement requirement : labels) {
            if (!requirement.matches(node.labels().get(requirement.key()))) {
                return false;
            }
        }
        for (Requirement requirement : fields) {
            if (!requirement.matches(node.name())) {
                return false;
            }
        }
        return true;
    }
}
