package dev.wavetank.controllers;

import com.google.common.collect.ImmutableList;
import dev.wavetank.model.IntOrString;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the API server says about a Deployment's maxSurge and maxUnavailable.
 *
 * <p>Source: kubernetes 1.36 pkg/apis/apps/validation ValidateRollingUpdateDeployment.
 */
public final class RollingUpdateValidation {

    private static final String PATH = "spec.strategy.rollingUpdate.";
    private static final String PERCENT = "[0-9]+%";

    /** What the server fills in, before it looks, for a setting that is missing. */
    private static final IntOrString DEFAULT = IntOrString.of("25%");

    private RollingUpdateValidation() {}

    /** The messages in the server's order; none if both are fine. A setting that is null is given its default, 25%. */
    public static ImmutableList<String> errors(@Nullable IntOrString maxSurge, @Nullable IntOrString maxUnavailable) {
        IntOrString surge = maxSurge == null ? DEFAULT : maxSurge;
        IntOrString unavailable = maxUnavailable == null ? DEFAULT : maxUnavailable;
        ImmutableList.Builder<String> errors = ImmutableList.builder();
        checkShape("maxUnavailable", unavailable, errors::add);
        checkShape("maxSurge", surge, errors::add);
        if (literal(unavailable) == 0 && literal(surge) == 0) {
            errors.add(invalid("maxUnavailable", unavailable, "may not be 0 when `maxSurge` is 0"));
        }
        if (isPercent(unavailable) && literal(unavailable) > 100) {
            errors.add(invalid("maxUnavailable", unavailable, "must not be greater than 100%"));
        }
        return errors.build();
    }

    private static void checkShape(String field, IntOrString value, Consumer<String> errors) {
        if (value instanceof IntOrString.Int number && number.value() < 0) {
            errors.accept(invalid(field, value, "must be greater than or equal to 0"));
        }
        if (value instanceof IntOrString.Text && !isPercent(value)) {
            errors.accept(invalid(
                    field,
                    value,
                    "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%',"
                            + " regex used for validation is '" + PERCENT + "')"));
        }
    }

    private static boolean isPercent(IntOrString value) {
        return value instanceof IntOrString.Text text && text.value().matches(PERCENT);
    }

    /** The number before the percent sign, the number itself, or 0 for a text that is neither. */
    private static long literal(IntOrString value) {
        if (value instanceof IntOrString.Int number) {
            return number.value();
        }
        String text = value.toString();
        return DeploymentAnnotations.parseLong(isPercent(value) ? text.substring(0, text.length() - 1) : text)
                .orElse(0);
    }

    private static String invalid(String field, IntOrString value, String why) {
        String shown = value instanceof IntOrString.Text ? "\"" + value + "\"" : value.toString();
        return PATH + field + ": Invalid value: " + shown + ": " + why;
    }
}
