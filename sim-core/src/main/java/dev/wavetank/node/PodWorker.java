package dev.wavetank.node;

import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerState;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Delay;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.Times;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.PodAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pod on its node: brings it up, syncs it whenever something about it changes, and takes it down.
 *
 * <p>A sync looks at the containers as the last relist found them, publishes what follows, and acts: kills a container that
 * failed its liveness probe, starts one that stopped. One sync runs at a time, and the next starts only after a relist that
 * is younger than its end; much of a pod's timing comes from that rule.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/pod_workers.go, kubelet.go SyncPod, kuberuntime/kuberuntime_manager.go.
 */
final class PodWorker implements ProbeRunner.Host {

    private final Kubelet kubelet;
    private final List<ContainerSlot> slots = new ArrayList<>();
    private final List<ProbeRunner> probes = new ArrayList<>();
    private Pod pod;
    private PodStatus status;
    private @Nullable PodAddress address;

    private boolean syncing;
    private boolean syncRequested;
    private long syncTimer;
    private long lastSyncEnd = Times.NONE;
    private long lastOnDemandRelist = Times.NONE;
    private boolean terminating;
    private @Nullable Termination termination;

    PodWorker(Kubelet kubelet, Pod pod) {
        this.kubelet = kubelet;
        this.pod = pod;
        this.status = pod.status();
        for (Container container : pod.spec().containers()) {
            slots.add(new ContainerSlot(container));
        }
    }

    @Nullable
    AppServer firstServer() {
        return server(0);
    }

    /** The counters of the containers that run, in the order of the spec. */
    List<ContainerCounters> counters() {
        List<ContainerCounters> running = new ArrayList<>();
        for (ContainerSlot slot : slots) {
            ContainerCounters counters = slot.counters();
            if (counters != null && counters.isRunning()) {
                running.add(counters);
            }
        }
        return running;
    }

    /** Takes the pod on: from here it runs through to its containers' start as one long sync. */
    void begin() {
        syncing = true;
        kubelet.simulation().after(kubelet.delay(Delay.KUBELET_ADMISSION), () -> {
            status = status.withStartTime(Times.stored(now()));
            for (ContainerSlot slot : slots) {
                slot.waitFor("ContainerCreating", "");
            }
            publish(false);
            unlessTerminating(pod.spec().volumes() > 0 ? kubelet.delay(Delay.KUBELET_VOLUMES) : 0, this::prepare);
        });
    }

    private void prepare() {
        for (int i = 0; i < slots.size(); i++) {
            Container container = slots.get(i).container();
            addProbe(i, ProbeType.STARTUP, container.startupProbe());
            addProbe(i, ProbeType.LIVENESS, container.livenessProbe());
            addProbe(i, ProbeType.READINESS, container.readinessProbe());
        }
        unlessTerminating(kubelet.delay(Delay.RUNTIME_SANDBOX), () -> {
            PodAddress assigned = kubelet.network().address(kubelet.addresses().next(), pod.name());
            assigned.connect();
            address = assigned;
            startContainers(0);
        });
    }

    private void addProbe(int container, ProbeType type, dev.wavetank.model.@Nullable Probe probe) {
        if (probe != null) {
            ProbeWorker worker = new ProbeWorker(type, probe, false, now());
            probes.add(new ProbeRunner(kubelet, this, container, worker));
        }
    }

    private void startContainers(int from) {
        if (from == slots.size()) {
            containersStarted();
            return;
        }
        ContainerSlot slot = slots.get(from);
        if (!slot.needsStart()) {
            startContainers(from + 1);
            return;
        }
        slot.event(
                kubelet,
                pod,
                "Normal",
                "Pulled",
                Images.presentMessage(slot.container().image()));
        unlessTerminating(kubelet.delay(Delay.RUNTIME_CREATE), () -> {
            slot.event(kubelet, pod, "Normal", "Created", "Container created");
            unlessTerminating(kubelet.delay(Delay.RUNTIME_START), () -> {
                start(slot);
                slot.event(kubelet, pod, "Normal", "Started", "Container started");
                startContainers(from + 1);
            });
        });
    }

    private void start(ContainerSlot slot) {
        ContainerRun run = new ContainerRun(kubelet.nextContainerId(), now());
        AppServer server = new AppServer(
                kubelet.simulation(),
                kubelet.behaviorOf(pod),
                kubelet.simulation().random().stream("app/" + pod.name() + "/" + run.id()),
                exitCode -> kubelet.simulation()
                        .after(kubelet.delay(Delay.RUNTIME_STOP), () -> exited(slot, run, exitCode)));
        run.setServer(server);
        slot.started(run);
        ContainerCounters counters =
                new ContainerCounters(kubelet.simulation(), kubelet.nodeName(), pod, slot.container(), server);
        run.setCounters(counters);
        kubelet.containerStarted(counters);
        PodAddress home = address;
        if (home != null && slot == slots.get(0)) {
            home.serveWith(server);
        }
    }

