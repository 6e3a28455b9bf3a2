package io.smi.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged manual pages, before the strictest reader of such. */
@Tag("peer")
class ManualPeerIT {
    @Test
    void mandocHasNothingToSay() throws Exception {
        Peers.require("mandoc");
        List<String> command = new ArrayList<>(List.of("mandoc", "-T", "lint", "-W", "style"));
        try (Stream<Path> pages = Files.list(Program.HOME.resolve("share/man/man1"))) {
            pages.map(Path::toString).forEach(command::add);
        }
        assertThat(command).hasSizeGreaterThan(8);
        Outcome outcome = Program.run(Map.of(), command.toArray(String[]::new));
        assertThat(outcome.out() + outcome.err()).isEmpty();
        assertThat(outcome.status()).isZero();
    }
}
