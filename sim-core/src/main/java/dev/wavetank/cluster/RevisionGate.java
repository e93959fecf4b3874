package dev.wavetank.cluster;

import dev.wavetank.autoscaling.RevisionTraffic;
import dev.wavetank.autoscaling.knative.ActivatorPods;
import dev.wavetank.autoscaling.knative.Breaker;
import dev.wavetank.autoscaling.knative.PodPicker;
import dev.wavetank.autoscaling.knative.Serving;
import dev.wavetank.engine.RandomStream;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.Times;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.Passage;
import dev.wavetank.network.PodAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The activator as far as one revision is concerned: holds requests while there is no pod, or no room in one, picks the pod
 * for each, and counts. While the revision is served directly its requests pass without being held, and are counted all the
 * same, as the queue-proxies of its pods do.
 *
 * <p>Pods are used as soon as they answer a probe, which comes every 200 ms from the moment they have an address; that may
 * be before Kubernetes calls them ready.
 *
 * <p>Differs from Kubernetes: there is one activator.
 *
 * <p>Source: knative serving pkg/activator/net.
 */
final class RevisionGate {

    private static final long PROBE_PERIOD = 200 * Times.MILLISECOND;
    private static final int QUEUE_DEPTH = 10_000;

    private final Simulation simulation;
    private final DecisionLog decisions;
    private final ObjectKey revision;
    private final int containerConcurrency;
    private final Function<Pod, @Nullable AppServer> processes;
    private final Function<Pod, PodAddress> addresses;
    private final BiConsumer<String, String> poke;
    private final Function<ObjectKey, @Nullable KeptObject> objects;
    private final PodPicker<String> picker;
    private final Breaker breaker;
    private final RandomStream ingress;
    private final ColdStarts coldStarts = new ColdStarts();

    private final Map<String, Pod> pods = new TreeMap<>();
    private final Map<String, Boolean> usable = new TreeMap<>();
    private final Map<String, PodAddress> assigned = new LinkedHashMap<>();

    /** Requests by the number the breaker knows them by, and the other way round. */
    private final Map<Long, Passage> waiting = new LinkedHashMap<>();

    private final IdentityHashMap<Passage, Long> numbers = new IdentityHashMap<>();
    private final IdentityHashMap<Passage, String> sentTo = new IdentityHashMap<>();
    private final Deque<Long> withoutRoom = new ArrayDeque<>();
    private long lastNumber;
    private int inFlight;
    private long countedAt;
    private double requestNanos;
    private long arrivals;
    private long reportedAt;
    private boolean probing;
    private int mostHeld;

    RevisionGate(
            Simulation simulation,
            DecisionLog decisions,
            KeptObject revision,
            Function<Pod, @Nullable AppServer> processes,
            Function<Pod, PodAddress> addresses,
            BiConsumer<String, String> poke,
            Function<ObjectKey, @Nullable KeptObject> objects) {
        this.simulation = simulation;
        this.decisions = decisions;
        this.revision = revision.key();
        this.containerConcurrency =
                CustomResource.spec(revision).path("containerConcurrency").asInt();
        this.processes = processes;
        this.addresses = addresses;
        this.poke = poke;
        this.objects = objects;
        RandomStream dice = simulation.random().stream(
                "knative-activator/" + revision.metadata().name());
        this.ingress = simulation.random().stream(
                "knative-ingress/" + revision.metadata().name());
        this.picker = new PodPicker<>(containerConcurrency, new PodPicker.Dice() {
            @Override
            public int below(int bound) {
                return dice.nextInt(bound);
            }

            @Override
            public boolean coin() {
                return dice.nextInt(2) == 1;
            }
        });
        this.breaker = new Breaker(QUEUE_DEPTH, Integer.MAX_VALUE - QUEUE_DEPTH, 0);
        this.countedAt = simulation.now();
        this.reportedAt = simulation.now();
    }

    /** A pod of the revision is there, has changed or is gone. */
    void onPod(Pod pod, boolean gone) {
        if (gone || pod.metadata().isBeingDeleted() || pod.status().phase().isFinal()) {
            pods.remove(pod.name());
            usable.remove(pod.name());
        } else {
            pods.put(pod.name(), pod);
            boolean wasUsable = usable.getOrDefault(pod.name(), false);
            boolean hasAddress = !pod.status().podIp().isEmpty();
            usable.put(pod.name(), hasAddress && (pod.isReady() || (wasUsable && processes.apply(pod) != null)));
        }
        assign();
        probe();
    }

    private void probe() {
        boolean unanswered = usable.containsValue(false);
        if (!probing && unanswered) {
            probing = true;
            simulation.after(PROBE_PERIOD, this::lookAround);
        }
    }

