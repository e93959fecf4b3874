package dev.wavetank.http.web;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes tokens that nobody guesses. */
final class Tokens {

    private static final int BYTES = 24;

    private Tokens() {}

    static String next() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
