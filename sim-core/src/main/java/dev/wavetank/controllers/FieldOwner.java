package dev.wavetank.controllers;

/**
 * Who a field belongs to, as an object's managedFields note it.
 *
 * @param manager the name a client goes by
 * @param applied true for server-side apply, false for any other write
 * @param subresource through which it was written; empty for the object itself
 */
public record FieldOwner(String manager, boolean applied, String subresource) implements Comparable<FieldOwner> {

    static FieldOwner applying(String manager) {
        return new FieldOwner(manager, true, "");
    }

    static FieldOwner updating(String manager) {
        return new FieldOwner(manager, false, "");
    }

    static FieldOwner scaling(String manager) {
        return new FieldOwner(manager, false, "scale");
    }

    /** How a refused apply names the owner it collides with. */
    public String conflictText() {
        String quoted = "\"" + manager + "\"";
        String through = subresource.isEmpty() ? "" : " with subresource \"" + subresource + "\"";
        return applied ? quoted + through : quoted + through + " using apps/v1";
    }

    /** Manager, operation and, if there is one, subresource, such as {@code kubectl/Update/scale}. */
    @Override
    public String toString() {
        return manager + (applied ? "/Apply" : "/Update") + (subresource.isEmpty() ? "" : "/" + subresource);
    }

    @Override
    public int compareTo(FieldOwner other) {
        return toString().compareTo(other.toString());
    }
}