    private void lookAround() {
        probing = false;
        boolean changed = false;
        for (Pod pod : pods.values()) {
            AppServer process = processes.apply(pod);
            boolean answers = process != null
                    && process.isListening()
                    && process.isReady()
                    && !process.isHung()
                    && !pod.status().podIp().isEmpty();
            if (answers && !usable.getOrDefault(pod.name(), false)) {
                usable.put(pod.name(), true);
                changed = true;
            }
        }
        if (changed) {
            assign();
        }
        probe();
    }

    private void assign() {
        assigned.clear();
        usable.forEach((name, can) -> {
            Pod pod = pods.get(name);
            if (can && pod != null) {
                assigned.put(name, addresses.apply(pod));
            }
        });
        List<String> byAddress = new ArrayList<>(assigned.keySet());
        byAddress.sort(java.util.Comparator.comparing(name -> ipOf(name)));
        picker.assign(byAddress);
        ActivatorPods capacity = ActivatorPods.direct(containerConcurrency, byAddress.size(), 1, 0);
        int room = containerConcurrency == 0 && capacity.capacity() > 0 ? Integer.MAX_VALUE : capacity.capacity();
        start(breaker.setCapacity(room));
    }

    private String ipOf(String pod) {
        PodAddress address = assigned.get(pod);
        return address == null ? "" : address.ip();
    }

    void arrived(Passage request) {
        boolean idle = inFlight == 0 && arrivals == 0;
        count(1);
        arrivals++;
        if (isServedDirectly() && !assigned.isEmpty()) {
            List<String> ready = new ArrayList<>(assigned.keySet());
            String pod = ready.get(ready.size() == 1 ? 0 : ingress.nextInt(ready.size()));
            send(request, pod, false);
            return;
        }
        long number = ++lastNumber;
        numbers.put(request, number);
        waiting.put(number, request);
        switch (breaker.offer(number)) {
            case STARTED -> start(List.of(number));
            case QUEUED -> noteHeld();
            case FULL -> {
                waiting.remove(number);
                request.fail(dev.wavetank.network.Failure.OVERLOADED);
            }
        }
        if (idle) {
            poke.accept(revision.namespace(), revision.name());
        }
    }

    private void noteHeld() {
        mostHeld = Math.max(mostHeld, waiting.size());
        if (assigned.isEmpty() && waiting.size() == 1) {
            coldStarts.begin(simulation.now());
            decisions.record("Activator", revision, () -> "holds a request: no pod answers yet");
        }
    }

    private boolean isServedDirectly() {
        KeptObject sks =
                objects.apply(new ObjectKey(Serving.SERVERLESS_SERVICE, revision.namespace(), revision.name()));
        return sks != null && CustomResource.status(sks).path("mode").asText().equals("Serve");
    }

    private void start(List<Long> started) {
        int released = 0;
        withoutRoom.addAll(started);
        for (int i = withoutRoom.size(); i > 0; i--) {
            long number = withoutRoom.removeFirst();
            Passage request = waiting.get(number);
            String pod = request == null ? null : picker.acquire();
            if (request != null && pod == null) {
                withoutRoom.addLast(number);
            } else if (request != null && pod != null) {
                waiting.remove(number);
                released++;
                send(request, pod, true);
            }
        }
        if (released > 0) {
            long took = coldStarts.end(simulation.now());
            int count = released;
            if (took >= 0) {
                decisions.record(
                        "Activator",
                        revision,
                        () -> String.format(
                                Locale.ROOT,
                                "lets %d held requests go, %.3f s after the first came: a pod answers its probe",
                                count,
                                took / (double) Times.SECOND));
            }
        }
    }

    private void send(Passage request, String pod, boolean counted) {
        PodAddress address = assigned.get(pod);
        if (address == null) {
            throw new IllegalStateException("no such pod: " + pod);
        }
        sentTo.put(request, counted ? pod : "");
        request.sendTo(address);
    }

    /** True if the request was here. */
    boolean ended(Passage request) {
        Long number = numbers.remove(request);
        String pod = sentTo.remove(request);
        count(-1);
        if (pod != null && !pod.isEmpty()) {
            picker.release(pod);
            start(breaker.release());
        } else if (number != null && waiting.remove(number) != null && !breaker.giveUp(number)) {
            // it had been let out, but no pod had room
            start(breaker.release());
        }
        return true;
    }

    private void count(int change) {
        long now = simulation.now();
        requestNanos += (double) inFlight * (now - countedAt);
        countedAt = now;
        inFlight += change;
    }

    RevisionTraffic.Report report() {
        count(0);
        long now = simulation.now();
        double concurrency = now == reportedAt ? 0 : requestNanos / (now - reportedAt);
        RevisionTraffic.Report report = new RevisionTraffic.Report(concurrency, arrivals);
        reportedAt = now;
        requestNanos = 0;
        arrivals = 0;
        return report;
    }

    int inFlight() {
        return inFlight;
    }

    int held() {
        return waiting.size();
    }

    int mostHeld() {
        return mostHeld;
    }

    ColdStarts coldStarts() {
        return coldStarts;
    }
}
