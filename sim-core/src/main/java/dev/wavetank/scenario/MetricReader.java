package dev.wavetank.scenario;

import com.google.common.collect.ImmutableList;
import dev.wavetank.engine.Durations;
import dev.wavetank.model.Quantity;
import dev.wavetank.model.Times;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.scenario.MetricDeclaration.Owner;
import dev.wavetank.scenario.MetricDeclaration.Point;
import dev.wavetank.scenario.MetricDeclaration.Source;
import java.util.ArrayList;
import java.util.List;

/** Reads the custom and external metrics of a scenario. */
final class MetricReader {

    private static final long DEFAULT_INTERVAL = 15 * Times.SECOND;

    private MetricReader() {}

    static ImmutableList<MetricDeclaration> read(Field list) {
        return list.elements().stream().map(MetricReader::metric).collect(ImmutableList.toImmutableList());
    }

    private static MetricDeclaration metric(Field metric) {
        metric.expectObject();
        String name = metric.get("name")
                .required("Name the metric as the autoscaler asks for it.")
                .text("");
        Owner owner = owner(metric);
        Source source = source(metric);
        Field everyField = metric.get("every");
        long every = everyField.parsed(DEFAULT_INTERVAL, Durations::parse);
        if (every < Times.SECOND) {
            everyField.problem("every is below a second", "Give 1s or more; 15s is usual.");
            every = Times.SECOND;
        }
        metric.noOthers();
        return new MetricDeclaration(name, owner, source, every, metric.pointer());
    }

    private static Owner owner(Field metric) {
        Field pods = metric.get("pods").expectObject();
        Field object = metric.get("object").expectObject();
        Field external = metric.get("external").expectObject();
        exactlyOne(metric, "whose it is", pods, object, external);
        if (pods.isPresent()) {
            String deployment =
                    pods.get("deployment").required("Name the Deployment.").text("");
            pods.noOthers();
            return new Owner.Pods(deployment);
        }
        if (object.isPresent()) {
            Owner read = new Owner.ApiObject(
                    object.get("kind")
                            .required("Name the kind, such as Service.")
                            .text(""),
                    object.get("name").required("Name the object.").text(""));
            object.noOthers();
            return read;
        }
        Owner read = new Owner.External(external.get("labels").stringMap());
        external.noOthers();
        return read;
    }

    private static Source source(Field metric) {
        Field series = metric.get("series");
        Field value = metric.get("value");
        Field rateOver = metric.get("rateOver");
        exactlyOne(metric, "where its value comes from", series, value);
        if (!series.isPresent()) {
            return new Source.Expression(value.text("0"), rateOver.parsed(0L, Durations::parse));
        }
        if (rateOver.isPresent()) {
            rateOver.problem("rateOver goes with value", "Give the rate itself in the series.");
        }
        List<Point> points = new ArrayList<>();
        for (Field point : series.elements()) {
            long at = point.expectObject().get("at").required("Say when.").parsed(0L, Durations::parse);
            long milli = point.get("is")
                    .required("Say what the value is from then on.")
                    .parsed(0L, text -> Quantity.parse(text).milliValue());
            point.noOthers();
            if (!points.isEmpty() && at <= points.get(points.size() - 1).at()) {
                point.problem("the points of a series must follow each other in time", "Sort them by at.");
            }
            points.add(new Point(at, milli));
        }
        if (points.isEmpty()) {
            series.problem("the series has no points", "Give at least one, such as {at: 0s, is: 10}.");
            points.add(new Point(0, 0));
        }
        return new Source.Series(ImmutableList.copyOf(points));
    }

    private static void exactlyOne(Field metric, String what, Field... fields) {
        List<Field> all = List.of(fields);
        long present = all.stream().filter(Field::isPresent).count();
        if (present != 1) {
            metric.problem(
                    "the metric says " + (present == 0 ? "not " : "more than once ") + what,
                    "Give it exactly one of "
                            + String.join(", ", all.stream().map(Field::name).toList()) + ".");
        }
    }
}
