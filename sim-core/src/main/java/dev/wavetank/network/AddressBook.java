package dev.wavetank.network;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The small numbers by which balancers know destinations: given out by {@code ip:port}, and again once given back. */
final class AddressBook {

    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final Deque<Integer> free = new ArrayDeque<>();
    private PodAddress[] addresses = new PodAddress[8];
    private int[] ipv4 = new int[8];
    private int[] ports = new int[8];
    private int used;

    /** The number of a text; null if it has none. */
    @Nullable
    Integer numberOf(String text) {
        return numbers.get(text);
    }

    /** Gives a number to a text that has none. */
    int enter(String text, PodAddress address) {
        Integer freed = free.poll();
        int number = freed == null ? used++ : freed;
        if (number == addresses.length) {
            addresses = Arrays.copyOf(addresses, 2 * number);
            ipv4 = Arrays.copyOf(ipv4, 2 * number);
            ports = Arrays.copyOf(ports, 2 * number);
        }
        numbers.put(text, number);
        addresses[number] = address;
        ipv4[number] = Ipv4.of(address.ip());
        ports[number] = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
        return number;
    }

    /** Another pod has taken over the address. */
    void move(int number, PodAddress address) {
        addresses[number] = address;
    }

    /** The text no longer has its number; the number itself is not yet free. */
    void strike(String text) {
        numbers.remove(text);
    }

    /** The number may be given out again. */
    void free(int number) {
        free.add(number);
    }

    PodAddress address(int number) {
        return addresses[number];
    }

    int ipv4(int number) {
        return ipv4[number];
    }

    int port(int number) {
        return ports[number];
    }

    /** The numbers by text, in the order in which they were given out. */
    Map<String, Integer> numbers() {
        return numbers;
    }
}
