package dev.wavetank.model;

/** What a container is doing: exactly one of the shapes core/v1 ContainerState allows. */
public sealed interface ContainerState {

    /** Not started yet, or not again yet. */
    record Waiting(String reason, String message) implements ContainerState {}

    /** Runs since {@code startedAt}, a whole-second instant; see {@link Times}. */
    record Running(long startedAt) implements ContainerState {}

    /**
     * Stopped.
     *
     * @param exitCode 0 is success; 137 is SIGKILL, 143 a SIGTERM nobody handled
     * @param reason Completed, Error, OOMKilled or ContainerStatusUnknown
     */
    record Terminated(int exitCode, String reason, long startedAt, long finishedAt) implements ContainerState {}
}
