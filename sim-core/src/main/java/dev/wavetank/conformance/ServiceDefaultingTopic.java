package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.network.FieldError;
import dev.wavetank.network.ServiceDefaults;
import java.util.Comparator;
import java.util.List;

/** A Service's spec after defaults, and what is wrong with it. */
final class ServiceDefaultingTopic extends ServiceTopic {

    /** The files list findings in this order. */
    private static final Comparator<FieldError> ORDER =
            Comparator.comparing((FieldError error) -> error.type().text()).thenComparing(FieldError::field);

    ServiceDefaultingTopic() {
        super("service-defaulting");
    }

    @Override
    public JsonNode answer(JsonNode input) {
        ObjectNode spec = ServiceDefaults.apply(input);
        ObjectNode answer = Json.object();
        answer.set("defaultedSpec", spec);
        putErrors(answer, spec);
        return answer;
    }

    static void putErrors(ObjectNode answer, ObjectNode spec) {
        List<FieldError> errors = ServiceDefaults.validate(spec);
        ArrayNode list = answer.putArray("errors");
        errors.stream()
                .sorted(ORDER)
                .forEach(error ->
                        list.addObject().put("type", error.type().text()).put("field", error.field()));
        answer.put("valid", errors.isEmpty());
    }
}
