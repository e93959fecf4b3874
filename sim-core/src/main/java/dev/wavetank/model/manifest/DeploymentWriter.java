package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Deployment;
import dev.wavetank.model.DeploymentSpec;
import dev.wavetank.model.DeploymentSpec.Strategy;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.LabelSelector;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what a Deployment is to be as a manifest, defaults filled in; reading it gives the same Deployment again. */
public final class DeploymentWriter {

    private DeploymentWriter() {}

    /** Name, labels, annotations and spec; neither status nor what the server keeps for itself. */
    public static ObjectNode write(Deployment deployment) {
        ObjectNode manifest = JsonNodeFactory.instance.objectNode();
        manifest.put("apiVersion", deployment.kind().apiVersion());
        manifest.put("kind", deployment.kind().kind());
        ObjectNode metadata = manifest.putObject("metadata");
        metadata.put("name", deployment.name());
        metadata.put("namespace", deployment.metadata().namespace());
        texts(metadata, "labels", deployment.metadata().labels());
        texts(metadata, "annotations", deployment.metadata().annotations());
        spec(manifest.putObject("spec"), deployment.spec());
        return manifest;
    }

    private static void spec(ObjectNode spec, DeploymentSpec deployment) {
        spec.put("replicas", deployment.replicas());
        selector(spec.putObject("selector"), deployment.selector());
        spec.set("template", deployment.template().source().deepCopy());
        strategy(spec.putObject("strategy"), deployment.strategy());
        spec.put("minReadySeconds", deployment.minReadySeconds());
        unlimited(spec, "revisionHistoryLimit", deployment.revisionHistoryLimit());
        unlimited(spec, "progressDeadlineSeconds", deployment.progressDeadlineSeconds());
        spec.put("paused", deployment.paused());
    }

    private static void unlimited(ObjectNode spec, String name, @Nullable Integer limit) {
        spec.put(name, limit == null ? Integer.valueOf(Integer.MAX_VALUE) : limit);
    }

    private static void strategy(ObjectNode written, Strategy strategy) {
        if (strategy instanceof Strategy.RollingUpdate rolling) {
            written.put("type", "RollingUpdate");
            ObjectNode update = written.putObject("rollingUpdate");
            share(update, "maxSurge", rolling.maxSurge());
            share(update, "maxUnavailable", rolling.maxUnavailable());
        } else {
            written.put("type", "Recreate");
        }
    }

    private static void share(ObjectNode update, String name, @Nullable IntOrString share) {
        if (share instanceof IntOrString.Text text) {
            update.put(name, text.value());
        } else {
            update.put(name, share instanceof IntOrString.Int number ? number.value() : 0);
        }
    }

    private static void selector(ObjectNode written, LabelSelector selector) {
        texts(written, "matchLabels", selector.matchLabels());
        if (!selector.matchExpressions().isEmpty()) {
            ArrayNode expressions = written.putArray("matchExpressions");
            for (LabelSelector.Requirement requirement : selector.matchExpressions()) {
                ObjectNode expression = expressions.addObject();
                expression.put("key", requirement.key());
                expression.put("operator", requirement.operator().text());
                if (!requirement.values().isEmpty()) {
                    requirement.values().forEach(expression.putArray("values")::add);
                }
            }
        }
    }

    private static void texts(ObjectNode parent, String name, Map<String, String> texts) {
        if (!texts.isEmpty()) {
            ObjectNode written = parent.putObject(name);
            texts.forEach(written::put);
        }
    }
}