    /** Goes on after a delay, unless the pod has been asked to go in the meantime; then the start ends here. */
    private void unlessTerminating(long delayNanos, Runnable next) {
        kubelet.simulation().after(delayNanos, () -> {
            if (terminating) {
                endSync(false);
            } else {
                next.run();
            }
        });
    }

    private void containersStarted() {
        endSync(true);
        requestSync();
    }

    private void endSync(boolean actedOnRuntime) {
        syncing = false;
        lastSyncEnd = now();
        if (actedOnRuntime && kubelet.options().onDemandRelist()) {
            lastOnDemandRelist = now();
        }
        if (terminating) {
            beginTermination();
        } else if (syncRequested) {
            syncRequested = false;
            requestSync();
        }
    }

    @Override
    public void requestSync() {
        if (termination != null) {
            return;
        }
        if (syncing) {
            syncRequested = true;
            return;
        }
        long at = Math.max(now(), earliestSync());
        if (syncTimer == 0) {
            syncTimer = kubelet.simulation().at(at, this::sync);
        }
    }

    /** Asks for a sync later, unless something else causes one before. */
    private void requestSyncAfter(long delayNanos) {
        kubelet.simulation().after(delayNanos, this::requestSync);
    }

    private long earliestSync() {
        boolean looked = Times.isSet(lastOnDemandRelist) && lastOnDemandRelist >= lastSyncEnd;
        return looked ? lastOnDemandRelist : kubelet.relists().firstAfter(lastSyncEnd);
    }

    /** The last look at the containers before now. */
    private long lastRelist() {
        return Math.max(lastOnDemandRelist, kubelet.relists().lastUpTo(now()));
    }

