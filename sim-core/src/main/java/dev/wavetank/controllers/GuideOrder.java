package dev.wavetank.controllers;

import dev.wavetank.model.PodPhase;

/**
 * The order of deletion as the tutorial's page tells it: Pending or unscheduled pods, then the newest, then the most
 * often restarted, then the most recently ready.
 *
 * <p>Differs from Kubernetes: it lacks not-ready before ready, deletion cost, crowded nodes and age buckets, and asks for
 * creation first where Kubernetes asks for it last. It is here to compare against; {@link VictimOrder#KUBERNETES} is the
 * default.
 */
final class GuideOrder implements VictimOrder {

    private enum Key {
        WAITING,
        CREATION_TIME,
        RESTARTS,
        READY_TIME,
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
        String first = order < 0 ? a.name() : b.name();
        String second = order < 0 ? b.name() : a.name();
        String reason = switch (key) {
            case WAITING -> "is Pending or on no node";
            case CREATION_TIME -> "is newer";
            case RESTARTS -> "restarted more often";
            case READY_TIME -> "became ready more recently";
            case NONE -> "";
        };
        return first + " before " + second + ": " + first + " " + reason + " (the guide's order)";
    }

    private static Key decidingKey(VictimCandidate a, VictimCandidate b) {
        if (isWaiting(a) != isWaiting(b)) {
            return Key.WAITING;
        }
        if (a.creationTime() != b.creationTime()) {
            return Key.CREATION_TIME;
        }
        if (a.restarts() != b.restarts()) {
            return Key.RESTARTS;
        }
        return a.readyTime() != b.readyTime() ? Key.READY_TIME : Key.NONE;
    }

    private static int compare(Key key, VictimCandidate a, VictimCandidate b) {
        return switch (key) {
            case WAITING -> Boolean.compare(isWaiting(b), isWaiting(a));
            case CREATION_TIME -> Long.compare(b.creationTime(), a.creationTime());
            case RESTARTS -> Integer.compare(b.restarts(), a.restarts());
            case READY_TIME -> Long.compare(b.readyTime(), a.readyTime());
            case NONE -> 0;
        };
    }

    private static boolean isWaiting(VictimCandidate candidate) {
        return !candidate.pod().isScheduled() || candidate.pod().status().phase() == PodPhase.PENDING;
    }
}
