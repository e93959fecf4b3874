package dev.wavetank.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the API answers.
 *
 * @param headers besides Content-Type, in the order they are sent
 * @param body the whole answer; empty where {@code stream} is set
 * @param stream what follows bit by bit, as a watch or a followed log does; null for a plain answer
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way from one stream to another; nobody compares them
public record ApiResponse(
        int code,
        String contentType,
        Map<String, String> headers,
        byte[] body,
        @Nullable ApiStream stream) {

    static final String JSON = "application/json";

    static ApiResponse json(int code, JsonNode body) {
        return json(code, Json.bytes(body));
    }

    static ApiResponse json(int code, byte[] body) {
        return new ApiResponse(code, JSON, Map.of(), body, null);
    }

    static ApiResponse text(int code, String text) {
        return new ApiResponse(
                code, "text/plain; charset=utf-8", Map.of(), text.getBytes(StandardCharsets.UTF_8), null);
    }

    static ApiResponse streaming(String contentType, ApiStream stream) {
        return new ApiResponse(200, contentType, Map.of(), new byte[0], stream);
    }

    ApiResponse withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ApiResponse(code, contentType, more, body, stream);
    }

    ApiResponse withContentType(String contentType) {
        return new ApiResponse(code, contentType, headers, body, stream);
    }
}
