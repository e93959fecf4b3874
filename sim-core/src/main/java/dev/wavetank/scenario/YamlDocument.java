package dev.wavetank.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * One document of a YAML file.
 *
 * @param places where each value was written, by JSON pointer; a value under a key is at its key
 */
record YamlDocument(String fileName, JsonNode tree, Map<String, Position> places) {

    /** Where the value was written, or else the nearest thing around it. */
    Position place(String pointer) {
        String at = pointer;
        while (true) {
            Position position = places.get(at);
            if (position != null) {
                return position;
            }
            int slash = at.lastIndexOf('/');
            if (slash < 0) {
                return Position.START;
            }
            at = at.substring(0, slash);
        }
    }
}
