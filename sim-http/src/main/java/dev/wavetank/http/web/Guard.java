package dev.wavetank.http.web;

import com.google.common.collect.ImmutableSet;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides whom the server answers. A page on the web can make a browser send requests to a port of this machine, or have
 * its own name resolve to it; so the Host must be one of ours, and a request that carries an Origin must come from our own
 * pages. Whoever listens to more than this machine asks for a token besides.
 */
public final class Guard {

    /** Who may not, and why. */
    public record Refusal(int status, String message) {}

    private final ImmutableSet<String> hosts;
    private final boolean anyHost;
    private final @Nullable String token;

    private Guard(ImmutableSet<String> hosts, boolean anyHost, @Nullable String token) {
        this.hosts = hosts;
        this.anyHost = anyHost;
        this.token = token;
    }

    /** For a server that only this machine can reach. */
    public static Guard loopback() {
        return new Guard(LOOPBACK, false, null);
    }

    /**
     * For a server that others can reach: a token is required, and the Host may be any, since no page on the web knows the
     * token.
     */
    public static Guard withToken(String token) {
        return new Guard(LOOPBACK, true, token);
    }

    private static final ImmutableSet<String> LOOPBACK = ImmutableSet.of("localhost", "127.0.0.1", "[::1]");

    /**
     * Looks at a request's head.
     *
     * @param host the Host header
     * @param origin the Origin header, if there is one
     * @param authorization the Authorization header, if there is one
     * @param cookieToken the token from the dashboard's cookie, if there is one
     * @return null if it may pass
     */
    public @Nullable Refusal look(
            @Nullable String host,
            @Nullable String origin,
            @Nullable String authorization,
            @Nullable String cookieToken) {
        if (host == null || (!anyHost && !isOurs(nameOf(host)))) {
            return new Refusal(
                    421, "this server answers to localhost, 127.0.0.1 and [::1], not to the Host \"" + host + "\"");
        }
        if (origin != null && !isSame(origin, host)) {
            return new Refusal(403, "pages of another origin (" + origin + ") may not talk to this server");
        }
        if (token != null && !knowsToken(authorization, cookieToken)) {
            return new Refusal(
                    401, "a token is required: send \"Authorization: Bearer <token>\", as the kubeconfig does");
        }
        return null;
    }

    private boolean isOurs(String name) {
        return hosts.contains(name) || name.endsWith(".localhost");
    }

    private static String nameOf(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        int colon = lower.lastIndexOf(':');
        boolean hasPort = colon > lower.lastIndexOf(']');
        return hasPort ? lower.substring(0, colon) : lower;
    }

    private static boolean isSame(String origin, String host) {
        String lower = origin.toLowerCase(Locale.ROOT);
        String wanted = host.toLowerCase(Locale.ROOT);
        return lower.equals("http://" + wanted) || lower.equals("https://" + wanted);
    }

    private boolean knowsToken(@Nullable String authorization, @Nullable String cookieToken) {
        String bearer = authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)
                ? authorization.substring(7).trim()
                : cookieToken;
        return bearer != null && isToken(bearer);
    }

    /** True for the token, compared in a time that does not tell how much of it fits. */
    public boolean isToken(String candidate) {
        return token != null
                && MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    /** True if there is a token to know. */
    public boolean asksForToken() {
        return token != null;
    }
}
