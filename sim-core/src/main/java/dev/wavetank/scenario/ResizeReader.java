package dev.wavetank.scenario;

import dev.wavetank.model.Quantity;
import dev.wavetank.model.Resources;
import dev.wavetank.model.manifest.Field;
import dev.wavetank.scenario.Step.Verb;

/** Reads the step {@code resize}, which does what {@code kubectl patch pod --subresource resize} does. */
final class ResizeReader {

    private ResizeReader() {}

    static Verb read(Field field) {
        Field requests = field.get("requests").expectObject();
        Field limits = field.get("limits").expectObject();
        if (!requests.isPresent() && !limits.isPresent()) {
            field.problem(
                    "the step says nothing to change", "Add requests, limits or both, such as requests: {cpu: 200m}.");
        }
        return new Verb.Resize(
                StepReader.pod(field), field.get("container").text(""), resources(requests), resources(limits));
    }

    private static Resources resources(Field map) {
        Resources read = new Resources(
                map.get("cpu").parsed(0L, text -> Quantity.parse(text).milliValue()),
                map.get("memory").parsed(0L, text -> Quantity.parse(text).value()));
        map.noOthers();
        return read;
    }
}
