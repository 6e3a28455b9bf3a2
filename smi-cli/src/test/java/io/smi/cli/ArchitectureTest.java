package io.smi.cli;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
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
        for (String module : List.of("core", "record", "server", "cli")) {
            slices().matching("io.smi." + module + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .check(smi);
        }
    }

    /** What stands behind a socket is the server's business; its security and its socket could serve any handler. */
    @Test
    void theServersPackagesKnowOnlyWhatTheyNeed() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("server")
                .definedBy("io.smi.server")
                .layer("routes")
                .definedBy("io.smi.server.routes..")
                .layer("stream")
                .definedBy("io.smi.server.stream..")
                .layer("metrics")
                .definedBy("io.smi.server.metrics..")
                .layer("security")
                .definedBy("io.smi.server.security..")
                .layer("http")
                .definedBy("io.smi.server.http..")
                .layer("socket")
                .definedBy("io.smi.server.socket..")
                .whereLayer("server")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("routes")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("stream")
                .mayOnlyBeAccessedByLayers("server", "routes")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("server", "routes")
                .whereLayer("security")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("server", "routes", "stream")
                .whereLayer("socket")
                .mayOnlyBeAccessedByLayers("server", "security", "stream")
                .check(smi);
    }

    @Test
    void onlyTheServerKnowsUndertow() {
        onlyIn("io.smi.server..", "io.undertow..", "org.xnio..", "org.jboss..");
    }

    /** Readers of metrics see a frame; how it is written for Prometheus is one package's. */
    @Test
    void onlyTheMetricsKnowPrometheus() {
        onlyIn("io.smi.server.metrics..", "io.prometheus..");
    }

    @Test
    void onlyTheSecurityKnowsItsFilesAndPasswordHashes() {
        onlyIn("io.smi.server.security..", "org.snakeyaml..", "at.favre.lib..");
    }

    @Test
    void onlyTheCodecKnowsZstd() {
        onlyIn("io.smi.record.codec..", "com.github.luben..");
    }

    /** One class each for what is called of a library, so that JNA is not loaded where none of it is. */
    @Test
    void onlyTheNativeLibrariesKnowJna() {
        onlyIn("io.smi.core..", "com.sun.jna..");
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.smi.core.nvidia.NvmlLibrary")
                .and()
                .doNotHaveFullyQualifiedName("io.smi.core.storage.StatvfsLibrary")
                .and()
                .doNotHaveFullyQualifiedName("io.smi.core.command.SubreaperLibrary")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.sun.jna..")
                .check(smi);
    }

    @Test
    void onlyTheReadersOfOtherSystemsKnowOshi() {
        onlyIn("io.smi.core.oshi..", "oshi..");
    }

    @Test
    void onlyTheRemoteSourceIsAnHttpClient() {
        onlyIn("io.smi.record.remote..", "java.net.http..");
    }

    @Test
    void onlyTheSocketIsBuiltIntoXnio() {
        classes()
                .that(resideInAPackage("io.smi.."))
                .and(areSubclassesOf("org.xnio.."))
                .should()
                .resideInAPackage("io.smi.server.socket..")
                .check(smi);
    }

    /** These libraries are known by that package alone, which does use them. */
    private static void onlyIn(String home, String... libraries) {
        noClasses()
                .that(not(resideInAPackage(home)))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(libraries)
                .check(smi);
        for (String library : libraries) {
            assertThat(smi.stream()
                            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                            .map(Dependency::getTargetClass))
                    .as("uses of %s", library)
                    .anyMatch(resideInAPackage(library));
        }
    }

    /** Classes, not interfaces such as its listeners, which handlers are made of. */
    private static DescribedPredicate<JavaClass> areSubclassesOf(String library) {
        return DescribedPredicate.describe(
                "extend classes of " + library,
                type -> type.getAllRawSuperclasses().stream().anyMatch(resideInAPackage(library)));
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

    /** Vendors' programs write JSON that is not ours. */
    @Test
    void onlyTheSchemaKnowsHowJsonIsWritten() {
        noClasses()
                .that()
                .resideInAnyPackage("io.smi.core..", "io.smi.record..", "io.smi.cli..")
                .and()
                .resideOutsideOfPackage("io.smi.core.command..")
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

    /** What JLine does to a terminal when it is opened is nothing that a status line may do: it has one user. */
    @Test
    void oneClassKnowsJline() {
        classes()
                .that()
                .belongToAnyOf(Terminal.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(smi);
        noClasses()
                .that()
                .doNotBelongToAnyOf(Terminal.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.jline..")
                .check(smi);
    }

    /** But for programs of vendors that ship nothing else to ask. */
    @Test
    void onePackageStartsOtherPrograms() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.smi.core.command..")
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
