package dev.wavetank.http.api;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to the API, free of any server.
 *
 * @param method GET, POST, PUT, PATCH or DELETE
 * @param path as it was sent, still percent-encoded, without the query
 * @param query the decoded parameters
 * @param headers by lower-case name
 * @param user who asks, as audit logs would name it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes on their way from one stream to another; nobody compares them
public record ApiRequest(
        String method,
        String path,
        Map<String, List<String>> query,
        Map<String, String> headers,
        byte[] body,
        String user) {

    /** The first value of a parameter; empty if it is not there. */
    String parameter(String name) {
        List<String> values = query.get(name);
        return values == null || values.isEmpty() ? "" : values.get(0);
    }

    /** True as Go's strconv.ParseBool and the API's conversion take it: there, and neither 0 nor false. */
    boolean flag(String name) {
        List<String> values = query.get(name);
        if (values == null || values.isEmpty()) {
            return false;
        }
        String value = values.get(0).toLowerCase(Locale.ROOT);
        return !value.equals("0") && !value.equals("false");
    }

    @Nullable
    String header(String name) {
        return headers.get(name);
    }

    /** A whole number of a parameter, or null if there is none. */
    @Nullable
    Long number(String name) {
        String text = parameter(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notANumber) {
            throw ApiStatus.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }
}
