package io.smi.cli.api;

import static io.smi.cli.packaging.Program.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged server under systemd: its sockets, and the example units. */
@Tag("peer")
@Timeout(120)
class SystemdPeerIT {
    private static final Path UNITS = Path.of(System.getProperty("smi.checkout"), "examples/systemd");

    @TempDir
    private Path folder;

    @Test
    void aUnixSocketIsHandedOver() throws Exception {
        Path socket = folder.resolve("smi.sock");
        assertServes(socket.toString(), UnixDomainSocketAddress.of(socket), "unix:" + socket);
        assertThat(socket).as("not ours to remove").exists();
    }

    @Test
    void aTcpSocketIsHandedOver() throws Exception {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), ApiProcess.freePort());
        String listen = "127.0.0.1:" + address.getPort();
        assertServes(listen, address, "http://" + listen);
    }

    private static void assertServes(String listen, SocketAddress address, String said) throws Exception {
        Peers.require("systemd-socket-activate");
        List<String> command = new ArrayList<>(List.of("systemd-socket-activate", "--inetd", "-l", listen));
        command.addAll(ApiProcess.command(Program.HOME, "--interval", "200ms"));
        try (ApiProcess smi = ApiProcess.begin(Map.of(), command)) {
            Await.until("systemd listens", () -> smi.said().contains("Listening on"));
            try (EventStream events = EventStream.open(address, "/events")) {
                events.frames(3);
                assertThat(smi.said()).contains("smi: serving on " + said + "\n");
                smi.signal("TERM");
                assertThat(events.last().data()).contains("draining");
                assertThat(smi.awaitEnd()).isZero();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"verify smi.service", "verify smi.socket", "security --offline=true --threshold=25 smi.service"})
    void theUnitsHold(String check) throws Exception {
        Peers.require("systemd-analyze");
        installUnits();
        List<String> command = new ArrayList<>(List.of("systemd-analyze"));
        command.addAll(List.of(check.replace("smi.", folder + "/smi.").split(" ")));
        Outcome outcome = run(Map.of(), command.toArray(String[]::new));
        assertThat(outcome.status()).as(outcome.out() + outcome.err()).isZero();
        assertThat(outcome.err()).isEmpty();
    }

    /** As their comments say, with the program where it is. */
    private void installUnits() throws IOException {
        Path dropIns = Files.createDirectory(folder.resolve("smi.service.d"));
        try (Stream<Path> units = Files.list(UNITS)) {
            for (Path unit : units.toList()) {
                Path to = unit.endsWith("activated.conf") ? dropIns : folder;
                Files.writeString(
                        to.resolve(unit.getFileName()),
                        Files.readString(unit).replace("/opt/smi", Program.HOME.toString()));
            }
        }
    }
}
