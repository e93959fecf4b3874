package dev.wavetank.controllers;

import dev.wavetank.model.Times;

/*
 * The relation is not a strict weak order: the UID decides only between different instants of one bucket, equal instants
 * fall through to later keys, and so three pods can form a cycle. Whatever sorts by it must neither trust transitivity
 * nor call Java's own sort, which throws when it notices.
 */
/**
 * The order in which Kubernetes deletes the pods of a ReplicaSet that has too many: eight keys, the first that differs
 * decides.
 *
 * <p>Source: kubernetes 1.36 pkg/controller/controller_utils.go, ActivePodsWithRanks.
 */
final class PodRanking implements VictimOrder {

    /** The keys in the order they are asked. */
    private enum Key {
        NODE,
        PHASE,
        READINESS,
        DELETION_COST,
        RANK,
        READY_TIME,
        RESTARTS,
        SIDECAR_RESTARTS,
        CREATION_TIME,
        NONE
    }

    @Override
    public boolean before(VictimCandidate a, VictimCandidate b) {
        return compare(decidingKey(a, b), a, b) < 0;
    }

    @Override
    public String explain(VictimCandidate a, VictimCandidate b) {
        Key key = decidingKey(a, b);
        int order = compare(key, a, b);
        if (order == 0) {
            return a.name() + " and " + b.name() + " tie in every key; the declared tie-break decides";
        }
        VictimCandidate first = order < 0 ? a : b;
        VictimCandidate second = order < 0 ? b : a;
        return first.name() + " before " + second.name() + ": " + reason(key, first, second);
    }

    private static Key decidingKey(VictimCandidate a, VictimCandidate b) {
        if (a.pod().isScheduled() != b.pod().isScheduled()) {
            return Key.NODE;
        }
        if (a.phaseRank() != b.phaseRank()) {
            return Key.PHASE;
        }
        if (a.ready() != b.ready()) {
            return Key.READINESS;
        }
        if (a.deletionCost() != b.deletionCost()) {
            return Key.DELETION_COST;
        }
        if (a.rank() != b.rank()) {
            return Key.RANK;
        }
        if (a.ready() && a.readyTime() != b.readyTime()) {
            return Key.READY_TIME;
        }
        if (a.restarts() != b.restarts()) {
            return Key.RESTARTS;
        }
        if (a.sidecarRestarts() != b.sidecarRestarts()) {
            return Key.SIDECAR_RESTARTS;
        }
        return a.creationTime() != b.creationTime() ? Key.CREATION_TIME : Key.NONE;
    }

    /** Negative if {@code a} goes first. */
    private static int compare(Key key, VictimCandidate a, VictimCandidate b) {
        return switch (key) {
            case NODE -> Boolean.compare(a.pod().isScheduled(), b.pod().isScheduled());
            case PHASE -> Integer.compare(a.phaseRank(), b.phaseRank());
            case READINESS -> Boolean.compare(a.ready(), b.ready());
            case DELETION_COST -> Integer.compare(a.deletionCost(), b.deletionCost());
            case RANK -> Integer.compare(b.rank(), a.rank());
            case READY_TIME -> youngerFirst(a, a.readyTime(), a.readyBucket(), b, b.readyTime(), b.readyBucket());
            case RESTARTS -> Integer.compare(b.restarts(), a.restarts());
            case SIDECAR_RESTARTS -> Integer.compare(b.sidecarRestarts(), a.sidecarRestarts());
            case CREATION_TIME ->
                youngerFirst(a, a.creationTime(), a.creationBucket(), b, b.creationTime(), b.creationBucket());
            case NONE -> 0;
        };
    }

    /** For two different instants: the missing one first, then the younger bucket, then the smaller UID. */
    private static int youngerFirst(
            VictimCandidate a, long timeOfA, int bucketOfA, VictimCandidate b, long timeOfB, int bucketOfB) {
        if (!Times.isSet(timeOfA) || !Times.isSet(timeOfB)) {
            return Times.isSet(timeOfA) ? 1 : -1;
        }
        if (bucketOfA != bucketOfB) {
            return Integer.compare(bucketOfA, bucketOfB);
        }
        return a.pod().metadata().uid().compareTo(b.pod().metadata().uid());
    }

    private static String reason(Key key, VictimCandidate first, VictimCandidate second) {
        String one = first.name();
        String other = second.name();
        return switch (key) {
            case NODE -> one + " is not on a node yet";
            case PHASE ->
                one + " is " + first.pod().status().phase().text() + ", " + other + " "
                        + second.pod().status().phase().text();
            case READINESS -> one + " is not ready";
            case DELETION_COST -> "deletion cost " + first.deletionCost() + " is below " + second.deletionCost();
            case RANK ->
                one + "'s node runs " + first.rank() + " pods of the workload, " + other + "'s " + second.rank();
            case READY_TIME ->
                "both ready; "
                        + younger(
                                one + " became ready",
                                first.readyTime(),
                                first.readyBucket(),
                                second.readyTime(),
                                second.readyBucket());
            case RESTARTS -> one + " restarted " + first.restarts() + " times, " + other + " " + second.restarts();
            case SIDECAR_RESTARTS ->
                one + "'s sidecars restarted " + first.sidecarRestarts() + " times, " + other + "'s "
                        + second.sidecarRestarts();
            case CREATION_TIME ->
                younger(
                        one + " was created",
                        first.creationTime(),
                        first.creationBucket(),
                        second.creationTime(),
                        second.creationBucket());
            case NONE -> "nothing sets them apart";
        };
    }

    private static String younger(String happened, long time, int bucket, long otherTime, int otherBucket) {
        if (!Times.isSet(time) || !Times.isSet(otherTime)) {
            return happened + " at an unknown time";
        }
        return bucket == otherBucket
                ? happened + " in the same age bucket (2^" + bucket + " ns), and its UID is smaller"
                : happened + " in a newer age bucket (2^" + bucket + " ns against 2^" + otherBucket + " ns)";
    }
}
