package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.model.IntOrString;
import dev.wavetank.model.IntOrString.Rounding;

/** A number or a percentage of a total. */
final class IntstrPercentTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "intstr-percent";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        JsonNode given = input.get("intOrPercent");
        IntOrString value = given.isInt() ? IntOrString.of(given.intValue()) : IntOrString.of(given.textValue());
        Rounding rounding = input.path("roundUp").asBoolean() ? Rounding.UP : Rounding.DOWN;
        try {
            return Json.object()
                    .put("value", value.scaledValue(input.path("total").intValue(), rounding));
        } catch (IllegalArgumentException e) {
            return Json.object().put("error", e.getMessage());
        }
    }

    @Override
    public boolean agrees(JsonNode input, JsonNode expected, JsonNode got) {
        return expected.has("error") ? got.has("error") : Json.same(expected, got);
    }
}
