package dev.wavetank.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.google.common.collect.ImmutableList;

/** What the topics of {@code conformance/services} have in common. */
abstract class ServiceTopic implements Topic {

    private final String name;

    ServiceTopic(String name) {
        this.name = name;
    }

    @Override
    public final String group() {
        return "services";
    }

    @Override
    public final String name() {
        return name;
    }

    static ImmutableList<String> texts(JsonNode array) {
        ImmutableList.Builder<String> texts = ImmutableList.builder();
        array.forEach(text -> texts.add(text.asText()));
        return texts.build();
    }

    static ArrayNode array(Iterable<String> texts) {
        ArrayNode array = Json.MAPPER.createArrayNode();
        texts.forEach(array::add);
        return array;
    }
}
