package dev.wavetank.controllers.endpoints;

/** An address family; every EndpointSlice holds addresses of exactly one. */
public enum IpFamily {
    IPV4("IPv4"),
    IPV6("IPv6");

    private final String text;

    IpFamily(String text) {
        this.text = text;
    }

    /** The family as the API writes it. */
    public String text() {
        return text;
    }

    /** True if the address is of this family; the address is taken to be a valid one. */
    public boolean includes(String address) {
        return (address.indexOf(':') >= 0) == (this == IPV6);
    }
}
