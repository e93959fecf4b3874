package dev.wavetank.live.compare;

import com.google.common.collect.ImmutableMap;
import dev.wavetank.live.compare.Fact.Topic;
import dev.wavetank.live.trace.Trace.PodRow;
import dev.wavetank.live.trace.Trace.RequestRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.commons.statistics.inference.GTest;

/**
 * How requests are shared out among pods. Pods have no identity across clusters, so shares are compared twice, pod by pod in the
 * order in which they came and largest with largest, and the better match counts. Only times without changes are looked at: of
 * each number of ready pods the longest stretch, from a second and a half after the last change on.
 */
final class TrafficFacts {

    private static final long SETTLING_MILLIS = 1500;
    private static final int PER_POD = 5;

    /** Requests that would have to move to another pod to make both sides the same. */
    private static final double SHARE_THAT_MATTERS = 0.03;

    private static final double TURNS_THAT_MATTER = 0.05;

    private record Stretch(long from, long to, SortedSet<String> pods) {

        long length() {
            return to - from;
        }
    }

    private TrafficFacts() {}

    static List<Fact> of(Sides sides) {
        List<Fact> facts = new ArrayList<>();
        Map<Integer, List<long[]>> left = shares(sides.a());
        Map<Integer, List<long[]>> right = shares(sides.b());
        for (Map.Entry<Integer, List<long[]>> entry : left.entrySet()) {
            List<long[]> others = right.get(entry.getKey());
            if (others != null) {
                facts.add(shares(entry.getKey(), entry.getValue(), others, sides.tolerance()));
            }
        }
        facts.addAll(turns(sides));
        return facts;
    }

    private static Fact shares(int pods, List<long[]> left, List<long[]> right, Tolerance tolerance) {
        long[] a = sum(left);
        long[] b = sum(right);
        long[] sortedA = sum(left.stream().map(TrafficFacts::largestFirst).toList());
        long[] sortedB = sum(right.stream().map(TrafficFacts::largestFirst).toList());
        double p = Math.max(pValue(a, b), pValue(sortedA, sortedB));
        double moved = Math.min(moved(a, b), moved(sortedA, sortedB));
        return new Fact(
                Topic.TRAFFIC,
                "shares of " + pods + " pods",
                text(a),
                text(b),
                p < tolerance.alpha() && moved > SHARE_THAT_MATTERS ? Verdict.DIFFER : Verdict.AGREE,
                p);
    }

    /** Counts per pod for each number of pods, one array for each run that has them; at least two pods. */
    private static Map<Integer, List<long[]>> shares(List<Observed> runs) {
        Map<Integer, List<long[]>> shares = new TreeMap<>();
        for (Observed run : runs) {
            for (ImmutableMap<String, Long> counts : run.trace().counts().values()) {
                long[] values = new TreeMap<>(counts)
                        .values().stream().mapToLong(Long::longValue).toArray();
                addIfEnough(shares, values);
            }
            stretches(run).values().forEach(stretch -> addIfEnough(shares, counts(run, stretch)));
        }
        return shares;
    }

    private static void addIfEnough(Map<Integer, List<long[]>> shares, long[] counts) {
        if (counts.length > 1 && Arrays.stream(counts).sum() >= (long) PER_POD * counts.length) {
            shares.computeIfAbsent(counts.length, unused -> new ArrayList<>()).add(counts);
        }
    }

    private static long[] counts(Observed run, Stretch stretch) {
        Map<String, Long> counts = new LinkedHashMap<>();
        stretch.pods().forEach(pod -> counts.put(pod, 0L));
        for (RequestRow request : run.trace().requests()) {
            if (!request.failed() && request.at() >= stretch.from() && request.at() < stretch.to()) {
                counts.computeIfPresent(request.pod(), (pod, count) -> count + 1);
            }
        }
        return counts.values().stream().mapToLong(Long::longValue).toArray();
    }

    /** The longest quiet stretch of each number of ready pods. */
    private static Map<Integer, Stretch> stretches(Observed run) {
        Map<Integer, Stretch> longest = new TreeMap<>();
        Map<String, PodRow> now = new LinkedHashMap<>();
        TreeSet<String> ready = new TreeSet<>();
        long since = 0;
        for (PodRow row : run.trace().timeline()) {
            now.put(row.pod(), row);
            TreeSet<String> readyNow = now.values().stream()
                    .filter(pod -> pod.ready() && !pod.terminating() && !pod.isDeleted())
                    .map(PodRow::pod)
                    .collect(Collectors.toCollection(TreeSet::new));
            if (!readyNow.equals(ready)) {
                keepLonger(longest, ready, since, row.at());
                ready = readyNow;
                since = row.at();
            }
        }
        keepLonger(longest, ready, since, run.trace().lastMoment() + 1);
        return longest;
    }

