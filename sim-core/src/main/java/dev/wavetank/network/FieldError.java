package dev.wavetank.network;

/**
 * One thing wrong with an object, as the API server reports it.
 *
 * @param field where, such as {@code spec.ports[1].name}
 * @param detail what, in words
 */
public record FieldError(Type type, String field, String detail) {

    /** The API's kinds of finding. */
    public enum Type {
        REQUIRED("FieldValueRequired"),
        INVALID("FieldValueInvalid"),
        NOT_SUPPORTED("FieldValueNotSupported"),
        DUPLICATE("FieldValueDuplicate"),
        FORBIDDEN("FieldValueForbidden");

        private final String text;

        Type(String text) {
            this.text = text;
        }

        /** The kind as the API writes it. */
        public String text() {
            return text;
        }
    }
}
