package io.smi.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.packaging.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server starts from its cache, wherever it was put. */
@Timeout(120)
class ApiInstalledIT {
    @TempDir
    private Path folder;

    @Test
    void startsWithItsCacheInAnyFolder() throws Exception {
        Path home = Program.copyTo(folder.resolve("moved and renamed"));
        try (ApiProcess smi =
                        ApiProcess.start(Program.CACHE_REQUIRED, ApiProcess.command(home, "--listen", "127.0.0.1:0"));
                Answer snapshot = Answer.get(smi.tcp(), "/snapshot")) {
            assertThat(snapshot.status()).isEqualTo(200);
            assertThat(smi.said()).hasLineCount(1);
        }
    }

    /** Few classes are loaded from jars: those that no cache holds, and what the training happened not to meet. */
    @Test
    void theCacheHoldsTheClassesOfAServer() throws Exception {
        Path log = folder.resolve("classes");
        try (ApiProcess smi = ApiProcess.start(
                        Map.of("SMI_JAVA_OPTS", "-Xlog:class+load:file=" + log),
                        ApiProcess.command(Program.HOME, "--listen", "127.0.0.1:0"));
                EventStream events = EventStream.open(smi.tcp(), "/events")) {
            events.frames(1);
            List<String> loaded = Files.readAllLines(log);
            assertThat(loaded).anyMatch(line -> line.contains("io.smi.cli.Main source: shared objects file"));
            assertThat(loaded)
                    .filteredOn(line -> line.contains("source: /") || line.contains("source: file:"))
                    .hasSizeLessThan(20);
        }
    }
}
