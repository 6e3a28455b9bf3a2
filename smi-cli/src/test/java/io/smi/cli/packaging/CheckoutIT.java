package io.smi.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.packaging.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root of a checkout, in one where nothing is built, on a machine that has only what a test gives it. */
class CheckoutIT {
    private static final String PROGRAM = "smi-cli/target/smi/bin/smi";

    @TempDir
    private Path folder;

    private Path checkout;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void checkOut() throws IOException {
        checkout = Files.createDirectories(folder.resolve("check out"));
        String script = Files.readString(Path.of(System.getProperty("smi.checkout"), "smi"));
        executable(
                checkout.resolve("smi"), script.replace(" /usr/", " /nowhere/").replace(" /opt/", " /nowhere/"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        for (String command : List.of("readlink", "flock")) {
            script(folder.resolve("commands").resolve(command), "PATH=/usr/bin:/bin exec " + command + " \"$@\"\n");
        }
        environment.put("PATH", folder.resolve("commands").toString());
        environment.put("HOME", folder.toString());
        environment.put("JAVA_HOME", "");
    }

    private void installJdk(String version) throws IOException {
        Path jdk = folder.resolve(".sdkman/candidates/java/" + version);
        script(jdk.resolve("bin/javac"), "");
        script(jdk.resolve("bin/jlink"), "");
        Files.writeString(jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
    }

    /** A Maven that notes where and on what it runs, talks on both channels, and then does this. */
    private void installMaven(String build) throws IOException {
        script(folder.resolve("commands/mvn"), """
                PATH=/usr/bin:/bin
                echo "$PWD $JAVA_HOME" >>"$HOME/builds"
                echo to stdout
                echo to stderr >&2
                """ + build);
    }

    private void installWorkingMaven() throws IOException {
        installMaven("""
                sleep 1
                mkdir -p smi-cli/target/smi/bin
                cp "$HOME/program" smi-cli/target/smi/bin/smi
                """);
        script(folder.resolve("program"), "printf '%s\\n' \"$@\"\nexit 3\n");
    }

    private static void script(Path path, String commands) throws IOException {
        executable(path, "#!/bin/sh\n" + commands);
    }

    private static void executable(Path path, String text) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome smi(String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = checkout.resolve("smi").toString();
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Program.run(environment, command);
    }

    @Test
    void theFirstRunBuildsAndRuns() throws Exception {
        installJdk("17.0.15");
        installJdk("25.0.3");
        installWorkingMaven();
        Outcome outcome = smi("two words");
        assertThat(outcome.out()).isEqualTo("two words\n");
        assertThat(outcome.status()).isEqualTo(3);
        assertThat(outcome.err()).startsWith("smi: ").contains("to stdout", "to stderr");
        assertThat(folder.resolve("builds")).hasContent(checkout + " " + folder + "/.sdkman/candidates/java/25.0.3");
    }

    @Test
    void laterRunsBuildNothing() throws Exception {
        script(checkout.resolve(PROGRAM), "echo built\n");
        assertThat(smi()).isEqualTo(new Outcome(0, "built\n", ""));
    }

    @Test
    void ofTwoFirstRunsOneBuilds() throws Exception {
        installJdk("25");
        installWorkingMaven();
        CompletableFuture<Outcome> other = CompletableFuture.supplyAsync(() -> {
            try {
                return smi("other");
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(smi("one").out()).isEqualTo("one\n");
        assertThat(other.get().out()).isEqualTo("other\n");
        assertThat(Files.readAllLines(folder.resolve("builds"))).hasSize(1);
    }

    @Test
    void withoutJdk25OneLineSaysSo() throws Exception {
        installJdk("17.0.15");
        installJdk("251");
        installWorkingMaven();
        assertOneLine(smi("snapshot"), "JDK 25");
    }

    @Test
    void withoutMavenOneLineSaysSo() throws Exception {
        installJdk("25.0.3");
        assertOneLine(smi("snapshot"), "Maven");
    }

    private static void assertOneLine(Outcome outcome, String word) {
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).startsWith("smi: ").contains(word).hasLineCount(1);
    }

    @Test
    void aFailedBuildEndsWithALineThatSaysSo() throws Exception {
        installJdk("25.0.3");
        installMaven("exit 1\n");
        Outcome outcome = smi("snapshot");
        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).endsWith("to stderr\nsmi: the build failed\n");
    }

    @Test
    void aLinkFindsTheCheckout() throws Exception {
        script(checkout.resolve(PROGRAM), "echo built\n");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("check out/smi"));
        assertThat(Program.run(environment, "/bin/sh", "-c", "cd / && '" + link + "'"))
                .isEqualTo(new Outcome(0, "built\n", ""));
    }
}
