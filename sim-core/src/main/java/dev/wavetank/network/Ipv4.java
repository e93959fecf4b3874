package dev.wavetank.network;

/** IPv4 addresses as 32 bits in host order. */
final class Ipv4 {

    private Ipv4() {}

    /** The bits of an address; of anything else, such as an IPv6 address, some bits that always are the same. */
    static int of(String text) {
        int bits = 0;
        int part = 0;
        int dots = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= '0' && c <= '9') {
                part = part * 10 + (c - '0');
            } else if (c == '.') {
                bits = bits << 8 | (part & 0xff);
                part = 0;
                dots++;
            } else {
                return text.hashCode();
            }
        }
        return dots == 3 ? bits << 8 | (part & 0xff) : text.hashCode();
    }
}
