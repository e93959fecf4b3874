package dev.wavetank.http.web;

import io.javalin.config.RoutesConfig;

/** A group of routes that joins the server, such as the Kubernetes API or the dashboard. */
public interface Routes {

    /** Adds the routes; called once, before the server starts. */
    void register(RoutesConfig routes);

    /** Lets go of what the group holds; called once, when the server stops. */
    default void close() {}
}
