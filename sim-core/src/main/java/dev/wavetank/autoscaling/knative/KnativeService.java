package dev.wavetank.autoscaling.knative;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.wavetank.model.KeptObject;
import dev.wavetank.model.manifest.CustomResources;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.model.manifest.Findings;

/**
 * A Service of Knative Serving with its fields taken apart.
 *
 * @param object the object as the store holds it
 * @param template {@code spec.template} as written; a change of it is a new revision
 * @param annotations of the template, the autoscaling settings among them
 * @param revisionName name of the next revision; empty for one that is made up
 * @param containerConcurrency requests at a time a container accepts; 0 for any number
 * @param timeoutSeconds how long a request may take
 * @param traffic where requests go; empty for all to the latest ready revision
 */
public record KnativeService(
        KeptObject object,
        ObjectNode template,
        ImmutableMap<String, String> annotations,
        String revisionName,
        int containerConcurrency,
        long timeoutSeconds,
        ImmutableList<Share> traffic) {

    /**
     * A part of the traffic.
     *
     * @param revision the revision it goes to; empty for the latest ready one
     * @param percent of all requests
     */
    public record Share(String revision, int percent) {}

    private static final int MOST_CONCURRENCY = 1000;
    private static final int DEFAULT_TIMEOUT_SECONDS = 300;
    private static final int MOST_TIMEOUT_SECONDS = 600;
    private static final int ALL = 100;

    /** Takes an object apart that has been found right. */
    public static KnativeService of(KeptObject object) {
        return read(object, Field.root(object.source(), new Findings()).get("spec"));
    }

    public String name() {
        return object.metadata().name();
    }

    public String namespace() {
        return object.metadata().namespace();
    }

    static KnativeService read(KeptObject object, Field spec) {
        Field template =
                spec.get("template").required("Describe the revisions.").expectObject();
        Field metadata = template.get("metadata").expectObject();
        Field revision = template.get("spec").expectObject();
        if (template.isPresent()) {
            revision.required("Describe the pods.");
        }
        ImmutableMap<String, String> annotations = metadata.get("annotations").stringMap();
        int concurrency = (int) revision.get("containerConcurrency").longInteger(0, 0, MOST_CONCURRENCY);
        check(metadata.get("annotations"), annotations, concurrency);
        if (revision.isPresent() && revision.get("containers").elements().isEmpty()) {
            revision.problem("a revision needs a container", "Add it under containers.");
        }
        ImmutableList.Builder<Share> traffic = ImmutableList.builder();
        int sum = 0;
        for (Field share : spec.get("traffic").elements()) {
            int percent = (int) share.expectObject().get("percent").longInteger(0, 0, ALL);
            sum += percent;
            boolean latest = share.get("latestRevision").bool(false);
            String name = share.get("revisionName").text("");
            if (latest == !name.isEmpty()) {
                share.problem(
                        "a share of the traffic goes to the latest revision or to one by name",
                        "Give latestRevision: true or revisionName.");
            }
            share.get("tag");
            traffic.add(new Share(name, percent));
        }
        ImmutableList<Share> shares = traffic.build();
        if (!shares.isEmpty() && sum != ALL) {
            spec.get("traffic").problem("the shares add up to " + sum + " %", "Make it 100.");
        }
        CustomResources.leftOvers(spec, "Service (Knative) spec");
        return new KnativeService(
                object,
                template.node() instanceof ObjectNode written ? written : JsonNodeFactory.instance.objectNode(),
                annotations,
                metadata.get("name").text(""),
                concurrency,
                revision.get("timeoutSeconds").longInteger(DEFAULT_TIMEOUT_SECONDS, 1, MOST_TIMEOUT_SECONDS),
                shares);
    }

    private static void check(Field field, ImmutableMap<String, String> annotations, int concurrency) {
        try {
            RevisionConfig.resolve(concurrency, annotations, true, AutoscalerConfig.DEFAULT);
        } catch (IllegalArgumentException e) {
            String message = String.valueOf(e.getMessage());
            int cure = message.indexOf("; ");
            field.problem(
                    cure < 0 ? message : message.substring(0, cure),
                    cure < 0 ? "Mend the annotation." : "Please " + message.substring(cure + 2) + ".");
        }
    }
}
