package dev.wavetank.model;

import org.jspecify.annotations.Nullable;

/** What a container asks to be run right after its start and right before its stop. */
public record Lifecycle(@Nullable Hook postStart, @Nullable Hook preStop) {

    public static final Lifecycle NONE = new Lifecycle(null, null);

    /** One hook: exactly one of the shapes core/v1 LifecycleHandler allows. */
    public sealed interface Hook {
        /** Waits {@code seconds}: ≥ 0 and at most the pod's grace period. */
        record Sleep(long seconds) implements Hook {}

        /** Runs a command in the container; how long it takes is the modelled app's business. */
        record Exec(String command) implements Hook {}

        /** Sends a GET to the container; the status code is ignored. */
        record HttpGet(String path, IntOrString port) implements Hook {}
    }
}
