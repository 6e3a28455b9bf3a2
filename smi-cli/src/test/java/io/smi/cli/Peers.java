package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Programs of others that tests run beside ours. */
public final class Peers {
    private Peers() {}

    /** Skips the test where one of these is not installed; with SMI_PEERS=required it fails. */
    public static void require(String... commands) {
        for (String command : commands) {
            require(command, has(command));
        }
    }

    /** The same for a class that the profile peers brings. */
    public static void requireClass(String name) {
        require(name, ClassLoader.getSystemResource(name.replace('.', '/') + ".class") != null);
    }

    private static void require(String peer, boolean installed) {
        if ("required".equals(System.getenv("SMI_PEERS"))) {
            assertThat(installed).as("%s is installed", peer).isTrue();
        }
        assumeTrue(installed, peer + " is not installed");
    }

    /** Whether this machine has a command. */
    public static boolean has(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }
}
