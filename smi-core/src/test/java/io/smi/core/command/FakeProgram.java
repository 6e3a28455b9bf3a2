package io.smi.core.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;

/** A vendor's program that a test makes. */
public final class FakeProgram {
    private FakeProgram() {}

    /** Puts one of this name into a folder: what a shell makes of the script. */
    public static void install(Path folder, String name, String script) throws IOException {
        Path program = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
    }

    /** Neither running nor a zombie, or is not soon. */
    public static void assertGone(String pid) throws InterruptedException {
        Path process = Path.of("/proc", pid);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (Files.exists(process) && System.nanoTime() < deadline) {
            Thread.sleep(10);
        }
        assertThat(process).doesNotExist();
    }
}
