package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.KubernetesObject;
import dev.wavetank.model.Times;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.scenario.Step.Verb;
import dev.wavetank.scenario.Step.When;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the steps of a scenario. */
final class StepReader {

    private static final long DEFAULT_TIMEOUT = 60 * Times.SECOND;
    private static final long DEFAULT_SHUTDOWN_GRACE = 30 * Times.SECOND;
    private static final List<String> MOMENTS = List.of("at", "after", "until");

    private final Map<String, Function<Field, Verb>> verbs = new LinkedHashMap<>();

    /** A reader that finds the manifests of {@code apply} with this function. */
    StepReader(Function<Field, List<KubernetesObject>> manifests) {
        verbs.put(
                "scale",
                field -> new Verb.Scale(
                        deployment(field),
                        field.get("replicas").required("Say how many.").integer(1, 0)));
        verbs.put("apply", field -> apply(field, manifests));
        verbs.put("patch", StepReader::patch);
        verbs.put(
                "undo",
                field ->
                        new Verb.Undo(deployment(field), field.get("toRevision").integer(0, 0)));
        verbs.put("evict", field -> new Verb.Evict(pod(field)));
        verbs.put(
                "ready",
                field -> new Verb.Ready(
                        pod(field),
                        field.get("is").required("Say true or false.").bool(true)));
        verbs.put("crash", field -> new Verb.Crash(pod(field)));
        verbs.put("hang", field -> new Verb.Hang(pod(field)));
        verbs.put("resize", ResizeReader::read);
        verbs.put("oom", field -> new Verb.OutOfMemory(pod(field)));
        for (NodeDeed deed : NodeDeed.WITHOUT_CHOICE) {
            verbs.put(deed.verb(), field -> new Verb.OnNode(deed, node(field), 0));
        }
        verbs.put("failNode", StepReader::failNode);
        verbs.put("delete", StepReader::delete);
        verbs.put(
                "setImage",
                field -> new Verb.SetImage(
                        deployment(field),
                        field.get("container").text(""),
                        field.get("image").required("Name the image.").text("")));
        verbs.put("restart", field -> new Verb.Restart(deployment(field)));
        verbs.put("pause", field -> new Verb.Pause(deployment(field), true));
        verbs.put("autoscale", AutoscaleReader::read);
        verbs.put(
                "metrics",
                field -> new Verb.Metrics(field.choice("down", List.of("down", "up"), text -> text)
                        .equals("down")));
        verbs.put("stress", AutoscaleReader::stress);
        verbs.put("resume", field -> new Verb.Pause(deployment(field), false));
    }

    ImmutableList<Step> read(Field list, long durationNanos) {
        List<Step> steps = new ArrayList<>();
        for (Field field : list.elements()) {
            Field nameField = field.expectObject().get("name");
            String name = nameField.text("");
            if (!name.isEmpty() && steps.stream().anyMatch(step -> step.name().equals(name))) {
                nameField.problem("there are two steps named " + name, "Give each a name of its own.");
            }
            When when = when(field, durationNanos);
            Verb verb = verb(field);
            if (verb != null) {
                steps.add(new Step(name, when, verb, field.pointer()));
            }
        }
        return ImmutableList.copyOf(steps);
    }

    private When when(Field step, long durationNanos) {
        Field at = step.get("at");
        Field after = step.get("after").expectObject();
        Field until = step.get("until");
        long said = List.of(at, after, until).stream().filter(Field::isPresent).count();
        if (said != 1) {
            step.problem(
                    said == 0 ? "the step does not say when" : "the step says when more than once",
                    "Give it exactly one of at, after or until.");
        }
        if (after.isPresent()) {
            String other =
                    after.get("step").required("Name the step it follows.").text("");
            long plus = after.get("plus").parsed(0L, Durations::parse);
            after.noOthers();
            return new When.After(other, plus);
        }
        Field timeout = step.get("timeout");
        if (until.isPresent()) {
            until.choice("settled", List.of("settled"), text -> text);
            return new When.UntilSettled(timeout.parsed(DEFAULT_TIMEOUT, Durations::parse));
        }
        if (timeout.isPresent()) {
            timeout.problem("timeout goes with until", "Remove it, or write until: settled.");
        }
        long nanos = at.parsed(0L, Durations::parse);
        if (nanos > durationNanos) {
            at.problem(
                    "the step is at " + Durations.format(nanos) + ", after the scenario's end at "
                            + Durations.format(durationNanos),
                    "Raise spec.duration or move the step.");
        }
        return new When.At(nanos);
    }

