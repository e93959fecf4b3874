package dev.wavetank.autoscaling;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.wavetank.autoscaling.keda.HttpScaledObject;
import dev.wavetank.autoscaling.keda.ScaledObject;
import dev.wavetank.engine.Simulation;
import dev.wavetank.model.ApiClient;
import dev.wavetank.model.CustomResource;
import dev.wavetank.model.Delays;
import dev.wavetank.model.Informer;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.ObjectMeta;
import dev.wavetank.model.OwnerReference;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.Store;
import org.jspecify.annotations.Nullable;

/**
 * Makes a ScaledObject of every HTTPScaledObject, whose trigger is what passes the interceptor.
 *
 * <p>Source: keda http-add-on operator/controllers/http/scaled_object.go.
 */
public final class HttpAddOnOperator {

    private static final int POLLING_SECONDS = 15;

    private final Store store;

    /** An operator that works from now on. */
    public HttpAddOnOperator(Simulation simulation, Store store, ApiClient client, Delays delays) {
        this.store = store;
        Informer<KeptObject> objects = new Informer<>(
                store,
                HttpScaledObject.KIND,
                KeptObject.class,
                delays.watch(simulation, "keda-http-operator/httpscaledobjects"));
        objects.onChange((before, after) -> {
            boolean news = after != null
                    && (before == null
                            || before.metadata().generation()
                                    != after.metadata().generation());
            if (after != null && news) {
                KeptObject wanted = scaledObject(HttpScaledObject.of(after));
                client.send(() -> keep(wanted), (written, refused) -> {});
            }
        });
    }

    private @Nullable Boolean keep(KeptObject wanted) {
        if (store.get(wanted.key()) instanceof KeptObject stored) {
            ObjectNode source = wanted.source().deepCopy();
            source.set("status", CustomResource.status(stored));
            store.update(new KeptObject(stored.kind(), stored.metadata(), source));
        } else {
            store.create(wanted);
        }
        return true;
    }

    private static KeptObject scaledObject(HttpScaledObject http) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.putObject("scaleTargetRef")
                .put("apiVersion", http.target().apiVersion())
                .put("kind", http.target().kind())
                .put("name", http.target().name());
        spec.put("pollingInterval", POLLING_SECONDS);
        spec.put("cooldownPeriod", http.cooldownSeconds());
        spec.put("minReplicaCount", http.min());
        spec.put("maxReplicaCount", http.max());
        spec.putObject("advanced").put("restoreToOriginalReplicaCount", true);
        ObjectNode trigger = spec.putArray("triggers").addObject().put("type", "external-push");
        trigger.putObject("metadata")
                .put("httpScaledObject", http.name())
                .put("targetValue", Quantity.ofMillis(http.targetMillis()).canonical());
        ObjectMeta metadata = ObjectMeta.named(http.namespace(), http.name())
                .withOwnerReferences(ImmutableList.of(OwnerReference.controllerOf(http.object())));
        return CustomResource.create(ScaledObject.KIND, metadata, spec);
    }
}
