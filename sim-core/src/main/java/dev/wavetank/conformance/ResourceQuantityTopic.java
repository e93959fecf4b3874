package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wavetank.model.Quantity;
import java.util.function.ToLongFunction;

/** Reading and printing a quantity. */
final class ResourceQuantityTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "resource-quantity";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        Quantity quantity;
        try {
            quantity = Quantity.parse(input.get("text").textValue());
        } catch (IllegalArgumentException e) {
            return Json.object().put("valid", false);
        }
        ObjectNode answer = Json.object()
                .put("valid", true)
                .put("canonical", quantity.canonical())
                .put("printed", quantity.toString())
                .put("format", quantity.format().text())
                .put("sign", quantity.sign());
        put(answer, "value", quantity, Quantity::value);
        put(answer, "milliValue", quantity, Quantity::milliValue);
        return answer;
    }

    private static void put(ObjectNode answer, String field, Quantity quantity, ToLongFunction<Quantity> rounded) {
        try {
            answer.put(field, rounded.applyAsLong(quantity));
        } catch (ArithmeticException e) {
            answer.put(field + "Overflows", true);
        }
    }

    /** Why a text is no quantity is worded our way; that it is none must agree. */
    @Override
    public boolean agrees(JsonNode input, JsonNode expected, JsonNode got) {
        JsonNode comparable = expected.has("error") ? ((ObjectNode) expected.deepCopy()).without("error") : expected;
        return Json.same(comparable, got);
    }
}
