package io.smi.cli.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import io.smi.schema.FrameDecoder;
import io.smi.schema.Gpu;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program and a vendor's command that leaves a daemon behind. */
class VendorCommandIT {
    private static final String SMI = Program.HOME.resolve("bin/smi").toString();

    @TempDir
    private Path folder;

    /** Nothing but its parent tells whose the daemon is: it has a session of its own and no environment. */
    @BeforeEach
    void aCard() throws Exception {
        Files.createDirectories(folder.resolve("sys"));
        Files.createFile(Files.createDirectories(folder.resolve("root/dev")).resolve("rbln0"));
        Path command = Files.createDirectories(folder.resolve("bin")).resolve("rbln-stat");
        Files.writeString(command, """
                #!/bin/sh
                (env -i setsid sleep 1000 & echo $! >> %s/daemons)
                echo '{"devices": [{"uuid": "first", "device": "rbln0"}]}'
                """.formatted(folder));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void aDaemonWithoutEnvironmentEndsWithItsFrame() throws Exception {
        Outcome outcome = snapshot();
        assertThat(FrameDecoder.decode(outcome.out().getBytes(StandardCharsets.UTF_8))
                        .gpus())
                .as(outcome.err())
                .extracting(Gpu::uuid)
                .containsExactly("first");
        for (String daemon : Files.readAllLines(folder.resolve("daemons"))) {
            assertThat(Path.of("/proc", daemon)).doesNotExist();
        }
    }

    /** What a shell started before it became smi is smi's child, and none of its commands. */
    @Test
    void aChildOfBeforeIsLetBe() throws Exception {
        Path child = folder.resolve("child");
        Outcome outcome = snapshot("sh", "-c", "sleep 1000 & echo $! > " + child + "; exec \"$@\"", "sh");
        assertThat(outcome.status()).isZero();
        ProcessHandle before = ProcessHandle.of(
                        Long.parseLong(Files.readString(child).strip()))
                .orElseThrow();
        assertThat(before.destroyForcibly()).isTrue();
        for (String daemon : Files.readAllLines(folder.resolve("daemons"))) {
            ProcessHandle.of(Long.parseLong(daemon)).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    private Outcome snapshot(String... before) throws Exception {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(SMI, "snapshot", "--json", "--window", "0", "--include", "gpu"));
        command.addAll(List.of("--path.sysfs", folder + "/sys", "--path.rootfs", folder + "/root"));
        String path = folder.resolve("bin") + ":" + System.getenv("PATH");
        return Program.run(Map.of("PATH", path), command.toArray(String[]::new));
    }
}
