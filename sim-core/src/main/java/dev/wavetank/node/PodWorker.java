package dev.wavetank.node;

import dev.wavetank.model.Container;
import dev.wavetank.model.ContainerStatus;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Pod;
import dev.wavetank.model.PodPhase;
import dev.wavetank.model.PodSpec.RestartPolicy;
import dev.wavetank.model.PodStatus;
import dev.wavetank.model.Probe;
import dev.wavetank.model.Times;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.PodAddress;
import dev.wavetank.node.ObservedContainer.Role;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One pod on its node: brings it up, syncs it whenever something about it changes, and takes it down.
 *
 * <p>A sync looks at the containers as the last relist found them, publishes what follows, and does what {@link PodActions}
 * says: stops containers, starts others. One sync runs at a time and is not interrupted, not even by the pod's deletion; the
 * next starts only after a relist that is younger than its end. Much of a pod's timing comes from these rules.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/pod_workers.go, kubelet.go SyncPod, kuberuntime/kuberuntime_manager.go.
 */
final class PodWorker implements ProbeRunner.Host, PodResizer.Host {

    private final Kubelet kubelet;
    private final List<ContainerSlot> slots = new ArrayList<>();
    private final List<ProbeRunner> probes = new ArrayList<>();
    private final SyncTimes times;
    private Pod pod;
    private PodStatus status;
    private @Nullable PodAddress address;
    private boolean networkReady;

    private boolean syncing;
    private boolean syncRequested;
    private boolean moreRequested;
    private long syncTimer;
    private long requeueTimer;

    private final PodResizer resizer;
    private boolean terminating;
    private @Nullable Long overrideSeconds;
    private @Nullable Termination termination;
    private boolean finished;

    PodWorker(Kubelet kubelet, Pod pod) {
        this.kubelet = kubelet;
        this.pod = pod;
        this.status = pod.status();
        this.resizer = new PodResizer(kubelet, this);
        this.times = new SyncTimes(kubelet.relists(), kubelet.options().onDemandRelist());
        String reason = pod.spec().initContainers().isEmpty() ? "ContainerCreating" : "PodInitializing";
        for (Container container : pod.spec().initContainers()) {
            slots.add(slot(container, container.sidecar() ? Role.SIDECAR : Role.INIT, reason));
        }
        for (Container container : pod.spec().containers()) {
            slots.add(slot(container, Role.MAIN, reason));
        }
    }

    private ContainerSlot slot(Container container, Role role, String reason) {
        return new ContainerSlot(container, role, kubelet.options().crashLoopBackOff(), reason);
    }

    @Override
    public Pod pod() {
        return pod;
    }

    PodResizer resizer() {
        return resizer;
    }

    /** The API tells of another spec: nothing in it but resources can have changed. */
    void respecified(Pod changed) {
        pod = changed;
        if (!terminating && !finished) {
            resizer.resize();
        }
    }

    @Override
    public List<ContainerSlot> slots() {
        return slots;
    }

    @Override
    public void report(UnaryOperator<PodStatus> change) {
        PodStatus changed = change.apply(status);
        boolean news = !changed.equals(status)
                || slots.stream().anyMatch(slot -> slot.status(false).resources() != null);
        if (news && !terminating) {
            status = changed;
            publish(false);
        }
    }

    @Override
    public void restart(ContainerSlot slot) {
        ContainerKill grace = ContainerKill.because(
                ContainerKill.Cause.RESIZE, null, null, pod.spec().terminationGracePeriodSeconds());
        kubelet.record(
                pod, slot.fieldPath(), "Normal", "Killing", "Container " + slot.name() + " resize requires restart");
        new ContainerStop(kubelet, pod, slot, grace, false).begin(() -> {
            slot.look(now());
            // the next look finds it
            kubelet.at(kubelet.relists().firstAfter(now()), this::requestSync);
        });
    }

