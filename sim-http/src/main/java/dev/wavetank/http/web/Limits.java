package dev.wavetank.http.web;

/**
 * What the server puts up with.
 *
 * @param bodyBytes largest request body; a Kubernetes API server takes 3 MiB
 * @param headerBytes largest request head
 * @param connections open connections at once; more wait to be accepted
 * @param streams watches and other endless answers at once; more are refused with 429
 * @param streamBacklogBytes what a stream may be behind by before its reader is taken for gone
 * @param idleSeconds after which a silent connection is closed; streams are exempt
 */
public record Limits(
        int bodyBytes, int headerBytes, int connections, int streams, int streamBacklogBytes, int idleSeconds) {

    public static final Limits STANDARD = new Limits(3 << 20, 32 << 10, 4_096, 2_048, 8 << 20, 90);
}
