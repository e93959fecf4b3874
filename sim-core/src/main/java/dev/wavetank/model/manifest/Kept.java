package dev.wavetank.model.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.collect.ImmutableList;
import dev.wavetank.model.Quantity;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The part of a given object that the model has no place for: taken out of what was given, and laid over what is written.
 *
 * <p>It has the shape of the object. Lists are compared element by element where the elements have a name; an element the
 * model knows nothing of is kept whole and marked, one it knows is kept as far as it says more. A quantity is kept for its
 * spelling, and only laid over while it still amounts to the same.
 */
final class Kept {

    /** Marks an element of a list that is kept whole; no field of the API has such a name. */
    private static final String WHOLE = "\u0000whole";

    /** Marks an element of a list that is kept in part, with its place if the elements have no names. */
    private static final String AT = "\u0000at";

    private static final int BY_IDENTITY = -1;

    /** What tells elements of a list apart: the first of these that all of them have, no two the same. */
    private static final ImmutableList<ImmutableList<String>> IDENTITIES = ImmutableList.of(
            ImmutableList.of("uid"),
            ImmutableList.of("name"),
            ImmutableList.of("port", "protocol"),
            ImmutableList.of("port"),
            ImmutableList.of("containerPort"),
            ImmutableList.of("key", "effect"),
            ImmutableList.of("addresses"),
            ImmutableList.of("type"));

    private Kept() {}

    /**
     * What to keep of a given object.
     *
     * @param modelled what the model makes of it
     * @param full the same with all that follows from it
     * @return null if nothing
     */
    static @Nullable ObjectNode of(ObjectNode given, ObjectNode modelled, ObjectNode full) {
        ObjectNode kept = Json.object();
        for (Map.Entry<String, JsonNode> entry : given.properties()) {
            String name = entry.getKey();
            JsonNode rest = rest(entry.getValue(), modelled.get(name), full.get(name));
            if (rest != null) {
                kept.set(name, rest);
            }
        }
        return kept.isEmpty() ? null : kept;
    }

    private static @Nullable JsonNode rest(JsonNode given, @Nullable JsonNode modelled, @Nullable JsonNode full) {
        if (given.equals(full) || given.isNull()) {
            return null;
        }
        if (modelled == null) {
            boolean empty = given.isContainerNode() && given.isEmpty();
            return empty ? null : given.deepCopy();
        }
        if (given instanceof ObjectNode object
                && modelled instanceof ObjectNode known
                && full instanceof ObjectNode complete) {
            return of(object, known, complete);
        }
        if (given instanceof ArrayNode list
                && modelled instanceof ArrayNode known
                && full instanceof ArrayNode complete) {
            return elements(list, known, complete);
        }
        return sameAmount(given, modelled) ? given : null;
    }

    private static @Nullable ArrayNode elements(ArrayNode given, ArrayNode modelled, ArrayNode full) {
        ImmutableList<String> identity = identity(given, modelled);
        boolean inOrder = given.size() == modelled.size() && modelled.size() == full.size();
        if (!areObjects(given) || (identity.isEmpty() && !inOrder)) {
            return null;
        }
        ArrayNode kept = given.arrayNode();
        for (int i = 0; i < given.size(); i++) {
            JsonNode element = given.get(i);
            JsonNode known = identity.isEmpty() ? modelled.get(i) : find(modelled, element, identity);
            JsonNode complete = identity.isEmpty() ? full.get(i) : find(full, element, identity);
            if (known == null) {
                if (!element.equals(complete)) {
                    kept.add(((ObjectNode) element.deepCopy()).put(WHOLE, true));
                }
            } else if (complete != null && rest(element, known, complete) instanceof ObjectNode more) {
                more.put(AT, identity.isEmpty() ? i : BY_IDENTITY);
                identity.forEach(name -> more.set(name, element.get(name)));
                kept.add(more);
            }
        }
        return kept.isEmpty() ? null : kept;
    }

    private static boolean areObjects(ArrayNode list) {
        for (JsonNode element : list) {
            if (!element.isObject()) {
                return false;
            }
        }
        return true;
    }

    /** Lays what was kept over what is written. */
    static void layOver(ObjectNode written, ObjectNode kept) {
        for (Map.Entry<String, JsonNode> entry : kept.properties()) {
            String name = entry.getKey();
            JsonNode current = written.get(name);
            JsonNode more = entry.getValue();
            if (current == null) {
                if (!isMarked(more)) {
                    written.set(name, more.deepCopy());
                } else if (more.findValue(WHOLE) != null) {
                    layOver(written.putArray(name), more);
                }
            } else if (current instanceof ObjectNode object && more instanceof ObjectNode rest) {
                layOver(object, rest);
            } else if (current instanceof ArrayNode list && more.isArray()) {
                layOver(list, more);
            } else if (sameAmount(more, current)) {
                written.set(name, more);
            }
        }
    }

    private static boolean isMarked(JsonNode list) {
        return list.isArray() && (list.path(0).has(WHOLE) || list.path(0).has(AT));
    }

    private static void layOver(ArrayNode written, JsonNode kept) {
        for (JsonNode element : kept) {
            if (element.has(WHOLE)) {
                written.add(((ObjectNode) element.deepCopy()).without(WHOLE));
                continue;
            }
            JsonNode current = element.path(AT).asInt() != BY_IDENTITY
                    ? written.get(element.get(AT).asInt())
                    : find(
                            written,
                            element,
                            IDENTITIES.stream()
                                    .filter(names -> allHave(element, names))
                                    .findFirst()
                                    .orElse(ImmutableList.of()));
            if (current instanceof ObjectNode object) {
                layOver(object, ((ObjectNode) element.deepCopy()).without(AT));
            }
        }
    }

    private static ImmutableList<String> identity(ArrayNode given, ArrayNode modelled) {
        for (ImmutableList<String> identity : IDENTITIES) {
            if (tellsApart(given, identity) && tellsApart(modelled, identity)) {
                return identity;
            }
        }
        return ImmutableList.of();
    }

    private static boolean tellsApart(ArrayNode list, ImmutableList<String> identity) {
        Set<JsonNode> seen = new HashSet<>();
        for (JsonNode element : list) {
            ArrayNode id = list.arrayNode();
            identity.forEach(name -> id.add(element.path(name)));
            if (!allHave(element, identity) || !seen.add(id)) {
                return false;
            }
        }
        return true;
    }

    private static boolean allHave(JsonNode element, ImmutableList<String> identity) {
        return identity.stream().allMatch(element::has);
    }

    private static @Nullable JsonNode find(ArrayNode list, JsonNode wanted, ImmutableList<String> identity) {
        for (JsonNode element : list) {
            if (same(element, wanted, identity)) {
                return element;
            }
        }
        return null;
    }

    private static boolean same(JsonNode one, JsonNode other, ImmutableList<String> identity) {
        return !identity.isEmpty()
                && identity.stream().allMatch(name -> one.path(name).equals(other.path(name)));
    }

    /** Two spellings of one quantity. */
    private static boolean sameAmount(JsonNode one, JsonNode other) {
        if (!one.isTextual() || !other.isTextual()) {
            return false;
        }
        try {
            return Quantity.parse(one.asText()).equals(Quantity.parse(other.asText()));
        } catch (IllegalArgumentException noQuantities) {
            return false;
        }
    }
}