    private @org.jspecify.annotations.Nullable Verb verb(Field step) {
        List<String> present = new ArrayList<>();
        for (String verb : verbs.keySet()) {
            if (step.get(verb).isPresent()) {
                present.add(verb);
            }
        }
        List<String> unknown = step.unasked();
        if (!unknown.isEmpty()) {
            List<String> known = new ArrayList<>(verbs.keySet());
            known.addAll(MOMENTS);
            step.noOthers(known);
            return null;
        }
        if (present.size() != 1) {
            step.problem(
                    present.isEmpty() ? "the step has no verb" : "the step has more than one verb: " + present,
                    "A step does exactly one of " + String.join(", ", verbs.keySet()) + ".");
            return null;
        }
        Field field = step.get(present.get(0));
        Function<Field, Verb> reader = verbs.get(present.get(0));
        Verb verb = reader == null ? null : reader.apply(field);
        if (field.node().isObject()) {
            field.noOthers();
        }
        return verb;
    }

    static String deployment(Field field) {
        return field.expectObject()
                .get("deployment")
                .required("Name the Deployment.")
                .text("");
    }

    static PodChoice pod(Field field) {
        String deployment = field.expectObject().get("deployment").text("");
        String which = field.get("pod")
                .required("Say which: oldest, newest, or the start of its name.")
                .text("oldest");
        return new PodChoice(deployment, which);
    }

    /** Either the manifest alone, or an object that says how to apply it. */
    private static Verb apply(Field field, Function<Field, List<KubernetesObject>> manifests) {
        if (!field.node().isObject()) {
            return new Verb.Apply(manifests.apply(field), field.text(""), null);
        }
        Field manifest = field.get("manifest").required("Name the manifest file.");
        boolean serverSide = field.get("serverSide").bool(false);
        Field manager = field.get("manager");
        Field force = field.get("force");
        for (Field option : List.of(manager, force)) {
            if (option.isPresent() && !serverSide) {
                option.problem(option.name() + " goes with serverSide", "Add serverSide: true.");
            }
        }
        List<KubernetesObject> objects = manifest.isPresent() ? manifests.apply(manifest) : List.of();
        return new Verb.Apply(
                objects,
                manifest.text(""),
                serverSide ? new Verb.Apply.ServerSide(manager.text("kubectl"), force.bool(false)) : null);
    }

    private static Verb patch(Field field) {
        String deployment = deployment(field);
        Field strategic = field.get("strategic").expectObject();
        Field merge = field.get("merge").expectObject();
        if (strategic.isPresent() == merge.isPresent()) {
            field.problem(
                    strategic.isPresent() ? "there are two patches" : "there is no patch",
                    "Give exactly one of strategic and merge, such as strategic: {spec: {replicas: 4}}.");
        }
        Field patch = strategic.isPresent() ? strategic : merge;
        return new Verb.Patch(deployment, patch.node().deepCopy(), strategic.isPresent());
    }

    private static String node(Field field) {
        return field.expectObject().get("node").required("Name the node.").text("");
    }

    private static Verb failNode(Field field) {
        String node = node(field);
        NodeDeed deed = field.get("how").choice(NodeDeed.CRASH, NodeDeed.FAILURES, NodeDeed::text);
        Field grace = field.get("grace");
        if (grace.isPresent() && deed != NodeDeed.SHUTDOWN) {
            grace.problem("grace goes with how: shutdown", "Remove it, or write how: shutdown.");
        }
        long graceNanos = grace.parsed(DEFAULT_SHUTDOWN_GRACE, Durations::parse);
        return new Verb.OnNode(deed, node, graceNanos / Times.SECOND);
    }

    private static Verb delete(Field field) {
        if (field.expectObject().get("pod").isPresent()) {
            return new Verb.DeletePod(pod(field));
        }
        return new Verb.DeleteDeployment(deployment(field));
    }
}
