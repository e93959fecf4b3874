package dev.wavetank.http.ingress;

import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * What a client asks of the app.
 *
 * @param query the first value of each parameter
 */
record DemoRequest(String method, String path, Map<String, String> query) {

    static DemoRequest of(Request request) {
        Map<String, String> query = new LinkedHashMap<>();
        try {
            for (Fields.Field field : Request.extractQueryParameters(request)) {
                query.put(field.getName(), field.getValue());
            }
        } catch (IllegalArgumentException e) {
            // a query that cannot be read says nothing
        }
        return new DemoRequest(request.getMethod(), Request.getPathInContext(request), query);
    }

    String line() {
        return method + " " + path;
    }

    /**
     * A number of the query.
     *
     * @throws IllegalArgumentException if it is none; the message says what to write
     */
    double number(String name, double otherwise) {
        String text = query.getOrDefault(name, "");
        if (text.isBlank()) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException(name + " is \"" + text + "\"; write a number, 0 or more, such as 2.5");
    }
}
