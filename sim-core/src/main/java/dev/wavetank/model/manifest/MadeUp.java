package dev.wavetank.model.manifest;

/** Identifiers of things the model does not have, such as containers' ids: the same for the same name. */
final class MadeUp {

    private MadeUp() {}

    /** So many hexadecimal digits. */
    static String hex(String name, int digits) {
        StringBuilder hex = new StringBuilder(digits + 16);
        for (int i = 0; hex.length() < digits; i++) {
            hex.append(String.format(java.util.Locale.ROOT, "%016x", hash(name + "#" + i)));
        }
        return hex.substring(0, digits);
    }

    /** FNV-1a, stirred at the end. */
    static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 30)) * 0xbf58476d1ce4e5b9L;
        hash = (hash ^ (hash >>> 27)) * 0x94d049bb133111ebL;
        return hash ^ (hash >>> 31);
    }
}
