package dev.wavetank.autoscaling.knative;

import com.google.common.collect.ImmutableList;
import java.util.Collection;
import java.util.List;

/**
 * Picks the pod for each request an activator lets out, and counts the requests in flight to each. Mutable, owned by one
 * activator for one revision.
 *
 * <p>Source: knative serving pkg/activator/net/lb_policy.go.
 */
public final class PodPicker {

    /** No pod has room: the request goes back to waiting. */
    public static final int NO_POD = -1;

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

    private final int containerConcurrency;
    private final Policy policy;
    private final Dice dice;
    private List<Integer> pods;
    private int[] inFlight;
    private int next;

    /**
     * Makes a picker.
     *
     * @param containerConcurrency requests at a time per pod, 0 for any number
     * @param pods the pods it may pick, in the order of their addresses
     */
    public PodPicker(int containerConcurrency, List<Integer> pods, Dice dice) {
        this.containerConcurrency = containerConcurrency;
        this.policy = Policy.of(containerConcurrency);
        this.dice = dice;
        this.pods = ImmutableList.copyOf(pods);
        this.inFlight = new int[pods.stream().mapToInt(pod -> pod + 1).max().orElse(0)];
    }

    /** Goes on with other pods; requests in flight stay counted. */
    public void assign(Collection<Integer> newPods) {
        int highest = newPods.stream().mapToInt(pod -> pod + 1).max().orElse(0);
        pods = ImmutableList.copyOf(newPods);
        inFlight = java.util.Arrays.copyOf(inFlight, Math.max(inFlight.length, highest));
    }

    /** Picks a pod and counts the request as in flight to it; {@link #NO_POD} if none has room. */
    public int acquire() {
        int pod = switch (policy) {
            case RANDOM_CHOICE_OF_TWO -> lessLoadedOfTwo();
            case FIRST_AVAILABLE -> firstWithRoomFrom(0);
            case ROUND_ROBIN -> nextWithRoom();
        };
        if (pod != NO_POD) {
            inFlight[pod]++;
        }
        return pod;
    }

    /** A request to the pod has ended. */
    public void release(int pod) {
        inFlight[pod]--;
    }

    private int lessLoadedOfTwo() {
        int count = pods.size();
        if (count < 2) {
            return count == 0 ? NO_POD : pods.get(0);
        }
        int first = 0;
        int second = 1;
        if (count > 2) {
            first = dice.below(count);
            second = dice.below(count - 1);
            second += second >= first ? 1 : 0;
        }
        int one = pods.get(first);
        int other = pods.get(second);
        if (inFlight[one] == inFlight[other]) {
            return dice.coin() ? other : one;
        }
        return inFlight[one] < inFlight[other] ? one : other;
    }

    private int nextWithRoom() {
        next = next >= pods.size() ? 0 : next;
        int pod = firstWithRoomFrom(next);
        if (pod != NO_POD) {
            next = pods.indexOf(pod) + 1;
        }
        return pod;
    }

    private int firstWithRoomFrom(int start) {
        for (int i = 0; i < pods.size(); i++) {
            int pod = pods.get((start + i) % pods.size());
            if (inFlight[pod] < containerConcurrency) {
                return pod;
            }
        }
        return NO_POD;
    }
}
