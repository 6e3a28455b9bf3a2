package io.smi.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher tells the JVM: in place of the JVM there is a script that prints it. */
class LauncherIT {
    private static final String MAIN = "io.smi.cli.Main";
    private static final String BOOT = "-Xbootclasspath/a:";

    @TempDir
    private Path home;

    @BeforeEach
    void replaceTheJvm() throws IOException {
        for (String folder : List.of("bin", "lib", "runtime/bin")) {
            Files.createDirectories(home.resolve(folder));
        }
        Files.copy(Program.HOME.resolve("bin/smi"), home.resolve("bin/smi"));
        Path java = home.resolve("runtime/bin/java");
        Files.writeString(java, """
                #!/bin/sh
                printf '%s\\n' "$@" "${JAVA_TOOL_OPTIONS-none}"
                exit 3
                """);
        for (Path script : List.of(home.resolve("bin/smi"), java)) {
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private List<String> launch(Map<String, String> environment, String... arguments) throws Exception {
        String[] command = Stream.concat(Stream.of(home + "/bin/smi"), Arrays.stream(arguments))
                .toArray(String[]::new);
        Outcome outcome = Program.run(environment, command);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.status()).as("the status of the JVM").isEqualTo(3);
        return outcome.out().lines().toList();
    }

    @Test
    void argumentsArePassedAsTheyAre() throws Exception {
        List<String> lines = launch(Map.of(), "snapshot", "two words", "", "*", "$HOME", "-x");
        assertThat(lines).containsSequence(MAIN, "snapshot", "two words", "", "*", "$HOME", "-x");
    }

    @Test
    void moreOptionsComeLastAndAreWords() throws Exception {
        List<String> lines = launch(Map.of("SMI_JAVA_OPTS", " -Xint  -Dglob=/* "), "snapshot");
        assertThat(lines).containsSequence("-Xint", "-Dglob=/*", MAIN, "snapshot");
    }

    @Test
    void optionsForOtherJvmsAreKeptAway() throws Exception {
        List<String> lines = launch(Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseZGC"), "snapshot");
        assertThat(lines).last().isEqualTo("none");
    }

    @Test
    void theCacheIsTheCommandsOwnAndNamedOnlyWhenItIsThere() throws Exception {
        assertThat(launch(Map.of(), "snapshot")).noneMatch(line -> line.startsWith("-XX:AOTCache"));
        for (String cache : List.of("snapshot", "cli")) {
            Files.writeString(home.resolve("lib/" + cache + ".aot"), "cache");
        }
        assertThat(launch(Map.of(), "snapshot")).contains(cache("snapshot"));
        assertThat(launch(Map.of(), "schema")).contains(cache("cli"));
        assertThat(launch(Map.of())).contains(cache("cli"));
        Files.writeString(home.resolve("lib/snapshot.aot"), "");
        assertThat(launch(Map.of(), "snapshot")).noneMatch(line -> line.startsWith("-XX:AOTCache"));
    }

    private String cache(String name) {
        return "-XX:AOTCache=" + home + "/bin/../lib/" + name + ".aot";
    }

    @Test
    void theProgramLearnsWhatIsATerminal() throws Exception {
        assertThat(launch(Map.of(), "snapshot")).contains("-Dsmi.stdout.tty=false", "-Dsmi.stderr.tty=false");
        assumeTrue(Peers.has("script"), "script is not installed");
        Path err = home.resolve("err");
        String command = home + "/bin/smi snapshot 2>" + err;
        assertThat(Program.run(Map.of(), "script", "-qec", command, "/dev/null").out())
                .contains("-Dsmi.stdout.tty=true")
                .contains("-Dsmi.stderr.tty=false");
    }

    @Test
    void theServersJarsAreThoseThatAreShipped() throws Exception {
        List<String> lines = launch(Map.of(), "api");
        assertThat(lines.get(lines.indexOf("-cp") + 1).split(":")).containsExactlyInAnyOrderElementsOf(shipped());
        assertThat(lines).noneMatch(line -> line.startsWith(BOOT));
    }

    @Test
    void otherCommandsDoWithoutTheServersJars() throws Exception {
        List<String> lines = launch(Map.of(), "snapshot");
        String boot =
                lines.stream().filter(line -> line.startsWith(BOOT)).findFirst().orElseThrow();
        assertThat(boot.substring(BOOT.length()).split(":"))
                .contains(lines.get(lines.indexOf("-cp") + 1))
                .isSubsetOf(shipped())
                .noneMatch(jar -> jar.contains("/undertow-") || jar.contains("/xnio-"));
    }

    private List<String> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Program.HOME.resolve("lib"))) {
            return files.map(file -> home + "/bin/../lib/" + file.getFileName())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }
}
