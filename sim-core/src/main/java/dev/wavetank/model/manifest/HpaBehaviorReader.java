package dev.wavetank.model.manifest;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Behavior;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Policy;
import dev.wavetank.model.HorizontalPodAutoscalerSpec.Rules;
import dev.wavetank.model.Quantity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads an HPA's {@code behavior}. Once there is one, even an empty one, each direction is completed from the defaults;
 * without one older rules hold.
 *
 * <p>Source: kubernetes 1.36 pkg/apis/autoscaling/v2/defaults.go and pkg/apis/autoscaling/validation.
 */
final class HpaBehaviorReader {

    private static final int LONGEST_WINDOW_SECONDS = 3600;
    private static final int LONGEST_PERIOD_SECONDS = 1800;

    private HpaBehaviorReader() {}

    static @Nullable Behavior read(Field behavior) {
        if (!behavior.expectObject().isPresent()) {
            return null;
        }
        Behavior read = new Behavior(
                rules(behavior.get("scaleUp"), Rules.SCALE_UP_DEFAULTS),
                rules(behavior.get("scaleDown"), Rules.SCALE_DOWN_DEFAULTS));
        return read;
    }

    private static Rules rules(Field rules, Rules standard) {
        if (!rules.expectObject().isPresent()) {
            return standard;
        }
        Field window = rules.get("stabilizationWindowSeconds");
        Field policies = rules.get("policies");
        Field tolerance = rules.get("tolerance");
        if (policies.isPresent() && policies.node().isArray() && policies.node().isEmpty()) {
            policies.problem("policies is empty", "Give at least one policy, or leave policies out.");
        }
        ImmutableList<Policy> read =
                policies.elements().stream().map(HpaBehaviorReader::policy).collect(ImmutableList.toImmutableList());
        Rules complete = new Rules(
                window.isPresent()
                        ? Integer.valueOf((int) window.longInteger(0, 0, LONGEST_WINDOW_SECONDS))
                        : standard.stabilizationWindowSeconds(),
                rules.get("selectPolicy")
                        .choice(standard.selectPolicy(), List.of("Max", "Min", "Disabled"), text -> text),
                read.isEmpty() ? standard.policies() : read,
                tolerance.isPresent() ? tolerance(tolerance) : standard.tolerance());
        return complete;
    }

    private static Policy policy(Field policy) {
        String type = policy.expectObject()
                .get("type")
                .required("Say Pods or Percent.")
                .choice("Pods", List.of("Pods", "Percent"), text -> text);
        Policy read = new Policy(
                type.equals("Pods"),
                policy.get("value").required("Say by how much.").integer(1, 1),
                (int) policy.get("periodSeconds")
                        .required("Say in how long a time.")
                        .longInteger(15, 1, LONGEST_PERIOD_SECONDS));
        return read;
    }

    /** A quantity is read as mantissa times a power of ten; the product of whole thousandths and 0.001 is the same double. */
    private static Double tolerance(Field field) {
        long milli = field.parsed(0L, text -> Quantity.parse(text).milliValue());
        if (milli < 0) {
            field.problem("tolerance must not be negative", "Give a fraction of 0 or more, such as 0.05.");
            return 0.0;
        }
        return milli * 1e-3;
    }
}