    /** The process that serves at the pod's address: that of its first main container. */
    @Nullable
    AppServer firstServer() {
        return firstMain().server();
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

    private ContainerSlot firstMain() {
        return slots.get(pod.spec().initContainers().size());
    }

    /** Takes the pod on: one long sync from admission to the start of its first containers. */
    void begin() {
        syncing = true;
        kubelet.after(kubelet.delay(Delay.KUBELET_ADMISSION), () -> {
            status = status.withStartTime(Times.stored(now()));
            publish(false);
            long mounting = pod.spec().volumes() > 0 ? kubelet.delay(Delay.KUBELET_VOLUMES) : 0;
            kubelet.after(mounting, () -> {
                // the wait for volumes is the one thing a deletion cuts short
                if (terminating) {
                    endSync(new SyncResult());
                } else {
                    startProbeWorkers();
                    setUpSandbox();
                }
            });
        });
    }

    private void setUpSandbox() {
        kubelet.after(kubelet.delay(Delay.RUNTIME_SANDBOX), () -> {
            networkReady = true;
            // told at once, before the address is known
            publish(false);
            PodAddress assigned = kubelet.network().address(kubelet.addresses().next(), pod.name());
            assigned.connect();
            address = assigned;
            SyncResult result = new SyncResult();
            result.acted();
            act(result);
        });
    }

    private void startProbeWorkers() {
        for (int i = 0; i < slots.size(); i++) {
            Container container = slots.get(i).container();
            if (slots.get(i).role() != Role.INIT) {
                addProbe(i, ProbeType.STARTUP, container.startupProbe());
                addProbe(i, ProbeType.LIVENESS, container.livenessProbe());
                addProbe(i, ProbeType.READINESS, container.readinessProbe());
            }
        }
    }

    private void addProbe(int container, ProbeType type, @Nullable Probe probe) {
        if (probe != null) {
            long start = kubelet.firstTick(probe.periodSeconds());
            probes.add(new ProbeRunner(kubelet, this, container, new ProbeWorker(type, probe, false, start)));
        }
    }

    @Override
    public void requestSync() {
        if (terminating) {
            return;
        }
        if (syncing) {
            syncRequested = true;
        } else if (syncTimer == 0) {
            syncTimer = kubelet.at(times.earliestSync(now()), this::sync);
        }
    }

    private void sync() {
        syncTimer = 0;
        if (terminating) {
            return;
        }
        syncing = true;
        syncRequested = moreRequested;
        moreRequested = false;
        long seenAt = times.lastRelist(now());
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
            kubelet.after(0, this::publishAndAct);
        } else {
            publishAndAct();
            triggered.forEach(ProbeRunner::trigger);
        }
    }

    private void publishAndAct() {
        publish(false);
        if (status.phase().isFinal()) {
            terminating = true;
            endSync(new SyncResult());
        } else {
            act(new SyncResult());
        }
    }

