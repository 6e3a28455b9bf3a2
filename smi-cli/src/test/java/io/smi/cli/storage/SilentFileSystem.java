package io.smi.cli.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A mounted file system whose server never answers: {@code smi-cli/src/test/native/silent_fuse.c}. */
public final class SilentFileSystem implements AutoCloseable {
    private final Path point;
    private final Process server;

    private SilentFileSystem(Path point, Process server) {
        this.point = point;
        this.server = server;
    }

    /**
     * Mounts one in this folder; skips the test where that may not be done.
     *
     * @param how {@code deaf} for one that does not even take questions
     */
    public static SilentFileSystem mount(Path folder, String... how) throws Exception {
        assumeTrue(Files.isWritable(Path.of("/dev/fuse")), "FUSE file systems may not be mounted here");
        Peers.require("gcc");
        Path program = folder.resolve("silent_fuse");
        String source = System.getProperty("smi.checkout") + "/smi-cli/src/test/native/silent_fuse.c";
        Program.Outcome compiled = Program.run(Map.of(), "gcc", "-o", program.toString(), source);
        assertThat(compiled.status()).as(compiled.err()).isZero();
        Path point = Files.createDirectory(folder.resolve("silent"));
        List<String> command = new ArrayList<>(List.of(program.toString(), point.toString()));
        command.addAll(List.of(how));
        Process server = new ProcessBuilder(command)
                .redirectError(folder.resolve("silent_fuse.err").toFile())
                .start();
        byte[] said = server.getInputStream().readNBytes("mounted\n".length());
        assumeTrue(said.length > 0, () -> "cannot mount a FUSE file system: " + read(folder));
        assertThat(new String(said, StandardCharsets.US_ASCII)).isEqualTo("mounted\n");
        return new SilentFileSystem(point, server);
    }

    private static String read(Path folder) {
        try {
            return Files.readString(folder.resolve("silent_fuse.err"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Where it is mounted. */
    public Path point() {
        return point;
    }

    /** Unmounts it and lets go of all who wait. */
    @Override
    public void close() throws IOException {
        server.getOutputStream().close();
        server.onExit().join();
    }
}
