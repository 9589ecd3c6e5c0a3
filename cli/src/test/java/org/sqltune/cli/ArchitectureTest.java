package org.sqltune.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.Source;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures;
import java.util.Map;
import java.util.Set;

/** Which module may use which. The poms say so too, but a pom also lets through what a dependency brings along. */
@AnalyzeClasses(
        packages = {"org.sqltune", "ai.djl.pytorch.jni"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final int MOST_FILES_A_PACKAGE = 25;

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
            .layer("deployment")
            .definedBy("org.sqltune.deployment..")
            .optionalLayer("llamacpp")
            .definedBy("org.sqltune.llamacpp..")
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
            .whereLayer("deployment")
            .mayOnlyAccessLayers("data", "model", "core")
            .whereLayer("llamacpp")
            .mayOnlyAccessLayers("inference", "model", "core")
            .whereLayer("core")
            .mayNotAccessAnyLayer()
            .whereLayer("workflow")
            .mayOnlyBeAccessedByLayers("cli")
            .whereLayer("workflow")
            .mayOnlyAccessLayers(
                    "training",
                    "inference",
                    "evaluation",
                    "synthesis",
                    "postgres",
                    "deployment",
                    "model",
                    "data",
                    "core")
            .whereLayer("cli")
            .mayNotBeAccessedByAnyLayer();

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("org.sqltune.(**)").should().beFreeOfCycles();

    /** A file more, and a package has a second idea. Files of tests count for themselves. */
    @ArchTest
    static void noPackageHasMoreFilesThanAReaderTakesIn(JavaClasses classes) {
        Map<String, Set<String>> files = classes.stream()
                .filter(type -> type.getPackageName().startsWith("org.sqltune"))
                .collect(groupingBy(JavaClass::getPackageName, mapping(ArchitectureTest::file, toSet())));

        assertThat(files)
                .allSatisfy(
                        (name, sources) -> assertThat(sources).as(name).hasSizeLessThanOrEqualTo(MOST_FILES_A_PACKAGE));
    }

    private static String file(JavaClass type) {
        return type.getSource().flatMap(Source::getFileName).orElse(type.getName());
    }

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
    static final ArchRule onlyTypedFacadesCallScriptsByMethodNames = noClasses()
            .that()
            .resideOutsideOfPackages("org.sqltune.model.torch", "org.sqltune.model.torch.script")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.sqltune.model.torch.ScriptModule");

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

    /** Classes with behaviour that the command line hands on to a use case or writes a result with. */
    private static final Set<String> HANDED_ON =
            Set.of("StopRequest", "EngineDefaults", "InteractiveSession", "StandardStreams", "AuditJson");

    @ArchTest
    static final ArchRule theCommandLineCallsUseCasesAndReadsTheirResults =
            classes().that().resideInAPackage("org.sqltune.cli..").should(dependOnlyOnValuesBelowWorkflow());

    private static ArchCondition<JavaClass> dependOnlyOnValuesBelowWorkflow() {
        return new ArchCondition<>("depend on modules below workflow only for values, ports and exceptions") {
            @Override
            public void check(JavaClass item, ConditionEvents events) {
                item.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> isBelowWorkflow(dependency.getTargetClass()))
                        .filter(dependency -> !isValueOrPort(dependency.getTargetClass()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(item, dependency.getDescription())));
            }
        };
    }

    private static boolean isBelowWorkflow(JavaClass type) {
        return type.getPackageName().startsWith("org.sqltune.")
                && !type.getPackageName().startsWith("org.sqltune.core")
                && !type.getPackageName().startsWith("org.sqltune.workflow")
                && !type.getPackageName().startsWith("org.sqltune.cli");
    }

    private static boolean isValueOrPort(JavaClass type) {
        return type.isRecord()
                || type.isEnum()
                || type.isInterface()
                || type.isAssignableTo(Throwable.class)
                || HANDED_ON.contains(type.getSimpleName());
    }
}
