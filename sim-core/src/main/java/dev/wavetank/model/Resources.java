package dev.wavetank.model;

/**
 * Amounts of what the scheduler hands out and the kernel limits.
 *
 * @param cpuMillis thousandths of a core; 0 if not stated
 * @param memoryBytes bytes; 0 if not stated
 */
public record Resources(long cpuMillis, long memoryBytes) {

    public static final Resources NONE = new Resources(0, 0);

    public Resources plus(Resources other) {
        return new Resources(cpuMillis + other.cpuMillis, memoryBytes + other.memoryBytes);
    }

    public Resources minus(Resources other) {
        return new Resources(cpuMillis - other.cpuMillis, memoryBytes - other.memoryBytes);
    }

    public Resources max(Resources other) {
        return new Resources(Math.max(cpuMillis, other.cpuMillis), Math.max(memoryBytes, other.memoryBytes));
    }
}
