package io.smi.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.EnumMap;
import java.util.EnumSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the modules, and what only some of them may do. */
class ArchitectureTest {
    private static JavaClasses smi;

    @BeforeAll
    static void importAll() {
        smi = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.smi");
        assertThat(smi).as("classes of all modules").hasSizeGreaterThan(80);
    }

    @Test
    void arrowsPointDown() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .withOptionalLayers(true)
                .layer("cli")
                .definedBy("io.smi.cli..")
                .layer("server")
                .definedBy("io.smi.server..")
                .layer("record")
                .definedBy("io.smi.record..")
                .layer("core")
                .definedBy("io.smi.core..")
                .layer("schema")
                .definedBy("io.smi.schema..")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("record")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("core")
                .mayOnlyBeAccessedByLayers("cli", "server")
                .check(smi);
    }

    @Test
    void packagesOfOneModuleHaveNoCycles() {
        slices().matching("io.smi.core.(*)..").should().beFreeOfCycles().check(smi);
    }

    @Test
    void onlyTheCommandLineTalksToTheTerminalOrEndsTheProcess() {
        noClasses()
                .that(not(resideInAPackage("io.smi.cli..")))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(Runtime.class, "halt", int.class)
                .check(smi);
    }

    @Test
    void onlyTheSchemaKnowsHowJsonIsWritten() {
        noClasses()
                .that()
                .resideInAnyPackage("io.smi.core..", "io.smi.record..", "io.smi.cli..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("tools.jackson..")
                .check(smi);
    }

    @Test
    void onlyTheCommandLineKnowsPicocli() {
        noClasses()
                .that(not(resideInAPackage("io.smi.cli..")))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
                .check(smi);
    }

    @Test
    void nothingStartsOtherPrograms() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethodWhere(target(nameMatching("exec")).and(target(owner(assignableTo(Runtime.class)))))
                .check(smi);
    }

    @Test
    void noReaderUsesRegularExpressions() {
        noClasses()
                .that()
                .resideInAPackage("io.smi.core..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("java.util.regex..")
                .check(smi);
    }

    /** They call the enum's {@code values()} by reflection, for which the JVM makes a class: 3 ms of every start. */
    @Test
    void noSetsOfEnumsAreMadeOnTheWayToASnapshot() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(EnumSet.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(EnumMap.class)
                .check(smi);
    }

    @Test
    void thereIsNoGlobalState() {
        fields().that().areStatic().should().beFinal().check(smi);
    }
}
