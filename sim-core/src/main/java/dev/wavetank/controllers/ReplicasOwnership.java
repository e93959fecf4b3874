package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A Deployment's {@code spec.replicas}, who owns it, and so who wins when several set it: create, client-side and
 * server-side apply, scale and edit.
 *
 * <p>The two traps it shows: taking {@code replicas} out of a manifest that had it drops the Deployment to 1 pod, and
 * scaling to the number that is there already hands nothing over.
 *
 * <p>Source: behaviour of kube-apiserver and kubectl 1.36 (managed fields, three-way apply).
 *
 * @param generation rises with every change of spec or annotations through the object itself, and of the size by scale
 * @param owners who has a say in the size; nobody if it was left to the default by server-side apply
 * @param lastApplied what client-side apply noted, or null if it never did
 */
public record ReplicasOwnership(
        int replicas,
        long generation,
        ImmutableSortedSet<FieldOwner> owners,
        @Nullable LastApplied lastApplied) {

    /** The size the API fills in. */
    public static final int DEFAULT = 1;

    /** The note of client-side apply; {@code replicas} is null if the manifest had none. */
    public record LastApplied(@Nullable Integer replicas) {}

    /** What an operation came to. */
    public enum Result {
        CREATED("created"),
        CONFIGURED("configured"),
        UNCHANGED("unchanged"),
        APPLIED("applied"),
        CONFLICT("conflict"),
        SCALED("scaled"),
        PATCHED("patched");

        private final String text;

        Result(String text) {
            this.text = text;
        }

        /** The word kubectl prints. */
        public String text() {
            return text;
        }
    }

    /**
     * The state afterwards.
     *
     * @param conflicts the owners in the way of a refused apply, as the API names them
     */
    public record Outcome(ReplicasOwnership after, Result result, ImmutableList<String> conflicts) {}

    private static final FieldOwner CREATE = FieldOwner.updating("kubectl-create");
    private static final FieldOwner CLIENT_SIDE_APPLY = FieldOwner.updating("kubectl-client-side-apply");

    /** {@code kubectl create}; like all clients but server-side apply it also owns a size it left to the default. */
    public static Outcome create(@Nullable Integer replicas) {
        return created(replicas, ImmutableSortedSet.of(CREATE), null);
    }

    /** {@code kubectl apply} of an object that is not there yet. */
    public static Outcome createByApply(@Nullable Integer replicas) {
        return created(replicas, ImmutableSortedSet.of(CLIENT_SIDE_APPLY), new LastApplied(replicas));
    }

    /** {@code kubectl apply --server-side} of an object that is not there yet. */
    public static Outcome createByServerSideApply(String manager, @Nullable Integer replicas) {
        return created(
                replicas,
                replicas == null ? ImmutableSortedSet.of() : ImmutableSortedSet.of(FieldOwner.applying(manager)),
                null);
    }

    private static Outcome created(
            @Nullable Integer replicas, ImmutableSortedSet<FieldOwner> owners, @Nullable LastApplied lastApplied) {
        int size = replicas == null ? DEFAULT : replicas;
        return done(new ReplicasOwnership(size, 1, owners, lastApplied), Result.CREATED);
    }

    /**
     * {@code kubectl apply}: a stated size is set if it differs; a size that was stated the last time and is not any more is
     * deleted, and so defaulted; a size that never was stated is left alone.
     *
     * @param stated the size the manifest states, or null
     */
    public Outcome apply(@Nullable Integer stated) {
        boolean withdrawn = stated == null && lastApplied != null && lastApplied.replicas() != null;
        int size = stated != null ? stated : withdrawn ? DEFAULT : replicas;
        LastApplied note = new LastApplied(stated);
        if (size == replicas && note.equals(lastApplied)) {
            return done(this, Result.UNCHANGED);
        }
        // even with the size unchanged the note is an annotation, and a change of those counts as well
        ReplicasOwnership after =
                new ReplicasOwnership(size, generation + 1, ownersAfterWrite(size, CLIENT_SIDE_APPLY), note);
        return done(after, Result.CONFIGURED);
    }

    /**
     * {@code kubectl apply --server-side}: a stated size that differs from what others own is refused unless forced; one
     * that is not stated is given up, and defaulted if nobody else holds it.
     */
    public Outcome serverSideApply(String manager, @Nullable Integer stated, boolean force) {
        FieldOwner me = FieldOwner.applying(manager);
        ImmutableSortedSet<FieldOwner> others = without(me);
        if (stated == null) {
            boolean mineAlone = others.isEmpty() && owners.contains(me);
            return done(changed(mineAlone ? DEFAULT : replicas, others), Result.APPLIED);
        }
        if (stated == replicas) {
            return done(changed(replicas, with(me)), Result.APPLIED);
        }
        if (!others.isEmpty() && !force) {
            ImmutableList<String> conflicts =
                    others.stream().map(FieldOwner::conflictText).sorted().collect(ImmutableList.toImmutableList());
            return new Outcome(this, Result.CONFLICT, conflicts);
        }
        return done(changed(stated, ImmutableSortedSet.of(me)), Result.APPLIED);
    }

    /** A write to the scale subresource, by kubectl or an autoscaler. While nobody owns the size it is not tracked. */
    public Outcome scale(String manager, int size) {
        ImmutableSortedSet<FieldOwner> after =
                owners.isEmpty() ? owners : ownersAfterWrite(size, FieldOwner.scaling(manager));
        return done(changed(size, after), Result.SCALED);
    }

    /** A write to the object itself, by edit or patch. */
    public Outcome edit(String manager, int size) {
        return done(changed(size, ownersAfterWrite(size, FieldOwner.updating(manager))), Result.PATCHED);
    }

    /** Whoever changes the value owns it alone; whoever writes the same value owns nothing by that. */
    private ImmutableSortedSet<FieldOwner> ownersAfterWrite(int size, FieldOwner writer) {
        return size == replicas ? owners : ImmutableSortedSet.of(writer);
    }

    private ReplicasOwnership changed(int size, ImmutableSortedSet<FieldOwner> owners) {
        return new ReplicasOwnership(size, size == replicas ? generation : generation + 1, owners, lastApplied);
    }

    private ImmutableSortedSet<FieldOwner> with(FieldOwner owner) {
        return ImmutableSortedSet.<FieldOwner>naturalOrder()
                .addAll(owners)
                .add(owner)
                .build();
    }

    private ImmutableSortedSet<FieldOwner> without(FieldOwner owner) {
        return owners.stream()
                .filter(one -> !one.equals(owner))
                .collect(ImmutableSortedSet.toImmutableSortedSet(FieldOwner::compareTo));
    }

    private static Outcome done(ReplicasOwnership after, Result result) {
        return new Outcome(after, result, ImmutableList.of());
    }
}
