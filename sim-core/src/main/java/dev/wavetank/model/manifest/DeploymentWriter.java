package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.DeploymentStatus;
import dev.wavetank.model.IntOrString;
import org.jspecify.annotations.Nullable;

/** Writes Deployments; reading one gives the same Deployment again. */
public final class DeploymentWriter implements KindWriter<Deployment> {

    DeploymentWriter() {}

    /**
     * What a Deployment is to be, as a manifest with the defaults filled in: name, labels, annotations and spec; neither status
     * nor what the server keeps for itself.
     */
    public static ObjectNode write(Deployment deployment) {
        ObjectNode manifest = Json.object();
        manifest.put("apiVersion", deployment.kind().apiVersion());
        manifest.put("kind", deployment.kind().kind());
        ObjectNode metadata = manifest.putObject("metadata");
        metadata.put("name", deployment.name());
        metadata.put("namespace", deployment.metadata().namespace());
        Json.texts(metadata, "labels", deployment.metadata().labels());
        Json.texts(metadata, "annotations", deployment.metadata().annotations());
        spec(manifest.putObject("spec"), deployment.spec());
        return manifest;
    }

    @Override
    public void write(ObjectNode written, Deployment deployment, Surroundings around) {
        spec(written.putObject("spec"), deployment.spec());
        status(written.putObject("status"), deployment.status(), around);
    }

    private static void spec(ObjectNode spec, DeploymentSpec deployment) {
        spec.put("replicas", deployment.replicas());
        Json.selector(spec.putObject("selector"), deployment.selector());
        spec.set("template", deployment.template().source().deepCopy());
        strategy(spec.putObject("strategy"), deployment.strategy());
        Json.number(spec, "minReadySeconds", deployment.minReadySeconds());
        unlimited(spec, "revisionHistoryLimit", deployment.revisionHistoryLimit());
        if (deployment.paused()) {
            spec.put("paused", true);
        }
        unlimited(spec, "progressDeadlineSeconds", deployment.progressDeadlineSeconds());
    }

    private static void unlimited(ObjectNode spec, String name, @Nullable Integer limit) {
        spec.put(name, limit == null ? Integer.valueOf(Integer.MAX_VALUE) : limit);
    }

    private static void strategy(ObjectNode written, Strategy strategy) {
        if (strategy instanceof Strategy.RollingUpdate rolling) {
            written.put("type", "RollingUpdate");
            ObjectNode update = written.putObject("rollingUpdate");
            share(update, "maxUnavailable", rolling.maxUnavailable());
            share(update, "maxSurge", rolling.maxSurge());
        } else {
            written.put("type", "Recreate");
        }
    }

    private static void share(ObjectNode update, String name, @Nullable IntOrString share) {
        Json.intOrString(update, name, share == null ? IntOrString.of(0) : share);
    }

    private static void status(ObjectNode written, DeploymentStatus status, Surroundings around) {
        Json.number(written, "observedGeneration", status.observedGeneration());
        Json.number(written, "replicas", status.replicas());
        Json.number(written, "updatedReplicas", status.updatedReplicas());
        Json.number(written, "readyReplicas", status.readyReplicas());
        Json.number(written, "availableReplicas", status.availableReplicas());
        Json.number(written, "unavailableReplicas", status.unavailableReplicas());
        Json.number(written, "terminatingReplicas", status.terminatingReplicas());
        Conditions.write(written, status.conditions(), around.clock());
        Json.number(written, "collisionCount", status.collisionCount());
    }
}
