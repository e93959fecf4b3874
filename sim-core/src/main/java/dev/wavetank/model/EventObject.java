package dev.wavetank.model;

/**
 * An Event: something a component wants people to know about an object.
 *
 * @param regarding the object it is about
 * @param regardingUid the uid of that object; empty if not known
 * @param fieldPath the part of it, such as {@code spec.containers{web}}; empty for the whole
 * @param type Normal or Warning
 * @param source the component that says so
 * @param count how often it happened
 * @param firstTimestamp when it first happened; whole-second instant
 * @param lastTimestamp when it last happened; whole-second instant
 */
public record EventObject(
        ObjectMeta metadata,
        ObjectKey regarding,
        String regardingUid,
        String fieldPath,
        String type,
        String reason,
        String message,
        String source,
        int count,
        long firstTimestamp,
        long lastTimestamp)
        implements KubernetesObject {

    @Override
    public boolean hasSameSpecAs(KubernetesObject other) {
        return true;
    }

    @Override
    public ResourceKind kind() {
        return ResourceKind.EVENT;
    }

    @Override
    public EventObject withMetadata(ObjectMeta metadata) {
        return new EventObject(
                metadata,
                regarding,
                regardingUid,
                fieldPath,
                type,
                reason,
                message,
                source,
                count,
                firstTimestamp,
                lastTimestamp);
    }

    /** True if the two differ in when and how often it happened at most. */
    boolean saysTheSameAs(EventObject other) {
        return isAbout(other) && other.message.equals(message);
    }

    /** True if the two differ at most in their words, and in when and how often it happened. */
    boolean isAbout(EventObject other) {
        return other.regarding.equals(regarding)
                && other.fieldPath.equals(fieldPath)
                && other.type.equals(type)
                && other.reason.equals(reason);
    }

    /** The same event, or one like it, seen once more, of the object that bears the name by now. */
    EventObject again(String uid, long now, String message, int count) {
        return new EventObject(
                metadata,
                regarding,
                uid,
                fieldPath,
                type,
                reason,
                message,
                source,
                count,
                firstTimestamp,
                Times.stored(now));
    }
}
