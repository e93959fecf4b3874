package dev.wavetank.autoscaling;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.autoscaling.knative.KnativeService;
import dev.wavetank.autoscaling.knative.Serving;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.DecisionLog;
import dev.wavetank.model.Delays;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.Informer;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.ObjectKey;
import dev.wavetank.model.ResourceKind;
import dev.wavetank.model.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes revisions of Knative Services and what they run on, and sends their traffic to those that are ready.
 *
 * <p>Differs from Kubernetes: a revision has no Kubernetes Services of its own; activators and the ingress look at its pods
 * and at its ServerlessService.
 *
 * <p>Source: knative serving pkg/reconciler/{service,configuration,revision,route}.
 */
public final class ServingController {

    private final Simulation simulation;
    private final Store store;
    private final ApiClient client;
    private final DecisionLog decisions;
    private final Map<ObjectKey, Long> generations = new LinkedHashMap<>();

    /** A controller that works from now on. */
    public ServingController(
            Simulation simulation, Store store, ApiClient client, Delays delays, DecisionLog decisions) {
        this.simulation = simulation;
        this.store = store;
        this.client = client;
        this.decisions = decisions;
        Informer<KeptObject> services = new Informer<>(
                store, Serving.SERVICE, KeptObject.class, delays.watch(simulation, "knative-controller/services"));
        services.onChange((before, after) -> {
            if (after != null
                    && generations.getOrDefault(after.key(), 0L)
                            != after.metadata().generation()) {
                generations.put(after.key(), after.metadata().generation());
                send(() -> reconcile(after.key()));
            }
        });
        Informer<Deployment> deployments = new Informer<>(
                store,
                ResourceKind.DEPLOYMENT,
                Deployment.class,
                delays.watch(simulation, "knative-controller/deployments"));
        deployments.onChange((before, after) -> {
            String service = after == null ? null : after.metadata().labels().get(Serving.SERVICE_LABEL);
            boolean news = before == null
                    || (after != null
                            && before.status().readyReplicas() != after.status().readyReplicas());
            if (after != null && service != null && news) {
                send(() ->
                        refresh(new ObjectKey(Serving.SERVICE, after.metadata().namespace(), service)));
            }
        });
    }

    private void send(Runnable request) {
        client.send(
                () -> {
                    request.run();
                    return null;
                },
                (nothing, refused) -> {});
    }

    private void reconcile(ObjectKey key) {
        if (!(store.get(key) instanceof KeptObject stored)) {
            return;
        }
        KnativeService service = KnativeService.of(stored);
        keep(RevisionObjects.configuration(service));
        keep(RevisionObjects.route(service));
        List<KeptObject> revisions = revisions(service);
        KeptObject latest = revisions.isEmpty() ? null : revisions.get(revisions.size() - 1);
        KeptObject wanted = RevisionObjects.revision(service, revisions.size() + 1);
        boolean same = latest != null
                && CustomResource.spec(latest).equals(CustomResource.spec(wanted))
                && latest.metadata().annotations().equals(wanted.metadata().annotations());
        if (!same && store.get(wanted.key()) == null) {
            KeptObject revision = (KeptObject) store.create(wanted);
            decisions.record(
                    "ServingController",
                    key,
                    () -> "new revision " + revision.metadata().name()
                            + (latest == null ? ": the first" : ": the template differs from that of the last"));
            store.create(RevisionObjects.podAutoscaler(revision));
            store.create(RevisionObjects.serverlessService(revision));
            store.create(RevisionObjects.deployment(revision));
        }
        refresh(key);
    }

    private void keep(KeptObject wanted) {
        if (store.get(wanted.key()) instanceof KeptObject stored) {
            if (!stored.hasSameSpecAs(wanted)) {
                ObjectNode source = wanted.source().deepCopy();
                source.set("status", CustomResource.status(stored));
                store.update(new KeptObject(stored.kind(), stored.metadata(), source));
            }
        } else {
            store.create(wanted);
        }
    }

