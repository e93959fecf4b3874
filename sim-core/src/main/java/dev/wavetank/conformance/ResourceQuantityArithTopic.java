package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wavetank.model.Quantity;

/** Comparing, adding and subtracting quantities. */
final class ResourceQuantityArithTopic implements Topic {

    @Override
    public String group() {
        return "nodes";
    }

    @Override
    public String name() {
        return "resource-quantity-arith";
    }

    @Override
    public JsonNode answer(JsonNode input) {
        Quantity a = Quantity.parse(input.get("a").textValue());
        Quantity b = Quantity.parse(input.get("b").textValue());
        return Json.object()
                .put("compare", a.compareTo(b))
                .put("sum", a.plus(b).toString())
                .put("difference", a.minus(b).toString());
    }
}
