package dev.wavetank.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.ResourceKind;

/**
 * The API refuses a request: the Status object it answers with.
 *
 * <p>Source of reasons, codes and wording: kubernetes 1.36 apimachinery pkg/api/errors.
 */
public final class ApiStatus extends RuntimeException {

    private final int code;
    private final String reason;
    private final transient ObjectNode details;

    ApiStatus(int code, String reason, String message, ObjectNode details) {
        super(message, null, false, false);
        this.code = code;
        this.reason = reason;
        this.details = details;
    }

    static ApiStatus badRequest(String message) {
        return new ApiStatus(400, "BadRequest", message, Json.object());
    }

    static ApiStatus notFound(ResourceKind kind, String name) {
        return about(404, "NotFound", qualified(kind) + " \"" + name + "\" not found", kind, name);
    }

    static ApiStatus alreadyExists(ResourceKind kind, String name) {
        return about(409, "AlreadyExists", qualified(kind) + " \"" + name + "\" already exists", kind, name);
    }

    static ApiStatus conflict(ResourceKind kind, String name, String why) {
        return about(
                409,
                "Conflict",
                "Operation cannot be fulfilled on " + qualified(kind) + " \"" + name + "\": " + why,
                kind,
                name);
    }

    static ApiStatus forbidden(ResourceKind kind, String name, String why) {
        String what = name.isEmpty() ? qualified(kind) : qualified(kind) + " \"" + name + "\"";
        return about(403, "Forbidden", what + " is forbidden: " + why, kind, name);
    }

    static ApiStatus methodNotAllowed() {
        return new ApiStatus(
                405,
                "MethodNotAllowed",
                "the server does not allow this method on the requested resource",
                Json.object());
    }

    static ApiStatus notAcceptable() {
        return new ApiStatus(
                406,
                "NotAcceptable",
                "only the following media types are accepted: application/json, application/yaml,"
                        + " application/vnd.kubernetes.protobuf",
                Json.object());
    }

    static ApiStatus unsupportedMediaType(String accepted) {
        return new ApiStatus(
                415,
                "UnsupportedMediaType",
                "the body of the request was in an unknown format - accepted media types include: " + accepted,
                Json.object());
    }

    /** 410: the version asked for is no longer kept. */
    static ApiStatus expired(String message) {
        return new ApiStatus(410, "Expired", message, Json.object());
    }

    /** 504: the version asked for is yet to come. */
    static ApiStatus tooLargeVersion(long asked, long current) {
        ObjectNode details = Json.object();
        details.putArray("causes")
                .addObject()
                .put("reason", "ResourceVersionTooLarge")
                .put("message", "Too large resource version");
        details.put("retryAfterSeconds", 1);
        return new ApiStatus(
                504, "Timeout", "Timeout: Too large resource version: " + asked + ", current: " + current, details);
    }

    /** 422 with one cause, about an object of a kind. */
    static ApiStatus invalid(ResourceKind kind, String name, String field, String causeReason, String message) {
        String what = kind.group().isEmpty() ? kind.kind() : kind.kind() + "." + kind.group();
        ObjectNode details = Json.object();
        details.put("name", name);
        if (!kind.group().isEmpty()) {
            details.put("group", kind.group());
        }
        details.put("kind", kind.kind());
        cause(details.putArray("causes"), causeReason, message, field);
        return new ApiStatus(422, "Invalid", what + " \"" + name + "\" is invalid: " + field + ": " + message, details);
    }

    /** 422 about a patch that cannot be made an object of; says no kind and no name, as the API server does. */
    static ApiStatus invalidPatch(String patch, String why) {
        String message = "Invalid value: \""
                + patch.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\": " + why;
        ObjectNode details = Json.object();
        cause(details.putArray("causes"), "FieldValueInvalid", message, "patch");
        return new ApiStatus(422, "Invalid", " \"\" is invalid: patch: " + message, details);
    }

    private static void cause(ArrayNode causes, String reason, String message, String field) {
        causes.addObject().put("reason", reason).put("message", message).put("field", field);
    }

    static ApiStatus internal(String message) {
        return new ApiStatus(500, "InternalError", "Internal error occurred: " + message, Json.object());
    }

    static ApiStatus about(int code, String reason, String message, ResourceKind kind, String name) {
        ObjectNode details = Json.object();
        if (!name.isEmpty()) {
            details.put("name", name);
        }
        if (!kind.group().isEmpty()) {
            details.put("group", kind.group());
        }
        details.put("kind", kind.plural());
        return new ApiStatus(code, reason, message, details);
    }

    /** What the store refused, as the API says it. */
    static ApiStatus of(ApiException refused, ResourceKind kind, String name) {
        return switch (refused.reason()) {
            case NOT_FOUND -> notFound(kind, name);
            case ALREADY_EXISTS -> alreadyExists(kind, name);
            case CONFLICT -> about(409, "Conflict", String.valueOf(refused.getMessage()), kind, name);
            case INVALID -> about(422, "Invalid", String.valueOf(refused.getMessage()), kind, name);
            case TOO_MANY_REQUESTS -> about(429, "TooManyRequests", String.valueOf(refused.getMessage()), kind, name);
            case INTERNAL -> about(500, "InternalError", String.valueOf(refused.getMessage()), kind, name);
        };
    }

    static String qualified(ResourceKind kind) {
        return kind.group().isEmpty() ? kind.plural() : kind.plural() + "." + kind.group();
    }

    int code() {
        return code;
    }

    String reason() {
        return reason;
    }

    /** The Status object. */
    ObjectNode document() {
        ObjectNode status = Json.object();
        status.put("kind", "Status").put("apiVersion", "v1").putObject("metadata");
        status.put("status", "Failure").put("message", getMessage()).put("reason", reason);
        status.set("details", details);
        return status.put("code", code);
    }

    ApiResponse response() {
        return ApiResponse.json(code, document());
    }
}
