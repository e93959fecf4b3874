package dev.wavetank.model;

/**
 * A container while it runs, with the counters the kernel keeps of it: what cAdvisor reads from a cgroup. The counters move
 * on with every look at them, as virtual time does.
 */
public interface RunningContainer {

    /** The node it runs on. */
    String node();

    String namespace();

    /** The pod's name. */
    String pod();

    /** The container's name in its pod. */
    String container();

    /** When it was created, in nanoseconds. */
    long createdAt();

    /** False once its process has ended; the counters stand still then. */
    boolean isRunning();

    /** Processor time used since it was created, in core-nanoseconds; never falls. */
    long cpuNanos();

    /** Memory it holds and cannot give back, in bytes. */
    long workingSetBytes();
}