    /** The revisions of a service, oldest first. */
    private List<KeptObject> revisions(KnativeService service) {
        List<KeptObject> revisions = new ArrayList<>();
        for (KubernetesObject object : store.list(Serving.REVISION)) {
            if (object.metadata().namespace().equals(service.namespace())
                    && service.name().equals(object.metadata().labels().get(Serving.SERVICE_LABEL))) {
                revisions.add((KeptObject) object);
            }
        }
        revisions.sort(
                Comparator.comparingLong((KeptObject each) -> each.metadata().creationTimestamp())
                        .thenComparing(each -> each.metadata().name()));
        return revisions;
    }

    /** Brings the statuses up to what the Deployments say. */
    private void refresh(ObjectKey key) {
        if (!(store.get(key) instanceof KeptObject stored)) {
            return;
        }
        KnativeService service = KnativeService.of(stored);
        List<KeptObject> revisions = revisions(service);
        String latestReady = "";
        for (KeptObject revision : revisions) {
            if (refreshRevision(revision)) {
                latestReady = revision.metadata().name();
            }
        }
        String created = revisions.isEmpty()
                ? ""
                : revisions.get(revisions.size() - 1).metadata().name();
        String ready = latestReady;
        patch(key, status -> describe(status, service, created, ready));
        patch(new ObjectKey(Serving.CONFIGURATION, key.namespace(), key.name()), status -> {
            status.put("latestCreatedRevisionName", created).put("latestReadyRevisionName", ready);
            condition(status, created.equals(ready));
        });
        patch(new ObjectKey(Serving.ROUTE, key.namespace(), key.name()), status -> {
            traffic(status, service, ready);
            condition(status, !ready.isEmpty());
        });
    }

    /** True if the revision is ready: it has been once, or its Deployment has the pods it begins with. */
    private boolean refreshRevision(KeptObject revision) {
        if (CustomResource.conditionStatus(CustomResource.status(revision), "Ready")
                .equals("True")) {
            return true;
        }
        ObjectKey key = new ObjectKey(
                ResourceKind.DEPLOYMENT,
                revision.metadata().namespace(),
                RevisionObjects.deploymentName(revision.metadata().name()));
        int enough = RevisionObjects.config(revision, true).initialScale();
        boolean ready = store.get(key) instanceof Deployment deployment
                && deployment.status().readyReplicas() >= enough;
        patch(revision.key(), status -> {
            CustomResource.setCondition(
                    status, "Ready", ready ? "True" : "Unknown", ready ? "" : "Deploying", "", simulation.now());
        });
        return ready;
    }

    private void describe(ObjectNode status, KnativeService service, String created, String ready) {
        status.put("url", "http://" + service.name() + "." + service.namespace() + ".example.com");
        status.put("latestCreatedRevisionName", created);
        status.put("latestReadyRevisionName", ready);
        traffic(status, service, ready);
        condition(status, !ready.isEmpty() && ready.equals(created));
    }

    private static void traffic(ObjectNode status, KnativeService service, String ready) {
        ArrayNode traffic = status.putArray("traffic");
        if (service.traffic().isEmpty()) {
            if (!ready.isEmpty()) {
                traffic.addObject()
                        .put("latestRevision", true)
                        .put("percent", 100)
                        .put("revisionName", ready);
            }
            return;
        }
        for (KnativeService.Share share : service.traffic()) {
            traffic.addObject()
                    .put("latestRevision", share.revision().isEmpty())
                    .put("percent", share.percent())
                    .put("revisionName", share.revision().isEmpty() ? ready : share.revision());
        }
    }

    private void condition(ObjectNode status, boolean ready) {
        CustomResource.setCondition(
                status, "Ready", ready ? "True" : "Unknown", ready ? "" : "RevisionMissing", "", simulation.now());
    }

    private void patch(ObjectKey key, Consumer<ObjectNode> change) {
        @Nullable KubernetesObject known = store.get(key);
        if (known == null) {
            return;
        }
        store.patch(key, stored -> {
            ObjectNode status = CustomResource.statusToChange((KeptObject) stored);
            change.accept(status);
            return CustomResource.withStatus((KeptObject) stored, status);
        });
    }
}
