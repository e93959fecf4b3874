package dev.wavetank.scenario;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/** Conditions over a running cluster, in CEL. See {@link ClusterView} for what they can talk about. */
final class Expressions {

    /** A compiled condition. */
    interface Condition {
        /**
         * True if it holds now.
         *
         * @throws ConditionException if it cannot be evaluated
         */
        boolean holds();
    }

    /** A compiled number. */
    interface Figure {
        /**
         * Its value now.
         *
         * @param pod the name the variable {@code pod} carries; empty if there is no such variable
         * @throws ConditionException if it has none
         */
        double value(String pod);
    }

    /** A condition is wrong, or asks for something that is not there. */
    static final class ConditionException extends RuntimeException {
        private static final long serialVersionUID = 1;

        ConditionException(String message) {
            super(message);
        }
    }

    private static final MapType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);

    private final CelCompiler compiler;
    private final CelRuntime runtime;
    private final ClusterView view;

    // CEL wants functions that never change; ours look at a cluster that does, from the one thread that runs both
    @SuppressWarnings("Immutable")
    Expressions(ClusterView view) {
        this.view = view;
        this.compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addVar("clients", OBJECT)
                .addVar("calls", OBJECT)
                .addVar("cost", OBJECT)
                .addVar("now", SimpleType.DURATION)
                .addFunctionDeclarations(
                        byName("deployment", OBJECT),
                        byName("service", OBJECT),
                        byName("hpa", OBJECT),
                        byName("vpa", OBJECT),
                        byName("scaledobject", OBJECT),
                        byName("kservice", OBJECT),
                        byName("queue", OBJECT),
                        byName("pods", ListType.create(OBJECT)))
                .setResultType(SimpleType.BOOL)
                .build();
        this.runtime = CelRuntimeFactory.plannerRuntimeBuilder()
                .addFunctionBindings(
                        CelFunctionBinding.from("deployment_string", String.class, view::deployment),
                        CelFunctionBinding.from("service_string", String.class, view::service),
                        CelFunctionBinding.from("hpa_string", String.class, view::autoscaler),
                        CelFunctionBinding.from("scaledobject_string", String.class, view.autoscalers()::scaledObject),
                        CelFunctionBinding.from("kservice_string", String.class, view.autoscalers()::kservice),
                        CelFunctionBinding.from("queue_string", String.class, view.autoscalers()::queue),
                        CelFunctionBinding.from("vpa_string", String.class, view.autoscalers()::vpa),
                        CelFunctionBinding.from("pods_string", String.class, view::pods))
                .build();
    }

    private static CelFunctionDecl byName(String function, dev.cel.common.types.CelType result) {
        return CelFunctionDecl.newFunctionDeclaration(
                function, CelOverloadDecl.newGlobalOverload(function + "_string", result, SimpleType.STRING));
    }

    /**
     * Compiles a condition.
     *
     * @throws ConditionException if it is not one
     */
    Condition compile(String source) {
        CelRuntime.Program program = program(compiler, source);
        return () -> Boolean.TRUE.equals(evaluate(program, variables(source)));
    }

    private CelRuntime.Program program(CelCompiler language, String source) {
        try {
            CelValidationResult result = language.compile(source);
            CelAbstractSyntaxTree tree = result.getAst();
            return runtime.createProgram(tree);
        } catch (CelValidationException e) {
            CelIssue first = e.getErrors().isEmpty() ? null : e.getErrors().get(0);
            throw new ConditionException(first == null ? String.valueOf(e.getMessage()) : first.getMessage());
        } catch (CelEvaluationException e) {
            throw new ConditionException(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Compiles a number; besides what conditions know it knows {@code pod.name}.
     *
     * @throws ConditionException if it is none
     */
    Figure number(String source) {
        CelCompiler numbers = compiler.toCompilerBuilder()
                .addVar("pod", OBJECT)
                .setResultType(SimpleType.DYN)
                .build();
        CelRuntime.Program program = program(numbers, source);
        return pod -> {
            Map<String, Object> variables = variables(source);
            variables.put("pod", Map.of("name", pod));
            Object value = evaluate(program, variables);
            if (value instanceof java.lang.Number number) {
                return number.doubleValue();
            }
            throw new ConditionException("the value is " + value + ", not a number");
        };
    }

    private Map<String, Object> variables(String source) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("clients", view.clients(source));
        variables.put("calls", view.calls(source));
        variables.put("cost", view.cost());
        variables.put("now", view.now());
        return variables;
    }

    private static Object evaluate(CelRuntime.Program program, Map<String, Object> variables) {
        try {
            return program.eval(variables);
        } catch (CelEvaluationException e) {
            throw e.getCause() instanceof ConditionException ours
                    ? ours
                    : new ConditionException(plain(String.valueOf(e.getMessage())));
        }
    }

    private static String plain(String message) {
        return message.replaceFirst("^evaluation error( at [^:]*)?: ", "");
    }
}
