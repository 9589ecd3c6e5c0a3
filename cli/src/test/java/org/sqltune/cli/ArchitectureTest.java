package org.sqltune.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures;

/** Which module may use which. The poms say so too, but a pom also lets through what a dependency brings along. */
@AnalyzeClasses(
        packages = {"org.sqltune", "ai.djl.pytorch.jni"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule modulesUseEachOtherAlongTheArrows = Architectures.layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("core")
            .definedBy("org.sqltune.core..")
            .layer("data")
            .definedBy("org.sqltune.data..")
            .layer("model")
            .definedBy("org.sqltune.model..")
            .layer("evaluation")
            .definedBy("org.sqltune.evaluation..")
            .layer("synthesis")
            .definedBy("org.sqltune.synthesis..")
            .layer("postgres")
            .definedBy("org.sqltune.postgres..")
            .layer("training")
            .definedBy("org.sqltune.training..")
            .layer("inference")
            .definedBy("org.sqltune.inference..")
            .layer("workflow")
            .definedBy("org.sqltune.workflow..")
            .layer("cli")
            .definedBy("org.sqltune.cli..")
            .whereLayer("data")
            .mayOnlyAccessLayers("core")
            .whereLayer("synthesis")
            .mayOnlyAccessLayers("data", "core")
            .whereLayer("postgres")
            .mayOnlyAccessLayers("data", "core")
            .whereLayer("model")
            .mayOnlyAccessLayers("core")
            .whereLayer("evaluation")
            .mayOnlyAccessLayers("data", "core")
            .whereLayer("training")
            .mayOnlyAccessLayers("data", "model", "evaluation", "core")
            .whereLayer("inference")
            .mayOnlyAccessLayers("data", "model", "core")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("workflow")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("org.sqltune.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule onlyTwoPackagesOfTheModelKnowDjl = noClasses()
            .that()
            .resideInAPackage("org.sqltune..")
            .and()
            .resideOutsideOfPackages("org.sqltune.model.torch..", "org.sqltune.model.tokenizer..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl..");

    @ArchTest
    static final ArchRule onlyTheTorchPackageUsesTheInsidesOfDjlsEngine = noClasses()
            .that()
            .resideInAPackage("org.sqltune..")
            .and()
            .resideOutsideOfPackage("org.sqltune.model.torch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("ai.djl.pytorch.jni..");

    @ArchTest
    static final ArchRule librariesLeaveTheStandardStreamsAlone = noClasses()
            .that()
            .resideOutsideOfPackages("org.sqltune.cli..", "ai.djl..")
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethod(System.class, "exit", int.class);
}