    private void act(SyncResult result) {
        List<PodActions.Member> members = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            members.add(slots.get(i).observed(failedProbe(i)));
        }
        PodActions actions = PodActions.of(members, pod.spec().restartPolicy());
        if (actions.killPod()) {
            new Termination(kubelet, pod, slots, null, () -> {
                result.acted();
                endSync(result);
            });
            return;
        }
        kill(actions.kills().iterator(), result, () -> start(actions.starts().iterator(), result));
    }

    private void kill(Iterator<PodActions.Kill> kills, SyncResult result, Runnable then) {
        if (!kills.hasNext()) {
            then.run();
            return;
        }
        PodActions.Kill kill = kills.next();
        boolean liveness = kill.failedProbe() == ProbeType.LIVENESS;
        ContainerSlot slot = slots.get(kill.position());
        ProbeRunner runner = probe(kill.position(), kill.failedProbe());
        ContainerKill limits = ContainerKill.because(
                liveness ? ContainerKill.Cause.LIVENESS_PROBE : ContainerKill.Cause.STARTUP_PROBE,
                pod.metadata().isBeingDeleted() ? pod.metadata().deletionGracePeriodSeconds() : null,
                runner == null ? null : runner.worker().probe().terminationGracePeriodSeconds(),
                pod.spec().terminationGracePeriodSeconds());
        kubelet.explain(
                pod,
                () -> "kills container " + slot.name() + ": its " + (liveness ? "liveness" : "startup")
                        + " probe failed "
                        + (runner == null ? "" : runner.worker().probe().failureThreshold() + " times in a row")
                        + "; it has " + limits.stopTimeoutSeconds() + " s to stop");
        String message = "Container " + slot.name() + " failed " + (liveness ? "liveness" : "startup") + " probe";
        kubelet.record(
                pod, slot.fieldPath(), "Normal", "Killing", kill.restart() ? message + ", will be restarted" : message);
        new ContainerStop(kubelet, pod, slot, limits, false).begin(() -> {
            slot.look(now());
            result.acted();
            kill(kills, result, then);
        });
    }

    private void start(Iterator<Integer> starts, SyncResult result) {
        if (!starts.hasNext()) {
            endSync(result);
            return;
        }
        new ContainerStart(kubelet, pod, slots.get(starts.next()), this::launch, outcome -> {
                    result.add(outcome);
                    start(starts, result);
                })
                .begin();
    }

    private AppServer launch(ContainerSlot slot) {
        ContainerRun run = new ContainerRun(kubelet.nextContainerId(), now());
        AppServer server = kubelet.startProcess(
                pod,
                slot,
                run,
                exitCode -> kubelet.after(kubelet.delay(Delay.RUNTIME_STOP), () -> exited(slot, run, exitCode)));
        run.setServer(server);
        slot.started(run);
        PodAddress home = address;
        if (home != null && slot == firstMain()) {
            home.serveWith(server);
        }
        return server;
    }

    private void exited(ContainerSlot slot, ContainerRun run, int exitCode) {
        AppServer process = run.server();
        if (process != null && process.isOomKilled()) {
            run.markOutOfMemory();
        }
        run.finish(exitCode, now());
        slot.exited(run);
        PodAddress home = address;
        if (home != null && home.server() == run.server()) {
            home.serveWith(null);
        }
        if (!terminating && !slot.isBeingKilled()) {
            // the next look finds it
            kubelet.at(kubelet.relists().firstAfter(now()), this::requestSync);
        }
    }

    private void endSync(SyncResult result) {
        syncing = false;
        times.ended(now(), result);
        kubelet.cancel(requeueTimer);
        if (terminating) {
            scheduleTermination();
            return;
        }
        long requeue = result.requeueNanos(kubelet.random(), isUnready());
        if (requeue != SyncResult.NEVER) {
            requeueTimer = kubelet.at(kubelet.syncLoopTickAfter(now() + requeue), this::requestSync);
        }
        // the look tells of everything that was done; the first such event starts a sync, and the rest wait for another
        boolean askedFor = syncRequested || result.hasActed();
        syncRequested = false;
        moreRequested = result.acts() > 1;
        if (askedFor) {
            requestSync();
        }
    }

    /** Something may still come of looking again: a container that is not ready is probed at every sync. */
    private boolean isUnready() {
        return slots.stream()
                .anyMatch(slot -> slot.role() != Role.INIT && !slot.health().ready());
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

    private @Nullable ProbeType failedProbe(int container) {
        ProbedContainer seen = slots.get(container).published();
        for (ProbeType type : List.of(ProbeType.LIVENESS, ProbeType.STARTUP)) {
            ProbeRunner runner = probe(container, type);
            if (runner != null && seen != null && runner.worker().asksToKill(seen)) {
                return type;
            }
        }
        return null;
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
        List<ContainerStatus> init = new ArrayList<>();
        List<ContainerStatus> main = new ArrayList<>();
        boolean initialized = slots.stream()
                .allMatch(slot -> slot.role() != Role.INIT || slot.status(false).ready());
        for (ContainerSlot slot : slots) {
            (slot.role() == Role.MAIN ? main : init).add(slot.status(terminal && initialized));
        }
        PodAddress home = address;
        String ip = home == null ? "" : home.ip();
        status = PodStatuses.next(pod, status, init, main, networkReady && !terminal, terminal, ip, now());
        if (terminal && overrideSeconds != null) {
            status = status.withPhase(PodPhase.FAILED)
                    .withReason("Terminated", "Pod was terminated in response to imminent node shutdown.");
        }
        RestartPolicy policy = pod.spec().restartPolicy();
        for (ContainerSlot slot : slots) {
            slot.publish(status.phase(), slot.willRestart(policy));
        }
        kubelet.statusManager().publish(pod, status, () -> {});
    }

    @Override
    public @Nullable ProbedContainer seen(int container) {
        return slots.get(container).published();
    }

    @Override
    public ProbeAttempt attempt(int container, ProbeWorker worker) {
        PodAddress home = address;
        ContainerSlot slot = slots.get(container);
        return ProbeAttempt.on(
                slot.server(), worker.probe(), worker.type(), slot.container(), home == null ? "" : home.ip());
    }

    /** Readiness and startup results are told to the API at once, without waiting for a sync. */
    @Override
    public void resultChanged() {
        boolean changed = false;
        for (int i = 0; i < slots.size(); i++) {
            changed |= slots.get(i).setHealth(healthOf(i));
        }
        if (changed) {
            publish(false);
        }
    }

    @Override
    public void probed(int container, ProbeType type, @Nullable String failure) {
        kubelet.probed(pod, slots.get(container).container().name(), type, failure == null);
        if (failure == null) {
            return;
        }
        String which = switch (type) {
            case STARTUP -> "Startup";
            case LIVENESS -> "Liveness";
            case READINESS -> "Readiness";
        };
        kubelet.record(
                pod, slots.get(container).fieldPath(), "Warning", "Unhealthy", which + " probe failed: " + failure);
    }

    /** The API asks the pod to go, or to go sooner. */
    void terminate(Pod asked) {
        pod = asked;
        Termination underWay = termination;
        if (finished) {
            deleteFromApi();
        } else if (underWay != null) {
            underWay.granted(asked.metadata().deletionGracePeriodSeconds());
        } else if (!terminating) {
            terminating = true;
            if (!syncing) {
                scheduleTermination();
            }
        }
    }

    /** The node goes down: the pod is to stop within this time, and counts as failed. */
    void shutDown(long graceSeconds) {
        if (!terminating) {
            overrideSeconds = graceSeconds;
            terminate(pod);
        }
    }

    /** The pod is gone from the API, though it has not ended here: a forced deletion. */
    void removedFromApi() {
        if (!finished) {
            terminate(pod.withMetadata(pod.metadata().withDeletion(now(), 0)));
        }
    }

    private void scheduleTermination() {
        kubelet.at(times.earliestSync(now()), this::beginTermination);
    }

    private void beginTermination() {
        for (ProbeRunner runner : probes) {
            if (runner.worker().type() != ProbeType.READINESS) {
                runner.stop();
            }
        }
        termination = new Termination(kubelet, pod, slots, overrideSeconds, this::stopped);
    }

    /** All containers have ended: the sandbox goes, the last status is sent, and at the next look the pod itself. */
    private void stopped() {
        kubelet.after(kubelet.delay(Delay.RUNTIME_SANDBOX_STOP), () -> {
            probes.forEach(ProbeRunner::stop);
            PodAddress home = address;
            if (home != null) {
                home.disconnect();
                kubelet.network().release(home.ip());
            }
            slots.forEach(slot -> slot.look(now()));
            slots.forEach(slot -> slot.setHealth(ContainerHealth.DOWN));
            publish(true);
            kubelet.at(
                    kubelet.relists().firstAfter(now()),
                    () -> kubelet.after(kubelet.delay(Delay.KUBELET_CLEANUP), this::cleanedUp));
        });
    }

    private void cleanedUp() {
        finished = true;
        if (pod.metadata().isBeingDeleted()) {
            deleteFromApi();
        }
    }

    private void deleteFromApi() {
        kubelet.deletePod(pod);
    }

    /** The kernel kills the first main container's process for its memory; false if none runs. */
    boolean runOutOfMemory() {
        ContainerRun run = firstMain().run();
        AppServer server = firstMain().server();
        if (run == null || server == null) {
            return false;
        }
        run.markOutOfMemory();
        server.kill();
        return true;
    }

    /** The machine stops: every process is gone, and nothing is left to tell of it. */
    void powerOff() {
        probes.forEach(ProbeRunner::stop);
        probes.clear();
        syncTimer = 0;
        requeueTimer = 0;
        syncing = false;
        networkReady = false;
        cutOff();
        for (ContainerSlot slot : slots) {
            AppServer server = slot.server();
            ContainerRun run = slot.run();
            if (server != null && run != null) {
                server.kill();
                run.finish(Kubelet.EXIT_AT_POWER_OFF, "Unknown", now());
            }
        }
    }

    /** The pod's network is gone, or the way to it. */
    void cutOff() {
        PodAddress home = address;
        if (home != null) {
            home.cutOff();
        }
    }

    /** The way to the API is open again; what it has missed is told, and what it wants by now is done. */
    void reconnect(Pod stored) {
        PodAddress home = address;
        if (home != null && networkReady) {
            home.connect();
        }
        kubelet.statusManager().publish(pod, status, () -> {});
        if (stored.metadata().isBeingDeleted()) {
            terminate(stored);
        }
    }

    /** The machine is up again: the pod gets a new sandbox and its containers are started anew, unless it is to go. */
    void resume(Pod stored) {
        pod = stored;
        if (finished) {
            cleanedUp();
            return;
        }
        termination = null;
        slots.forEach(slot -> slot.look(now()));
        slots.forEach(slot -> slot.setHealth(ContainerHealth.DOWN));
        terminating |= stored.metadata().isBeingDeleted();
        if (terminating) {
            beginTermination();
            return;
        }
        kubelet.record(pod, "", "Normal", "SandboxChanged", "Pod sandbox changed, it will be killed and re-created.");
        syncing = true;
        startProbeWorkers();
        publish(false);
        setUpSandbox();
    }

    private long now() {
        return kubelet.simulation().now();
    }
}
