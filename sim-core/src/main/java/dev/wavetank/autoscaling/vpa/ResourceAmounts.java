package dev.wavetank.autoscaling.vpa;

import org.jspecify.annotations.Nullable;

/**
 * A resource list of a container or policy, in which each resource may be absent. Absent is not zero: a container without a CPU
 * request is treated otherwise than one that asks for nothing.
 *
 * @param cpuMillis millicores, not negative; null if absent
 * @param memoryBytes bytes, not negative; null if absent
 */
public record ResourceAmounts(
        @Nullable Long cpuMillis, @Nullable Long memoryBytes) {

    /** Nothing set. */
    public static final ResourceAmounts NONE = new ResourceAmounts(null, null);

    /** Both resources set, in millicores and bytes. */
    public static ResourceAmounts of(long cpuMillis, long memoryBytes) {
        return new ResourceAmounts(cpuMillis, memoryBytes);
    }

    /** The amount of one resource, or null if absent. */
    public @Nullable Long get(Resource resource) {
        return switch (resource) {
            case CPU -> cpuMillis;
            case MEMORY -> memoryBytes;
        };
    }

    public boolean has(Resource resource) {
        return get(resource) != null;
    }

    /** The amount of one resource, 0 if absent. */
    public long orZero(Resource resource) {
        Long amount = get(resource);
        return amount == null ? 0 : amount;
    }

    /** The same amounts with one resource set, or removed by null. */
    public ResourceAmounts with(Resource resource, @Nullable Long amount) {
        return switch (resource) {
            case CPU -> new ResourceAmounts(amount, memoryBytes);
            case MEMORY -> new ResourceAmounts(cpuMillis, amount);
        };
    }

    public boolean isEmpty() {
        return cpuMillis == null && memoryBytes == null;
    }
}
