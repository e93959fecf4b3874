package dev.wavetank.controllers;

import dev.wavetank.model.KubernetesObject;

/** One thing a sync of a Deployment does, in the order it does them. */
public sealed interface DeploymentAction {

    /** The request a {@link Write} makes. */
    enum Verb {
        CREATE,
        UPDATE,
        UPDATE_STATUS,
        DELETE
    }

    /** Which version of the object a {@link Write} starts from; a sync never reads again what it has read. */
    enum Base {
        /** What the sync read, or nothing yet. */
        AS_READ,
        /**
         * The answer to the sync's own earlier write of the same object. Its resourceVersion is not known before, so the
         * object carries a placeholder that whoever executes the write replaces by the version it was answered with.
         */
        OWN_WRITE,
        /** What the sync read, although it has written the object since: the server answers 409 and the sync ends. */
        STALE
    }

    /**
     * A request to the API.
     *
     * @param object the whole object to send, a Deployment or a ReplicaSet
     * @param reason one line on why
     */
    record Write(Verb verb, KubernetesObject object, Base base, String reason) implements DeploymentAction {

        /** True if the server will refuse it. */
        public boolean isRefused() {
            return base == Base.STALE;
        }
    }

    /**
     * An event on the Deployment.
     *
     * @param warning false for type Normal
     */
    record Announcement(boolean warning, String reason, String message) implements DeploymentAction {}
}
