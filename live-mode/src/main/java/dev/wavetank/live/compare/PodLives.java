package dev.wavetank.live.compare;

import dev.wavetank.live.trace.Trace.PodRow;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The stations pods pass, without those that one observer sees and another misses. */
final class PodLives {

    private PodLives() {}

    /** The different lives seen in a run, such as {@code pending, running, ready, terminating, exited, gone}. */
    static String of(Observed run) {
        TreeSet<String> lives = new TreeSet<>();
        for (Collection<PodRow> rows : run.rowsByPod().asMap().values()) {
            lives.add(life(rows));
        }
        return String.join("; ", lives);
    }

    private static String life(Collection<PodRow> rows) {
        List<String> stations = new ArrayList<>();
        for (PodRow row : rows) {
            String station = station(row);
            if (stations.isEmpty() || !stations.get(stations.size() - 1).equals(station)) {
                stations.add(station);
            }
        }
        return String.join(", ", folded(stations));
    }

    private static String station(PodRow row) {
        if (row.isDeleted()) {
            return "gone";
        }
        if (row.isTerminated()) {
            return row.reason().isEmpty() ? "exited" : row.reason();
        }
        if (row.terminating()) {
            return "terminating";
        }
        if (row.isRunning()) {
            return row.ready() ? "ready" : "running";
        }
        return row.containerState().isEmpty()
                        || row.reason().equals("ContainerCreating")
                        || row.reason().equals("PodInitializing")
                ? "pending"
                : row.reason();
    }

    /** A crash loop's rounds are counted, so that a life stays short: {@code 3 × (Error, CrashLoopBackOff, running, ready)}. */
    private static List<String> folded(List<String> stations) {
        List<String> folded = new ArrayList<>(stations);
        for (int length = 6; length >= 2; length--) {
            for (int from = 0; from + 2 * length <= folded.size(); from++) {
                List<String> round = List.copyOf(folded.subList(from, from + length));
                int times = 1;
                while (from + (times + 1) * length <= folded.size()
                        && folded.subList(from + times * length, from + (times + 1) * length)
                                .equals(round)) {
                    times++;
                }
                if (times > 1) {
                    List<String> rest = List.copyOf(folded.subList(from + times * length, folded.size()));
                    folded.subList(from, folded.size()).clear();
                    folded.add(times + " × (" + String.join(", ", round) + ")");
                    folded.addAll(rest);
                }
            }
        }
        return folded;
    }
}
