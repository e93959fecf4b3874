package dev.wavetank.live.compare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A comparison for programs: {@code {"facts": [{"fact", "a", "b", "verdict", "pValue"}], "agree"}}. */
public final class ComparisonJson {

    private ComparisonJson() {}

    /** The whole comparison. */
    public static ObjectNode of(Comparison comparison) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        ArrayNode facts = document.putArray("facts");
        comparison.facts().forEach(fact -> facts.add(of(fact)));
        document.put("agree", comparison.agree());
        return document;
    }

    /** One fact. */
    public static ObjectNode of(Fact fact) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("topic", fact.topic().title())
                .put("fact", fact.name())
                .put("a", fact.a())
                .put("b", fact.b())
                .put("verdict", fact.verdict().word())
                .put("pValue", fact.pValue());
    }
}
