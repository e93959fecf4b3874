package dev.wavetank.http.dashboard;

import dev.wavetank.cluster.Cluster;
import dev.wavetank.cluster.History;
import dev.wavetank.http.host.ClusterHost;
import dev.wavetank.model.ApiException;
import dev.wavetank.model.DeleteOptions;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.Pod;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Service;
import dev.wavetank.network.AppServer;
import dev.wavetank.network.Client;
import dev.wavetank.network.Load;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.Context;
import io.javalin.http.NotFoundResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;

/**
 * What the page's buttons do: {@code POST /wavetank/do/<verb>?…}. Each deed is noted in the story, as a scenario's steps are.
 */
final class Verbs {

    private static final int MOST_REPLICAS = 10_000;
    private static final int MOST_PER_SECOND = 5_000;
    private static final long ONE_CORE = 1_000;
    private static final int CRASH_EXIT_CODE = 1;
    private static final double SECOND = 1e9;

    private final ClusterHost host;
    private final History history;

    Verbs(ClusterHost host, History history) {
        this.host = host;
        this.history = history;
    }

    void register(RoutesConfig routes) {
        add(routes, "scale", this::scale);
        add(routes, "restart", (cluster, ctx) -> {
            cluster.deployments().restart(deployment(ctx));
            return "restart " + name(ctx);
        });
        add(routes, "delete", (cluster, ctx) -> {
            cluster.delete(pod(cluster, ctx).key(), DeleteOptions.DEFAULT);
            return "delete pod " + name(ctx);
        });
        add(routes, "crash", onProcess("crash", (ctx, process) -> process.crash(CRASH_EXIT_CODE)));
        add(routes, "ready", onProcess("readiness", (ctx, process) -> process.setReady(flag(ctx))));
        add(routes, "hang", onProcess("hang", (ctx, process) -> process.setHung(flag(ctx))));
        add(routes, "stress", (cluster, ctx) -> {
            cluster.burnCpu(pod(cluster, ctx), ONE_CORE, (long) (number(ctx, "seconds", 1, 3_600) * SECOND));
            return "stress pod " + name(ctx) + " for " + ctx.queryParam("seconds") + " s";
        });
        add(routes, "cordon", (cluster, ctx) -> {
            cluster.cordon(node(cluster, ctx), flag(ctx));
            return (flag(ctx) ? "cordon " : "uncordon ") + name(ctx);
        });
        add(routes, "drain", (cluster, ctx) -> {
            cluster.drain(node(cluster, ctx));
            return "drain " + name(ctx);
        });
        add(routes, "load", this::load);
    }

    private void add(RoutesConfig routes, String verb, BiFunction<Cluster, Context, String> deed) {
        routes.post("/wavetank/do/" + verb, ctx -> {
            try {
                String text = host.call(cluster -> {
                    String done = deed.apply(cluster, ctx);
                    history.action(verb, new TreeMap<>(Map.of("what", done)), done);
                    return done;
                });
                ctx.status(200).contentType("text/plain").result(text);
            } catch (ApiException refused) {
                ctx.status(refused.reason().code())
                        .contentType("text/plain")
                        .result(String.valueOf(refused.getMessage()));
            }
        });
    }

    private String scale(Cluster cluster, Context ctx) {
        int replicas = (int) number(ctx, "replicas", 0, MOST_REPLICAS);
        cluster.deployments().scale(deployment(ctx), replicas, "wavetank-dashboard");
        return "scale " + name(ctx) + " to " + replicas;
    }

    /** A client of the page's own for each Service: its rate goes up and down. */
    private String load(Cluster cluster, Context ctx) {
        int perSecond = (int) number(ctx, "perSecond", 0, MOST_PER_SECOND);
        String service = name(ctx);
        ObjectKey key = new ObjectKey(ResourceKind.SERVICE, "default", service);
        if (!(cluster.store().get(key) instanceof Service)) {
            throw new NotFoundResponse("there is no Service " + service + " in namespace default");
        }
        String clientName = "load on " + service;
        Client client = cluster.clients().get(clientName);
        if (perSecond == 0) {
            if (client != null) {
                client.stop();
            }
            return "stop the load on " + service;
        }
        List<Load> load = List.of(new Load.Poisson(perSecond, Load.NONE, Long.MAX_VALUE));
        if (client == null) {
            client = cluster.addClient(
                    clientName,
                    service,
                    load,
                    (sentAt, endedAt, pod, failure) -> history.request(clientName, sentAt, endedAt, pod, failure));
            client.start();
        } else {
            client.changeLoad(load);
        }
        return "load of " + perSecond + " requests a second on " + service;
    }

    private BiFunction<Cluster, Context, String> onProcess(String verb, BiConsumer<Context, AppServer> deed) {
        return (cluster, ctx) -> {
            AppServer process = cluster.processOf(pod(cluster, ctx));
            if (process == null || !process.isAlive()) {
                throw new BadRequestResponse("nothing runs in pod " + name(ctx) + " at the moment");
            }
            deed.accept(ctx, process);
            String is = ctx.queryParam("is");
            return verb + " of pod " + name(ctx) + (is == null ? "" : is.equals("true") ? " on" : " off");
        };
    }

    private static String name(Context ctx) {
        String name = ctx.queryParam("name");
        if (name == null || name.isEmpty()) {
            throw new BadRequestResponse("say whom: name=…");
        }
        return name;
    }

    private static String namespace(Context ctx) {
        String namespace = ctx.queryParam("namespace");
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    private static ObjectKey deployment(Context ctx) {
        return new ObjectKey(ResourceKind.DEPLOYMENT, namespace(ctx), name(ctx));
    }

    private static String node(Cluster cluster, Context ctx) {
        if (cluster.kubelet(name(ctx)) == null) {
            throw new NotFoundResponse("there is no node " + name(ctx));
        }
        return name(ctx);
    }

    private static Pod pod(Cluster cluster, Context ctx) {
        Pod pod = (Pod) cluster.store().get(new ObjectKey(ResourceKind.POD, namespace(ctx), name(ctx)));
        if (pod == null) {
            throw new NotFoundResponse("there is no pod " + name(ctx));
        }
        return pod;
    }

    private static boolean flag(Context ctx) {
        String is = ctx.queryParam("is");
        if (!"true".equals(is) && !"false".equals(is)) {
            throw new BadRequestResponse("say is=true or is=false");
        }
        return is.equals("true");
    }

    private static double number(Context ctx, String name, double least, double most) {
        String text = ctx.queryParam(name);
        try {
            double value = Double.parseDouble(text == null ? "" : text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new BadRequestResponse(
                name + " is \"" + text + "\"; write a number from " + (long) least + " to " + (long) most);
    }
}