    private static void keepLonger(Map<Integer, Stretch> longest, SortedSet<String> pods, long since, long to) {
        // what is there at the start has been there for long
        long from = since == 0 ? 0 : since + SETTLING_MILLIS;
        if (pods.size() > 1 && to > from) {
            longest.merge(
                    pods.size(),
                    new Stretch(from, to, pods),
                    (one, other) -> one.length() >= other.length() ? one : other);
        }
    }

    /** How often a request was answered by another pod than the one before: what affinity and kept connections change. */
    private static List<Fact> turns(Sides sides) {
        Map<Integer, long[]> left = turns(sides.a());
        Map<Integer, long[]> right = turns(sides.b());
        Fact best = null;
        long most = 0;
        for (Map.Entry<Integer, long[]> entry : left.entrySet()) {
            long[] a = entry.getValue();
            long[] b = right.getOrDefault(entry.getKey(), new long[2]);
            long fewer = Math.min(a[0] + a[1], b[0] + b[1]);
            if (fewer > most) {
                most = fewer;
                best = turns(a, b, sides.tolerance());
            }
        }
        return best == null ? List.of() : List.of(best);
    }

    private static Fact turns(long[] a, long[] b, Tolerance tolerance) {
        double p = pValue(a, b);
        boolean differ = p < tolerance.alpha() && moved(a, b) > TURNS_THAT_MATTER;
        return new Fact(
                Topic.TRAFFIC,
                "answered by another pod than the one before",
                percent(a[0], a[0] + a[1]),
                percent(b[0], b[0] + b[1]),
                differ ? Verdict.DIFFER : Verdict.AGREE,
                p);
    }

    /** Changes and repetitions by number of ready pods, in the same stretches. */
    private static Map<Integer, long[]> turns(List<Observed> runs) {
        Map<Integer, long[]> turns = new TreeMap<>();
        for (Observed run : runs) {
            stretches(run).forEach((pods, stretch) -> {
                long[] sums = turns.computeIfAbsent(pods, unused -> new long[2]);
                String before = "";
                for (RequestRow request : run.trace().requests()) {
                    if (!request.failed() && request.at() >= stretch.from() && request.at() < stretch.to()) {
                        if (!before.isEmpty()) {
                            sums[before.equals(request.pod()) ? 1 : 0]++;
                        }
                        before = request.pod();
                    }
                }
            });
        }
        return turns;
    }

    private static double pValue(long[] a, long[] b) {
        List<Integer> seen = new ArrayList<>();
        for (int i = 0; i < a.length; i++) {
            if (a[i] + b[i] > 0) {
                seen.add(i);
            }
        }
        if (seen.size() < 2) {
            return 1;
        }
        long[][] table = {
            seen.stream().mapToLong(i -> a[i]).toArray(),
            seen.stream().mapToLong(i -> b[i]).toArray()
        };
        return GTest.withDefaults().test(table).getPValue();
    }

    /** Half the sum of the differences of shares. */
    private static double moved(long[] a, long[] b) {
        double allA = Arrays.stream(a).sum();
        double allB = Arrays.stream(b).sum();
        double moved = 0;
        for (int i = 0; i < a.length; i++) {
            moved += Math.abs(a[i] / allA - b[i] / allB) / 2;
        }
        return moved;
    }

    private static long[] sum(List<long[]> counts) {
        long[] sum = new long[counts.get(0).length];
        for (long[] run : counts) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += run[i];
            }
        }
        return sum;
    }

    private static long[] largestFirst(long[] counts) {
        long[] sorted = counts.clone();
        Arrays.sort(sorted);
        for (int i = 0, j = sorted.length - 1; i < j; i++, j--) {
            long smaller = sorted[i];
            sorted[i] = sorted[j];
            sorted[j] = smaller;
        }
        return sorted;
    }

    private static String text(long[] counts) {
        long all = Arrays.stream(counts).sum();
        long[] sorted = largestFirst(counts);
        return percent(sorted[sorted.length - 1], all) + " to " + percent(sorted[0], all) + " of "
                + String.format(Locale.ROOT, "%,d", all);
    }

    private static String percent(long part, long all) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * part / all);
    }
}
