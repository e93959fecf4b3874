package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.wavetank.model.LabelSelector;
import dev.wavetank.model.LabelSelector.Operator;
import dev.wavetank.model.LabelSelector.Requirement;
import java.util.List;

/** Reads label selectors. */
final class SelectorReader {

    private SelectorReader() {}

    static LabelSelector read(Field selector) {
        selector.expectObject();
        LabelSelector read = new LabelSelector(
                selector.get("matchLabels").stringMap(),
                selector.get("matchExpressions").elements().stream()
                        .map(SelectorReader::requirement)
                        .collect(ImmutableList.toImmutableList()));
        return read;
    }

    private static Requirement requirement(Field expression) {
        String key = expression.get("key").required("Name the label.").text("");
        Operator operator = expression
                .get("operator")
                .required("Say In, NotIn, Exists or DoesNotExist.")
                .choice(Operator.EXISTS, List.of(Operator.values()), Operator::text);
        ImmutableSet<String> values = expression.get("values").elements().stream()
                .map(value -> value.text(""))
                .collect(ImmutableSet.toImmutableSet());
        boolean wantsValues = operator == Operator.IN || operator == Operator.NOT_IN;
        if (wantsValues == values.isEmpty()) {
            expression.problem(
                    wantsValues ? operator.text() + " needs values" : operator.text() + " takes no values",
                    wantsValues ? "List at least one." : "Leave values out.");
        }
        return new Requirement(key, operator, values);
    }
}
