package dev.wavetank.autoscaling.knative;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.List;

/**
 * The pods of a revision that one activator may send requests to, and how many requests it lets out at a time.
 *
 * <p>Source: knative serving pkg/activator/net/throttler.go.
 *
 * @param pods indexes of its pods in the order of their addresses; empty if it goes by the Service's cluster IP
 * @param capacity requests at a time; for a revision without containerConcurrency 0 holds all and 1 lets all out
 */
public record ActivatorPods(List<Integer> pods, int capacity) {

    /** {@code selfIndex} of an activator that is not among the revision's endpoints. */
    public static final int NOT_AN_ENDPOINT = -1;

    public ActivatorPods {
        pods = ImmutableList.copyOf(pods);
    }

    /**
     * Assigns pods that can be reached directly. Without a limit per container every activator may use every pod; with one the
     * pods are shared out, so that together the activators keep the limit. If there are more activators than pods, they cannot,
     * and the pods' own queue-proxies have to.
     *
     * @param containerConcurrency requests at a time that a container accepts, 0 for any number
     * @param readyPods pods that answer
     * @param activators activators that are endpoints of the revision
     * @param selfIndex rank of this one among them, or {@link #NOT_AN_ENDPOINT}
     */
    public static ActivatorPods direct(int containerConcurrency, int readyPods, int activators, int selfIndex) {
        List<Integer> pods = new ArrayList<>();
        if (containerConcurrency == 0 || selfIndex == NOT_AN_ENDPOINT || activators <= 1 || readyPods <= 1) {
            addRange(pods, 0, readyPods);
        } else if (activators > readyPods) {
            pods.add(selfIndex % readyPods);
        } else {
            int each = readyPods / activators;
            int left = readyPods % activators;
            addRange(pods, selfIndex * each, (selfIndex + 1) * each);
            if (selfIndex < left) {
                pods.add(readyPods - left + selfIndex);
            }
        }
        int capacity = containerConcurrency == 0 ? unlimited(readyPods) : containerConcurrency * pods.size();
        return new ActivatorPods(pods, capacity);
    }

    /** As {@link #direct}, if pods cannot be reached but through the Service: no pods of its own, but a share of the capacity. */
    public static ActivatorPods viaClusterIp(int containerConcurrency, int readyPods, int activators) {
        int capacity;
        if (containerConcurrency == 0 || readyPods == 0) {
            capacity = unlimited(readyPods);
        } else {
            capacity = Math.max(1, containerConcurrency * readyPods / Math.max(1, activators));
        }
        return new ActivatorPods(List.of(), capacity);
    }

    private static int unlimited(int readyPods) {
        return readyPods == 0 ? 0 : 1;
    }

    private static void addRange(List<Integer> pods, int from, int to) {
        for (int pod = from; pod < to; pod++) {
            pods.add(pod);
        }
    }
}
