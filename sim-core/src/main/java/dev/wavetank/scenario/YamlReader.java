package dev.wavetank.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads YAML 1.2 into trees and remembers where everything was written. */
final class YamlReader {

    private static final int MAX_CODE_POINTS = 20_000_000;
    private static final int MAX_DEPTH = 200;
    private static final int MAX_NODES = 1_000_000;

    private final String fileName;
    private int nodes;

    private YamlReader(String fileName) {
        this.fileName = fileName;
    }

    /**
     * Reads all documents of a text; empty ones are passed over.
     *
     * @throws InputException if it is not YAML, with the place where it stops being so
     */
    static List<YamlDocument> read(String fileName, String text) {
        return new YamlReader(fileName).read(text);
    }

    private List<YamlDocument> read(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(fileName)
                .setCodePointLimit(MAX_CODE_POINTS)
                .setMaxAliasesForCollections(50)
                .setAllowDuplicateKeys(false)
                .build();
        List<YamlDocument> documents = new ArrayList<>();
        try {
            for (Node node : new Compose(settings).composeAllFromString(text)) {
                Map<String, Position> places = new LinkedHashMap<>();
                JsonNode tree = convert(node, "", places, 0);
                if (!tree.isNull()) {
                    documents.add(new YamlDocument(fileName, tree, places));
                }
            }
        } catch (MarkedYamlEngineException e) {
            Position at = e.getProblemMark().map(YamlReader::position).orElse(Position.START);
            throw InputException.single(fileName, at, "not valid YAML: " + firstLine(e.getProblem()), hint(e));
        } catch (YamlEngineException e) {
            throw InputException.single(
                    fileName,
                    Position.START,
                    "not valid YAML: " + firstLine(String.valueOf(e.getMessage())),
                    "Check the file.");
        }
        return documents;
    }

    private static String hint(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("TAB") || problem.contains("'\\t'")) {
            return "Indent with spaces; YAML allows no tabs there.";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "Put the value in quotes, or start a new line before the second colon.";
        }
        if (problem.contains("duplicate key")) {
            return "Remove one of the two.";
        }
        return "Check indentation, quotes and brackets around this place.";
    }

    private static String firstLine(String text) {
        String all = String.valueOf(text);
        int end = all.indexOf('\n');
        return end < 0 ? all : all.substring(0, end);
    }

    private JsonNode convert(Node node, String pointer, Map<String, Position> places, int depth) {
        places.putIfAbsent(pointer, position(node.getStartMark()));
        if (depth > MAX_DEPTH || ++nodes > MAX_NODES) {
            throw InputException.single(
                    fileName,
                    position(node.getStartMark()),
                    depth > MAX_DEPTH
                            ? "nested more than " + MAX_DEPTH + " levels deep"
                            : "more than " + MAX_NODES + " values",
                    "Split the file, or check whether it is what it should be.");
        }
        if (node instanceof MappingNode mapping) {
            return object(mapping, pointer, places, depth);
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            for (Node element : sequence.getValue()) {
                array.add(convert(element, pointer + "/" + array.size(), places, depth + 1));
            }
            return array;
        }
        return scalar((ScalarNode) node);
    }

    private ObjectNode object(MappingNode mapping, String pointer, Map<String, Position> places, int depth) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (NodeTuple tuple : mapping.getValue()) {
            Position at = position(tuple.getKeyNode().getStartMark());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw InputException.single(fileName, at, "a key must be a word", "Put the key in quotes.");
            }
            String name = key.getValue();
            String place = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
            if (object.has(name)) {
                throw InputException.single(
                        fileName, at, "the key \"" + name + "\" is there twice", "Remove one of the two.");
            }
            places.put(place, at);
            object.set(name, convert(tuple.getValueNode(), place, places, depth + 1));
        }
        return object;
    }

    private static JsonNode scalar(ScalarNode scalar) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) {
            return factory.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return factory.booleanNode(text.equalsIgnoreCase("true"));
        }
        if (tag.equals(Tag.INT)) {
            return integer(text);
        }
        if (tag.equals(Tag.FLOAT)) {
            return text.matches("[-+0-9.eE]+") ? factory.numberNode(new BigDecimal(text)) : factory.textNode(text);
        }
        return factory.textNode(text);
    }

    private static JsonNode integer(String text) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        int radix = text.startsWith("0x") ? 16 : text.startsWith("0o") ? 8 : 10;
        BigInteger value = new BigInteger(radix == 10 ? text : text.substring(2), radix);
        if (value.bitLength() < Integer.SIZE) {
            return factory.numberNode(value.intValue());
        }
        return value.bitLength() < Long.SIZE ? factory.numberNode(value.longValue()) : factory.numberNode(value);
    }

    private static Position position(Optional<Mark> mark) {
        return mark.map(YamlReader::position).orElse(Position.START);
    }

    private static Position position(Mark mark) {
        return new Position(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
