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
        for (String cache : List.of("snapshot", "record", "replay", "api", "cli")) {
            Files.writeString(home.resolve("lib/" + cache + ".aot"), "cache");
        }
        for (String command : List.of("snapshot", "record", "replay", "api")) {
            assertThat(launch(Map.of(), command)).contains(cache(command));
        }
        assertThat(launch(Map.of(), "doctor")).as("reads what a snapshot reads").contains(cache("snapshot"));
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
        String other = home + "/bin/smi record >" + home.resolve("out");
        Program.run(Map.of(), "script", "-qec", other, "/dev/null");
        assertThat(home.resolve("out")).content().contains("-Dsmi.stdout.tty=false", "-Dsmi.stderr.tty=true");
    }

    @Test
    void nativeLibrariesAreFoundBesideTheJars() throws Exception {
        String lib = home + "/bin/../lib";
        for (String command : List.of("record", "replay", "api")) {
            assertThat(launch(Map.of(), command))
                    .contains("-DZstdNativePath=" + lib + "/libzstd-jni.so")
                    .contains("-Dlibrary.jline.path=" + lib, "-Djline.tmpdir=" + lib);
        }
        for (String command : List.of("snapshot", "record", "api")) {
            assertThat(launch(Map.of(), command))
                    .contains("-Djna.boot.library.path=" + lib, "-Djna.nounpack=true")
                    .contains("-Djna.platform.library.path=");
        }
    }

    @Test
    void whatStaysTakesLittleMemory() throws Exception {
        for (String command : List.of("record", "api")) {
            assertThat(launch(Map.of(), command)).contains("-Xmx96m", "-XX:+ExitOnOutOfMemoryError");
        }
        for (String command : List.of("replay", "snapshot", "--help")) {
            assertThat(launch(Map.of(), command)).contains("-Xmx256m").doesNotContain("-XX:+ExitOnOutOfMemoryError");
        }
    }

    @Test
    void theServersPathNeedsAClassLoader() throws Exception {
        List<String> lines = launch(Map.of(), "api");
        assertThat(lines).noneMatch(line -> line.startsWith(BOOT));
        assertThat(lines.get(lines.indexOf("-cp") + 1).split(":"))
                .isSubsetOf(shipped())
                .anyMatch(jar -> jar.contains("/undertow-"))
                .anyMatch(jar -> jar.contains("/zstd-jni-"))
                .noneMatch(jar -> jar.contains("/jline-"));
    }

    @Test
    void recordingsNeedTheirLibraries() throws Exception {
        for (String command : List.of("record", "replay")) {
            assertThat(bootPath(command))
                    .isSubsetOf(shipped())
                    .anyMatch(jar -> jar.contains("/zstd-jni-"))
                    .anyMatch(jar -> jar.contains("/jline-"))
                    .noneMatch(jar -> jar.contains("/undertow-") || jar.contains("/xnio-"));
        }
    }

    /** The boot loader, whose path other recordings have, does not know the JDK's HTTP client. */
    @Test
    void anotherMachinesRecordingNeedsAClassLoader() throws Exception {
        Files.writeString(home.resolve("lib/record.aot"), "cache");
        for (List<String> from : List.of(List.of("--from", "http://a"), List.of("--from=http://a"))) {
            String[] arguments =
                    Stream.concat(Stream.of("record", "-o", "-"), from.stream()).toArray(String[]::new);
            List<String> lines = launch(Map.of(), arguments);
            assertThat(lines)
                    .noneMatch(line -> line.startsWith(BOOT))
                    .noneMatch(line -> line.startsWith("-XX:AOTCache"));
            assertThat(lines.get(lines.indexOf("-cp") + 1)).contains("/zstd-jni-", "/smi-record-");
        }
    }

    @Test
    void otherCommandsDoWithoutThese() throws Exception {
        for (String command : List.of("snapshot", "schema")) {
            assertThat(bootPath(command))
                    .isSubsetOf(shipped())
                    .noneMatch(jar -> jar.contains("/undertow-") || jar.contains("/xnio-"))
                    .noneMatch(jar -> jar.contains("/zstd-jni-") || jar.contains("/jline-"));
        }
    }

    @Test
    void whatReadsTheMachineMayCallLibraries() throws Exception {
        for (String command : List.of("snapshot", "record")) {
            assertThat(bootPath(command)).anyMatch(jar -> jar.contains("/jna-"));
        }
        List<String> api = launch(Map.of(), "api");
        assertThat(api.get(api.indexOf("-cp") + 1)).contains("/jna-");
        for (String command : List.of("replay", "schema")) {
            assertThat(bootPath(command)).noneMatch(jar -> jar.contains("/jna-"));
        }
    }

    @Test
    void oshiIsOnThePathOfThoseWhoAskForIt() throws Exception {
        for (String command : List.of("snapshot", "record", "api")) {
            assertThat(launch(Map.of(), command, "--reader=linux")).noneMatch(line -> line.contains("/oshi-"));
            List<String> oshi = launch(Map.of(), command, "--reader=oshi");
            assertThat(oshi.get(oshi.indexOf("-cp") + 1)).contains("/smi-cli-", "/oshi-core-", "/slf4j-nop-", "/jna-5");
            assertThat(oshi).noneMatch(line -> line.startsWith("-XX:AOTCache") || line.startsWith("-Xbootclasspath"));
        }
    }

    @Test
    void everyJarIsForSomeCommand() throws Exception {
        List<String> api = launch(Map.of(), "api");
        List<String> oshi = launch(Map.of(), "snapshot", "--reader", "oshi");
        assertThat(Stream.of(
                                List.of(oshi.get(oshi.indexOf("-cp") + 1).split(":")),
                                List.of(api.get(api.indexOf("-cp") + 1).split(":")),
                                bootPath("record"),
                                bootPath("replay"))
                        .flatMap(List::stream))
                .containsAll(shipped());
    }

    /** The first of these is the class path, too: the JVM wants one. */
    private List<String> bootPath(String command) throws Exception {
        List<String> lines = launch(Map.of(), command);
        String boot =
                lines.stream().filter(line -> line.startsWith(BOOT)).findFirst().orElseThrow();
        List<String> path = List.of(boot.substring(BOOT.length()).split(":"));
        assertThat(lines.get(lines.indexOf("-cp") + 1)).isEqualTo(path.getFirst());
        return path;
    }

    private List<String> shipped() throws IOException {
        try (Stream<Path> files = Files.list(Program.HOME.resolve("lib"))) {
            return files.map(file -> home + "/bin/../lib/" + file.getFileName())
                    .filter(name -> name.endsWith(".jar"))
                    .toList();
        }
    }
}
