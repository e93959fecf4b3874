package dev.wavetank.autoscaling.knative;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Picks the pod for each request an activator lets out, and counts the requests in flight to each. Mutable, owned by one
 * activator for one revision.
 *
 * <p>Source: knative serving pkg/activator/net/lb_policy.go.
 *
 * @param <P> what names a pod, such as its address
 */
public final class PodPicker<P> {

    private static final int FIRST_AVAILABLE_UP_TO = 3;

    /** How a pod is chosen; it depends on containerConcurrency alone. */
    public enum Policy {
        /** containerConcurrency 0: of two pods at random the one with fewer requests in flight. */
        RANDOM_CHOICE_OF_TWO,
        /** containerConcurrency 1 to 3: the first one with room, so that as few pods as possible are busy. */
        FIRST_AVAILABLE,
        /** containerConcurrency from 4: the next one with room. */
        ROUND_ROBIN;

        /** The policy for a containerConcurrency. */
        public static Policy of(int containerConcurrency) {
            if (containerConcurrency == 0) {
                return RANDOM_CHOICE_OF_TWO;
            }
            return containerConcurrency <= FIRST_AVAILABLE_UP_TO ? FIRST_AVAILABLE : ROUND_ROBIN;
        }
    }

    /** The chance a pick needs; only the random choice of two draws any. */
    public interface Dice {

        /** A number from 0 to bound - 1, each as likely. */
        int below(int bound);

        /** Either, as likely; drawn when two pods are equally loaded. */
        boolean coin();
    }

    /** The requests in flight to one pod. */
    private static final class Tracker<P> {

        private final P pod;
        private int inFlight;

        Tracker(P pod) {
            this.pod = pod;
        }
    }

    private final int containerConcurrency;
    private final Policy policy;
    private final Dice dice;
    private final Map<P, Tracker<P>> trackers = new LinkedHashMap<>();
    private List<Tracker<P>> assigned = List.of();
    private int next;

    /**
     * Makes a picker without pods.
     *
     * @param containerConcurrency requests at a time per pod, 0 for any number
     */
    public PodPicker(int containerConcurrency, Dice dice) {
        this.containerConcurrency = containerConcurrency;
        this.policy = Policy.of(containerConcurrency);
        this.dice = dice;
    }

    /** From now on picks among these pods, in the order of their addresses. Requests in flight stay counted. */
    public void assign(List<P> pods) {
        List<Tracker<P>> now = new ArrayList<>();
        for (P pod : pods) {
            now.add(trackers.computeIfAbsent(pod, Tracker::new));
        }
        assigned = now;
        trackers.values().removeIf(tracker -> tracker.inFlight == 0 && !pods.contains(tracker.pod));
    }

    /** Picks a pod and counts the request as in flight to it; null if none has room, and the request goes back to waiting. */
    public @Nullable P acquire() {
        Tracker<P> picked = switch (policy) {
            case RANDOM_CHOICE_OF_TWO -> lessLoadedOfTwo();
            case FIRST_AVAILABLE -> withRoom(0);
            case ROUND_ROBIN -> nextWithRoom();
        };
        if (picked == null) {
            return null;
        }
        picked.inFlight++;
        return picked.pod;
    }

    /** A request to the pod has ended. */
    public void release(P pod) {
        Tracker<P> tracker = trackers.get(pod);
        if (tracker == null || tracker.inFlight == 0) {
            throw new IllegalStateException("no request is in flight to " + pod);
        }
        tracker.inFlight--;
        if (tracker.inFlight == 0 && !assigned.contains(tracker)) {
            trackers.remove(pod);
        }
    }

    private @Nullable Tracker<P> lessLoadedOfTwo() {
        int count = assigned.size();
        if (count < 2) {
            return count == 0 ? null : assigned.get(0);
        }
        int first = 0;
        int second = 1;
        if (count > 2) {
            first = dice.below(count);
            second = dice.below(count - 1);
            second += second >= first ? 1 : 0;
        }
        Tracker<P> one = assigned.get(first);
        Tracker<P> other = assigned.get(second);
        if (one.inFlight == other.inFlight) {
            return dice.coin() ? other : one;
        }
        return one.inFlight < other.inFlight ? one : other;
    }

    private @Nullable Tracker<P> nextWithRoom() {
        int start = next >= assigned.size() ? 0 : next;
        Tracker<P> picked = withRoom(start);
        next = picked == null ? start : assigned.indexOf(picked) + 1;
        return picked;
    }

    private @Nullable Tracker<P> withRoom(int start) {
        for (int i = 0; i < assigned.size(); i++) {
            Tracker<P> tracker = assigned.get((start + i) % assigned.size());
            if (tracker.inFlight < containerConcurrency) {
                return tracker;
            }
        }
        return null;
    }
}
