package dev.wavetank.demo.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of one request.
 *
 * @param sentMillis when it was sent, in milliseconds since the load began
 * @param pod who answered; null if nobody did
 * @param millis how long it took, connecting included
 * @param error {@code refused}, {@code reset}, {@code timeout}, {@code no route to host}, {@code unresolved},
 *     {@code http} and its status, or another failure's text;
 *     null if it was answered
 */
record Outcome(
        long sentMillis,
        @Nullable String pod,
        double millis,
        @Nullable String error) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Outcome of(long sentMillis, double millis, HttpConnection.Answer answer) {
        return answer.status() >= 400
                ? new Outcome(sentMillis, null, millis, "http " + answer.status())
                : new Outcome(sentMillis, server(answer.body()), millis, null);
    }

    static Outcome of(long sentMillis, double millis, IOException failure) {
        return new Outcome(sentMillis, null, millis, text(failure));
    }

    /** Names for the failures a Service can cause; they are what recordings of other clients call them too. */
    private static String text(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        if (failure instanceof SocketTimeoutException || message.contains("timed out")) {
            return "timeout";
        }
        if (failure instanceof NoRouteToHostException || message.contains("no route to host")) {
            return "no route to host";
        }
        if (failure instanceof ConnectException) {
            return message.contains("refused") ? "refused" : message;
        }
        if (failure instanceof UnknownHostException) {
            return "unresolved";
        }
        if (failure instanceof EOFException || message.contains("reset") || message.contains("broken pipe")) {
            return "reset";
        }
        return message;
    }

    private static String server(String body) {
        try {
            JsonNode server = JSON.readTree(body).path("server");
            return server.isTextual() ? server.asText() : "";
        } catch (IOException e) {
            return "";
        }
    }

    ObjectNode json() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("t", sentMillis);
        if (error == null) {
            line.put("pod", pod);
        } else {
            line.put("error", error);
        }
        line.put("ms", Math.round(millis * 1000) / 1000.0);
        return line;
    }
}
