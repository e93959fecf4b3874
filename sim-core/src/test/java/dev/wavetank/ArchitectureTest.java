package dev.wavetank;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the arrows of the design: looking goes one way, and the simulation knows no clock but its own. */
@AnalyzeClasses(packages = "dev.wavetank", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] SIMULATION = {
        "dev.wavetank.engine..",
        "dev.wavetank.model..",
        "dev.wavetank.controllers..",
        "dev.wavetank.network..",
        "dev.wavetank.node..",
        "dev.wavetank.autoscaling..",
        "dev.wavetank.cluster..",
        "dev.wavetank.scenario..",
        "dev.wavetank.report..",
        "dev.wavetank.conformance.."
    };

    @ArchTest
    static final ArchRule looking_goes_one_way = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("engine")
            .definedBy("dev.wavetank.engine..")
            .layer("model")
            .definedBy("dev.wavetank.model..")
            .layer("controllers")
            .definedBy("dev.wavetank.controllers..")
            .layer("network")
            .definedBy("dev.wavetank.network..")
            .layer("node")
            .definedBy("dev.wavetank.node..")
            .layer("autoscaling")
            .definedBy("dev.wavetank.autoscaling..")
            .layer("cluster")
            .definedBy("dev.wavetank.cluster..")
            .layer("scenario")
            .definedBy("dev.wavetank.scenario..")
            .layer("report")
            .definedBy("dev.wavetank.report..")
            .layer("conformance")
            .definedBy("dev.wavetank.conformance..")
            .whereLayer("engine")
            .mayNotAccessAnyLayer()
            .whereLayer("model")
            .mayOnlyAccessLayers("engine")
            .whereLayer("controllers")
            .mayOnlyAccessLayers("engine", "model")
            .whereLayer("network")
            .mayOnlyAccessLayers("engine", "model")
            .whereLayer("node")
            .mayOnlyAccessLayers("engine", "model", "network")
            .whereLayer("autoscaling")
            .mayOnlyAccessLayers("engine", "model")
            .whereLayer("cluster")
            .mayOnlyAccessLayers("engine", "model", "controllers", "network", "node", "autoscaling")
            .whereLayer("scenario")
            .mayOnlyBeAccessedByLayers("report")
            .whereLayer("report")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("conformance")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule the_only_clock_is_the_simulations = noClasses()
            .that()
            .resideInAnyPackage(SIMULATION)
            .should()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .callMethod(java.time.LocalDateTime.class, "now")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class);

    @ArchTest
    static final ArchRule the_only_dice_are_the_simulations = noClasses()
            .that()
            .resideInAnyPackage(SIMULATION)
            .should()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(java.util.UUID.class, "randomUUID")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.util.Random.class);

    @ArchTest
    static final ArchRule results_do_not_depend_on_the_platforms_libm = noClasses()
            .that()
            .resideInAnyPackage(SIMULATION)
            .should()
            .callMethod(Math.class, "exp", double.class)
            .orShould()
            .callMethod(Math.class, "log", double.class)
            .orShould()
            .callMethod(Math.class, "log10", double.class)
            .orShould()
            .callMethod(Math.class, "pow", double.class, double.class)
            .orShould()
            .callMethod(Math.class, "sin", double.class)
            .orShould()
            .callMethod(Math.class, "cos", double.class);
}
