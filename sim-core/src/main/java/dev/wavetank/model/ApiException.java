package dev.wavetank.model;

/** The API refuses a request; carries the reason a real API server answers with. */
public final class ApiException extends RuntimeException {

    /** Why a request was refused, with the HTTP status a real server sends. */
    public enum Reason {
        NOT_FOUND("NotFound", 404),
        ALREADY_EXISTS("AlreadyExists", 409),
        CONFLICT("Conflict", 409),
        INVALID("Invalid", 422),
        TOO_MANY_REQUESTS("TooManyRequests", 429),
        INTERNAL("InternalError", 500);

        private final String text;
        private final int code;

        Reason(String text, int code) {
            this.text = text;
            this.code = code;
        }

        /** The reason as the API writes it. */
        public String text() {
            return text;
        }

        /** The HTTP status code. */
        public int code() {
            return code;
        }
    }

    private final Reason reason;

    public ApiException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static ApiException notFound(ObjectKey key) {
        return new ApiException(
                Reason.NOT_FOUND, key.kind().plural() + qualified(key.kind()) + " \"" + key.name() + "\" not found");
    }

    static ApiException alreadyExists(ObjectKey key) {
        return new ApiException(
                Reason.ALREADY_EXISTS,
                key.kind().plural() + qualified(key.kind()) + " \"" + key.name() + "\" already exists");
    }

    static ApiException conflict(ObjectKey key) {
        return new ApiException(
                Reason.CONFLICT,
                "Operation cannot be fulfilled on " + key.kind().plural() + qualified(key.kind()) + " \"" + key.name()
                        + "\": the object has been modified; please apply your changes to the latest version and try"
                        + " again");
    }

    private static String qualified(ResourceKind kind) {
        return kind.group().isEmpty() ? "" : "." + kind.group();
    }

    public Reason reason() {
        return reason;
    }
}
