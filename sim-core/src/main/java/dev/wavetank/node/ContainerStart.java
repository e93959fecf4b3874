package dev.wavetank.node;

import dev.wavetank.model.Container.ImagePullPolicy;
import dev.wavetank.model.Delay;
import dev.wavetank.model.Lifecycle.Hook;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ProcessLife;
import dev.wavetank.network.AppServer;
import java.util.function.Consumer;

/**
 * Starts one container, or fails to: back-off, image, create, start, postStart hook.
 *
 * <p>Source: kubernetes 1.36 pkg/kubelet/kuberuntime/kuberuntime_container.go startContainer, pkg/kubelet/images
 * EnsureImageExists.
 */
final class ContainerStart {

    /**
     * How a start ended.
     *
     * @param acted true if the runtime created a container, whatever became of it
     * @param kind whether it runs now, or why not
     * @param retryNanos for one that has to back off: how long still
     */
    record Outcome(boolean acted, Kind kind, long retryNanos) {
        enum Kind {
            STARTED,
            BACKING_OFF,
            FAILED
        }

        private static final Outcome STARTED = new Outcome(true, Kind.STARTED, 0);
        private static final Outcome NO_IMAGE = new Outcome(false, Kind.FAILED, 0);
        private static final Outcome HOOK_FAILED = new Outcome(true, Kind.FAILED, 0);
    }

    /** What the pod does about a new run of a container. */
    @FunctionalInterface
    interface Launcher {
        AppServer launch(ContainerSlot slot);
    }

    private final Kubelet kubelet;
    private final Pod pod;
    private final ContainerSlot slot;
    private final Launcher launcher;
    private final Consumer<Outcome> then;

    ContainerStart(Kubelet kubelet, Pod pod, ContainerSlot slot, Launcher launcher, Consumer<Outcome> then) {
        this.kubelet = kubelet;
        this.pod = pod;
        this.slot = slot;
        this.launcher = launcher;
        this.then = then;
    }

    void begin() {
        ContainerRun last = slot.run();
        if (last != null) {
            long now = kubelet.simulation().now();
            CrashLoopBackOff.Attempt attempt = slot.restartBackOff().attempt(now, last.finishedAt());
            if (attempt.refused()) {
                backOff(attempt, attempt.retryAt() - now);
                return;
            }
        }
        ensureImage();
    }

    private void backOff(CrashLoopBackOff.Attempt attempt, long retryNanos) {
        kubelet.explain(
                pod,
                () -> "does not start " + slot.name() + " yet: " + GoText.duration(attempt.backOffNanos())
                        + " have to pass since its last exit, " + GoText.duration(retryNanos) + " are left");
        ObjectMeta metadata = pod.metadata();
        String who = metadata.name() + "_" + metadata.namespace() + "(" + metadata.uid() + ")";
        event("Warning", "BackOff", "Back-off restarting failed container " + slot.name() + " in pod " + who);
        slot.waitFor(
                "CrashLoopBackOff",
                CrashLoopBackOff.message(
                        attempt.backOffNanos(), slot.name(), metadata.name(), metadata.namespace(), metadata.uid()));
        then.accept(new Outcome(false, Outcome.Kind.BACKING_OFF, retryNanos));
    }

    private void ensureImage() {
        String image = slot.container().image();
        ImagePullPolicy policy = slot.container().imagePullPolicy();
        NodeImages images = kubelet.images();
        if (images.has(image) && policy != ImagePullPolicy.ALWAYS) {
            event(
                    "Normal",
                    "Pulled",
                    "Container image \"" + image + "\" already present on machine and can be accessed by the pod");
            create();
        } else if (policy == ImagePullPolicy.NEVER) {
            String message = "Container image \"" + image + "\" is not present with pull policy of Never";
            event("Warning", "ErrImageNeverPull", message);
            withoutImage("ErrImageNeverPull", message);
        } else if (slot.pullBackOff().refuses(kubelet.simulation().now())) {
            String message = "Back-off pulling image \"" + image + "\"";
            event("Normal", "BackOff", message);
            withoutImage("ImagePullBackOff", message);
        } else {
            event("Normal", "Pulling", "Pulling image \"" + image + "\"");
            images.pull(image, (error, pull, withWaiting) -> pulled(image, error, pull, withWaiting));
        }
    }

    private void pulled(String image, String error, long pullNanos, long withWaitingNanos) {
        if (error.isEmpty()) {
            event(
                    "Normal",
                    "Pulled",
                    "Successfully pulled image \"" + image + "\" in " + GoText.duration(pullNanos) + " ("
                            + GoText.duration(withWaitingNanos) + " including waiting). Image size: "
                            + kubelet.images().sizeOf(image) + " bytes.");
            create();
            return;
        }
        slot.pullBackOff().failed(kubelet.simulation().now());
        event("Warning", "Failed", "Failed to pull image \"" + image + "\": " + error);
        withoutImage("ErrImagePull", error);
    }

    private void withoutImage(String reason, String message) {
        event("Warning", "Failed", "Error: " + reason);
        slot.waitFor(reason, message);
        then.accept(Outcome.NO_IMAGE);
    }

    private void create() {
        kubelet.after(kubelet.delay(Delay.RUNTIME_CREATE), () -> {
            event("Normal", "Created", "Container created");
            kubelet.after(kubelet.delay(Delay.RUNTIME_START), this::start);
        });
    }

    private void start() {
        AppServer server = launcher.launch(slot);
        event("Normal", "Started", "Container started");
        Hook hook = slot.container().lifecycle().postStart();
        if (hook == null) {
            then.accept(Outcome.STARTED);
            return;
        }
        ProcessLife life = kubelet.behaviorOf(pod, slot).life();
        boolean unanswered = hook instanceof Hook.HttpGet && !server.isListening();
        boolean fails = !(hook instanceof Hook.Sleep) && (life.postStartFails() || unanswered);
        long takes = unanswered ? 0 : HookTime.of(hook, life.postStart(), kubelet.random());
        kubelet.after(takes, () -> {
            if (fails) {
                hookFailed();
            } else {
                then.accept(Outcome.STARTED);
            }
        });
    }

    /** A container whose postStart hook failed is stopped again, and counts as one that failed to start. */
    private void hookFailed() {
        event("Warning", "FailedPostStartHook", "PostStartHook failed");
        ContainerKill kill = ContainerKill.because(
                ContainerKill.Cause.POST_START_HOOK, null, null, pod.spec().terminationGracePeriodSeconds());
        event("Normal", "Killing", "FailedPostStartHook");
        new ContainerStop(kubelet, pod, slot, kill, false).begin(() -> {
            slot.look(kubelet.simulation().now());
            slot.waitFor("PostStartHookError", "PostStartHook failed");
            then.accept(Outcome.HOOK_FAILED);
        });
    }

    private void event(String type, String reason, String message) {
        kubelet.record(pod, slot.fieldPath(), type, reason, message);
    }
}
