package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.packaging.Program;

/** Programs of others that tests run beside ours. */
public final class Peers {
    private Peers() {}

    /** Skips the test where one of these is not installed; with SMI_PEERS=required it fails. */
    public static void require(String... commands) {
        for (String command : commands) {
            boolean installed = Program.has(command);
            if ("required".equals(System.getenv("SMI_PEERS"))) {
                assertThat(installed).as("%s is installed", command).isTrue();
            }
            assumeTrue(installed, command + " is not installed");
        }
    }
}