    private void sync() {
        syncTimer = 0;
        if (terminating) {
            return;
        }
        syncing = true;
        long seenAt = lastRelist();
        boolean sawOldStatus = kubelet.random().nextBoolean(kubelet.options().manualTriggerRace());
        List<ProbeRunner> triggered = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            ContainerSlot slot = slots.get(i);
            slot.look(seenAt);
            ContainerHealth health = healthOf(i);
            slot.setHealth(health);
            ProbeRunner readiness = probe(i, ProbeType.READINESS);
            if (health.triggersReadinessProbe() && readiness != null) {
                triggered.add(readiness);
            }
        }
        if (sawOldStatus) {
            // the woken worker runs before the new status is there to be seen
            triggered.forEach(ProbeRunner::trigger);
            kubelet.simulation().after(0, () -> publishAndAct());
        } else {
            publishAndAct();
            triggered.forEach(ProbeRunner::trigger);
        }
    }

    private void publishAndAct() {
        publish(false);
        for (int i = 0; i < slots.size(); i++) {
            ContainerSlot slot = slots.get(i);
            if (slot.isRunning() && (asksToKill(i, ProbeType.LIVENESS) || asksToKill(i, ProbeType.STARTUP))) {
                killAndRestart(i, slot);
                return;
            }
        }
        restartStopped();
    }

    private boolean asksToKill(int container, ProbeType type) {
        ProbeRunner runner = probe(container, type);
        ProbedContainer seen = slots.get(container).published();
        return runner != null && seen != null && runner.worker().asksToKill(seen);
    }

    private void killAndRestart(int container, ContainerSlot slot) {
        ProbeType type = asksToKill(container, ProbeType.LIVENESS) ? ProbeType.LIVENESS : ProbeType.STARTUP;
        ProbeRunner runner = probe(container, type);
        ContainerKill kill = ContainerKill.because(
                type == ProbeType.LIVENESS ? ContainerKill.Cause.LIVENESS_PROBE : ContainerKill.Cause.STARTUP_PROBE,
                null,
                runner == null ? null : runner.worker().probe().terminationGracePeriodSeconds(),
                pod.spec().terminationGracePeriodSeconds());
        String which = type == ProbeType.LIVENESS ? "liveness" : "startup";
        slot.event(
                kubelet,
                pod,
                "Normal",
                "Killing",
                "Container " + slot.container().name() + " failed " + which + " probe, will be restarted");
        new ContainerStop(kubelet.simulation(), slot, kill, () -> {
            slot.look(now());
            restartStopped();
        });
    }

    private void restartStopped() {
        boolean restart = false;
        for (ContainerSlot slot : slots) {
            if (slot.hasStopped() && restarts(slot)) {
                restart |= mayStartAgain(slot);
            }
        }
        if (restart) {
            startContainers(0);
        } else {
            endSync(false);
        }
    }

    private boolean restarts(ContainerSlot slot) {
        return slot.willRestart(pod.spec().restartPolicy());
    }

    private boolean mayStartAgain(ContainerSlot slot) {
        CrashLoopBackOff.Attempt attempt = slot.attemptRestart(now());
        if (!attempt.refused()) {
            slot.clearForRestart();
            return true;
        }
        slot.refuse(attempt, pod);
        slot.event(
                kubelet,
                pod,
                "Warning",
                "BackOff",
                "Back-off restarting failed container " + slot.container().name() + " in pod " + pod.name() + "_"
                        + pod.metadata().namespace() + "(" + pod.metadata().uid() + ")");
        requestSyncAfter(Requeues.afterBackOff(attempt.retryAt() - now(), kubelet.random()));
        return false;
    }

    private void exited(ContainerSlot slot, ContainerRun run, int exitCode) {
        run.finish(exitCode, now());
        slot.exited(run);
        PodAddress home = address;
        if (home != null && home.server() == run.server()) {
            home.serveWith(null);
        }
        if (termination == null && !slot.isBeingKilled()) {
            // the next look finds it
            kubelet.simulation().at(kubelet.relists().firstAfter(now()), this::requestSync);
        }
    }

    private ContainerHealth healthOf(int container) {
        ProbeRunner startup = probe(container, ProbeType.STARTUP);
        ProbeRunner readiness = probe(container, ProbeType.READINESS);
        ContainerSlot slot = slots.get(container);
        return ContainerHealth.of(
                slot.runId(),
                slot.state(),
                startup == null ? null : startup.worker(),
                readiness == null ? null : readiness.worker());
    }

    private @Nullable ProbeRunner probe(int container, ProbeType type) {
        for (ProbeRunner runner : probes) {
            if (runner.container() == container && runner.worker().type() == type) {
                return runner;
            }
        }
        return null;
    }

    /** Computes the status and sends it; the probe workers see it at once. */
    private void publish(boolean terminal) {
        List<ContainerStatus> statuses = new ArrayList<>();
        for (ContainerSlot slot : slots) {
            statuses.add(slot.status(terminal));
        }
        PodAddress home = address;
        status = PodStatuses.next(
                pod, status, statuses, home != null && !terminal, terminal, home == null ? "" : home.ip(), now());
        for (ContainerSlot slot : slots) {
            slot.publish(status.phase(), slot.willRestart(pod.spec().restartPolicy()));
        }
        kubelet.statusManager().publish(pod, status, () -> {});
    }

    @Override
    public @Nullable ProbedContainer seen(int container) {
        return slots.get(container).published();
    }

    @Override
    public @Nullable AppServer server(int container) {
        return slots.get(container).server();
    }

    /** Readiness and startup results are told to the API at once, without waiting for a sync. */
    @Override
    public void resultChanged() {
        boolean changed = false;
        for (int i = 0; i < slots.size(); i++) {
            ContainerHealth health = healthOf(i);
            changed |= slots.get(i).setHealth(health);
        }
        if (changed) {
            publish(false);
        }
    }

    @Override
    public void probeFailed(int container, ProbeType type, String output) {
        String which = switch (type) {
            case STARTUP -> "Startup";
            case LIVENESS -> "Liveness";
            case READINESS -> "Readiness";
        };
        slots.get(container).event(kubelet, pod, "Warning", "Unhealthy", which + " probe failed: " + output);
    }

    /** The API asks the pod to go. */
    void terminate(Pod asked) {
        pod = asked;
        Termination underWay = termination;
        if (underWay != null) {
            underWay.granted(asked.metadata().deletionGracePeriodSeconds());
            return;
        }
        if (!terminating) {
            terminating = true;
            if (!syncing) {
                beginTermination();
            }
        }
    }

    private void beginTermination() {
        for (ProbeRunner runner : probes) {
            if (runner.worker().type() != ProbeType.READINESS) {
                runner.stop();
            }
        }
        termination = new Termination(kubelet, pod, slots, this::stopped);
    }

    /** All containers have ended: the sandbox goes, the last status is sent, and at the next look the pod itself. */
    private void stopped() {
        kubelet.simulation().after(kubelet.delay(Delay.RUNTIME_SANDBOX_STOP), () -> {
            probes.forEach(ProbeRunner::stop);
            PodAddress home = address;
            if (home != null) {
                home.disconnect();
                kubelet.network().release(home.ip());
            }
            slots.forEach(slot -> slot.look(now()));
            slots.forEach(
                    slot -> slot.setHealth(ContainerHealth.of(0, new ContainerState.Waiting("", ""), null, null)));
            publish(true);
            kubelet.simulation()
                    .at(
                            kubelet.relists().firstAfter(now()),
                            () -> kubelet.simulation()
                                    .after(kubelet.delay(Delay.KUBELET_CLEANUP), this::deleteFromApi));
        });
    }

    private void deleteFromApi() {
        kubelet.client()
                .delete(
                        pod.key(),
                        DeleteOptions.withGrace(0),
                        (result, refused) -> kubelet.forget(pod.metadata().uid()));
    }

    /** The pod is gone from the API, though nobody asked this kubelet first: a forced deletion. */
    void removedFromApi() {
        if (termination == null) {
            terminate(pod.withMetadata(pod.metadata().withDeletion(now(), 0)));
        }
    }

    private long now() {
        return kubelet.simulation().now();
    }
}
