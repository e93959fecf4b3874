package dev.wavetank.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.RandomStreams;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class AffinityPropertiesTest {

    private static final long TIMEOUT = 1000;
    private static final int ENDPOINTS = 8;

    /** Few enough clients that no table overflows. */
    @Property(tries = 200)
    void a_client_never_moves_within_its_timeout_while_its_endpoint_stays(@ForAll long seed, @ForAll boolean iptables) {
        RandomStream random = new RandomStreams(seed).stream("world");
        AffinityTable table = iptables ? AffinityTable.iptables(TIMEOUT) : AffinityTable.nftables(TIMEOUT);
        StickyBalancer balancer = new StickyBalancer(new UniformBalancer(), table);
        boolean[] present = new boolean[ENDPOINTS];
        Arrays.fill(present, true);
        long[] since = new long[ENDPOINTS];
        balancer.replaceAll(IntStream.range(0, ENDPOINTS).toArray());
        int[] home = new int[50];
        Arrays.fill(home, Balancer.NONE);
        long[] last = new long[50];
        long now = 0;
        for (int step = 0; step < 600; step++) {
            now += random.nextInt(60);
            if (random.nextInt(20) == 0) {
                int endpoint = random.nextInt(ENDPOINTS);
                present[endpoint] = !present[endpoint];
                since[endpoint] = now;
                int[] listed =
                        IntStream.range(0, ENDPOINTS).filter(i -> present[i]).toArray();
                balancer.replaceAll(listed);
                table.retain(listed);
            }
            int client = random.nextInt(home.length);
            int picked = balancer.pick(now, client, 1, random::nextInt);
            int before = home[client];
            boolean stayed = before != Balancer.NONE && present[before] && since[before] <= last[client];
            long age = now - last[client];
            if (stayed && (iptables ? age <= TIMEOUT : age < TIMEOUT)) {
                assertThat(picked).isEqualTo(before);
            }
            home[client] = picked;
            last[client] = now;
        }
    }

    @Property(tries = 200)
    void an_int_map_finds_what_a_map_finds(@ForAll long seed) {
        RandomStream random = new RandomStreams(seed).stream("map");
        IntMap<String> map = new IntMap<>();
        Map<Integer, String> model = new HashMap<>();
        for (int step = 0; step < 1000; step++) {
            int key = random.nextInt(3) == 0 ? random.nextInt(40) : random.nextInt() & 0xff00001f;
            if (random.nextInt(3) == 0) {
                map.remove(key);
                model.remove(key);
            } else {
                map.put(key, "at " + step);
                model.put(key, "at " + step);
            }
            assertThat(map.size()).isEqualTo(model.size());
        }
        model.forEach((key, value) -> assertThat(map.get(key)).isEqualTo(value));
        for (int key = 0; key < 40; key++) {
            assertThat(map.get(key)).isEqualTo(model.get(key));
        }
    }
}
