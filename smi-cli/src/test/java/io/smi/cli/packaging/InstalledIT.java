package io.smi.cli.packaging;

import static io.smi.cli.packaging.Program.CACHE_REQUIRED;
import static io.smi.cli.packaging.Program.run;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program.Outcome;
import io.smi.schema.FrameDecoder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wherever users put the program and however they call it, it starts, and with its cache. */
class InstalledIT {
    @TempDir
    private static Path folder;

    private static Path home;

    private Path links;

    @BeforeAll
    static void install() throws Exception {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        home = Program.copyTo(folder.resolve("moved and renamed"));
    }

    @BeforeEach
    void makeRoomForLinks() throws IOException {
        links = Files.createTempDirectory(folder, "links");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"$SMI/bin/smi\"",
                "cd \"$SMI/..\" && 'moved and renamed/bin/smi'",
                "cd \"$SMI/bin\" && ./smi",
                "cd \"$SMI/bin\" && sh smi",
                "PATH=\"$SMI/bin:$PATH\" && smi",
                "cd \"$SMI/bin\" && PATH=\":$PATH\" && smi",
                "ln -s \"$SMI/bin/smi\" \"$LINKS/other name\" && \"$LINKS/other name\"",
                "cd \"$LINKS\" && ln -s \"$SMI\" home && ln -s home/bin/smi a && ln -s ./a b && cd / && \"$LINKS/b\"",
                "ln -s \"$SMI/bin\" \"$LINKS/bin\" && cd \"$LINKS\" && PATH=\"bin:$PATH\" && smi",
            })
    void startsWithItsCache(String call) throws Exception {
        assertOneFrame(run(environment(), "sh", "-c", call + " snapshot --json --window 0"));
    }

    @Test
    void recordsAndReplaysWithItsCaches() throws Exception {
        String record = "\"$SMI/bin/smi\" record -o run.jsonl.zst --interval 50ms --duration 200ms --quiet";
        String replay = "\"$SMI/bin/smi\" replay --json run.jsonl.zst | head -n 1";
        assertOneFrame(run(environment(), "sh", "-c", "cd \"$LINKS\" && " + record + " && " + replay));
    }

    @ParameterizedTest
    @CsvSource({"dash, dash", "bash, bash --posix", "busybox, busybox sh"})
    void everyPosixShellRunsTheLauncher(String command, String shell) throws Exception {
        assumeTrue(Peers.has(command), command + " is not installed");
        assertOneFrame(run(environment(), "sh", "-c", shell + " \"$SMI/bin/smi\" snapshot --json --window 0"));
    }

    @Test
    void anyUserMayRunIt() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root may become another user");
        assumeTrue(Peers.has("setpriv"), "setpriv is not installed");
        String nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups --no-new-privs";
        assertOneFrame(run(environment(), "sh", "-c", nobody + " \"$SMI/bin/smi\" snapshot --json --window 0"));
    }

    /** With a quarter of that for its heap, the JVM would give up compressed pointers, and with them the cache. */
    @Test
    void aMachineWithMuchMemoryStartsWithTheCacheToo() throws Exception {
        assertOneFrame(Program.snapshot(home, Map.of("SMI_JAVA_OPTS", "-XX:MaxRAM=2048g -XX:AOTMode=on")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "C.UTF-8", ""})
    void aNameThatIsNotAsciiIsWrittenInAnyLocale(String locale) throws Exception {
        Path file = links.resolve("übersicht.json");
        Outcome outcome = run(
                Map.of("SMI", home.toString(), "LC_ALL", locale, "OUT", file.toString()),
                "sh",
                "-c",
                "\"$SMI/bin/smi\" snapshot --json --window 0 -o \"$OUT\"");
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(FrameDecoder.decode(Files.readAllBytes(file)).memory()).isNotEmpty();
    }

    /** What the tests above rest on: without its cache, it would not have started. */
    @Test
    void aCacheCutShortIsRefused() throws Exception {
        Path other = Program.copyTo(links.resolve("smi"));
        cut(other.resolve("lib/snapshot.aot"));
        assertThat(Program.snapshot(other, CACHE_REQUIRED).status()).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "empty", "cut short"})
    void withoutACacheStdoutIsStillOneFrame(String state) throws Exception {
        Path other = Program.copyTo(links.resolve("smi"));
        Path cache = other.resolve("lib/snapshot.aot");
        switch (state) {
            case "deleted" -> Files.delete(cache);
            case "empty" -> Files.write(cache, new byte[0]);
            default -> cut(cache);
        }
        assertOneFrame(Program.snapshot(other, Map.of()));
    }

    private static void cut(Path cache) throws Exception {
        try (RandomAccessFile file = new RandomAccessFile(cache.toFile(), "rw")) {
            file.setLength(file.length() / 2);
        }
    }

    private Map<String, String> environment() {
        return Map.of(
                "SMI",
                home.toString(),
                "LINKS",
                links.toString(),
                "SMI_JAVA_OPTS",
                CACHE_REQUIRED.get("SMI_JAVA_OPTS"));
    }

    private static void assertOneFrame(Outcome outcome) throws Exception {
        assertThat(outcome.status()).as(outcome.err()).isZero();
        assertThat(FrameDecoder.decode(outcome.out().getBytes(UTF_8)).memory()).isNotEmpty();
    }
}
