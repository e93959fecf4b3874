package dev.wavetank.scenario;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A map of only those values whose names occur in a condition: it is looked at after every event, and CEL walks a map as a
 * whole, while percentiles and the like take some time to work out.
 */
final class NamedView {

    private final String condition;
    private final Map<String, Object> values = new LinkedHashMap<>();

    NamedView(String condition) {
        this.condition = condition;
    }

    NamedView with(String name, Supplier<?> value) {
        if (condition.contains(name)) {
            values.put(name, value.get());
        }
        return this;
    }

    Map<String, Object> values() {
        return values;
    }
}
