package dev.wavetank.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.Map;

/**
 * The random numbers of one simulation, as independent streams with names such as {@code "kube-proxy/node-1"}.
 *
 * <p>What a stream yields depends on the seed and its own name alone: another stream, or another draw from one, never
 * shifts its numbers, so two runs that differ in one part can be compared in all others.
 *
 * <p>A stream starts from the SHA-256 of the seed (8 bytes, big-endian) followed by the name in UTF-8. A hash rather
 * than arithmetic on the seed, because neighbouring seeds (1, 2, 3, ...) and similar names are the normal case and must
 * not give related streams; SHA-256 because its 256 bits fill the state exactly and every JDK has it.
 */
public final class RandomStreams {
    private final long seed;

    /** For look-up only; never iterated. */
    private final Map<String, RandomStream> streams = new HashMap<>();

    /** Opens the streams of a seed; any value is as good as any other. */
    public RandomStreams(long seed) {
        this.seed = seed;
    }

    /** Returns the seed. */
    public long seed() {
        return seed;
    }

    /** Returns the stream of that name; asked again, the same stream, which goes on where it was. */
    public RandomStream stream(String name) {
        return streams.computeIfAbsent(name, n -> new RandomStream(hash(seed, n)));
    }

    static byte[] hash(long seed, String name) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(0, seed));
            return sha256.digest(name.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
