package dev.wavetank.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Replaces single values of a scenario from outside, as {@code --set path=value} does. */
final class Overrides {

    private static final String SPEC = "spec";

    private Overrides() {}

    /**
     * Sets one value in a document's tree.
     *
     * @param path names and list positions joined by dots, from the spec on; a leading {@code spec.} is allowed
     * @param value YAML
     */
    static void apply(YamlDocument document, String path, String value) {
        String[] names = (path.startsWith(SPEC + ".") ? path : SPEC + "." + path).split("\\.", -1);
        List<YamlDocument> parsed = YamlReader.read("--set " + path, value);
        JsonNode replacement = parsed.isEmpty()
                ? com.fasterxml.jackson.databind.node.NullNode.getInstance()
                : parsed.get(0).tree();
        JsonNode parent = document.tree();
        for (int i = 0; i < names.length - 1; i++) {
            JsonNode child = child(parent, names[i]);
            if (child.isMissingNode() && parent instanceof ObjectNode object) {
                child = object.putObject(names[i]);
            }
            parent = child;
        }
        String last = names[names.length - 1];
        if (parent instanceof ObjectNode object) {
            object.set(last, replacement);
        } else if (parent instanceof ArrayNode array
                && last.matches("[0-9]{1,6}")
                && array.has(Integer.parseInt(last))) {
            array.set(Integer.parseInt(last), replacement);
        } else {
            throw InputException.single(
                    "--set " + path,
                    Position.START,
                    "there is nothing at that path to set",
                    "Join names and list positions (from 0) by dots, such as steps.0.scale.replicas.");
        }
    }

    private static JsonNode child(JsonNode parent, String name) {
        return parent.isArray() && name.matches("[0-9]{1,6}") ? parent.path(Integer.parseInt(name)) : parent.path(name);
    }
}
