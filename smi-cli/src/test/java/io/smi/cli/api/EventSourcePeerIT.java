package io.smi.cli.api;

import static io.smi.cli.packaging.Program.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program.Outcome;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** npm's {@code eventsource} beside the packaged server. */
@Tag("peer")
@Timeout(180)
class EventSourcePeerIT {
    private static final Path CLIENT = Path.of("src/test/node");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void install() throws Exception {
        Peers.require("node", "npm");
        for (String file : List.of("package.json", "package-lock.json", "client.mjs")) {
            Files.copy(CLIENT.resolve(file), folder.resolve(file));
        }
        Outcome installed = run(
                Map.of(), "npm", "--prefix", folder.toString(), "ci", "--ignore-scripts", "--no-audit", "--no-fund");
        assertThat(installed.status()).as(installed.err()).isZero();
    }

    /** The client, and what it has printed and nobody has read. */
    private record Client(Process process, BufferedReader lines) implements AutoCloseable {
        static Client start(String url) throws Exception {
            Process process = new ProcessBuilder("node", "client.mjs", url)
                    .directory(folder.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            return new Client(process, process.inputReader());
        }

        /** What happened next, of this kind. */
        JsonNode next(String kind) throws Exception {
            String line;
            do {
                line = lines.readLine();
                assertThat(line).as("the client goes on").isNotNull();
            } while (!JsonMapper.shared().readTree(line).get("kind").asString().equals(kind));
            return JsonMapper.shared().readTree(line);
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    @Test
    void getsThreeFramesInFiveSeconds() throws Exception {
        try (ApiProcess smi = ApiProcess.start("--listen", "127.0.0.1:0", "--interval", "1s");
                Client client = Client.start(smi.url() + "/events")) {
            client.next("open");
            long start = System.nanoTime();
            long first = client.next("snapshot").get("id").asLong();
            client.next("snapshot");
            assertThat(client.next("snapshot").get("id").asLong()).isEqualTo(first + 2);
            assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(5));
        }
    }

    @Test
    void findsTheServerThatWasStartedAnew() throws Exception {
        String address = "127.0.0.1:" + ApiProcess.freePort();
        Client client;
        try (ApiProcess smi = ApiProcess.start("--listen", address, "--interval", "200ms")) {
            client = Client.start(smi.url() + "/events");
            client.next("snapshot");
            smi.signal("TERM");
            assertThat(client.next("server.state").get("data").asString()).contains("draining");
            assertThat(smi.awaitEnd()).isZero();
        }
        try (client;
                ApiProcess smi = ApiProcess.start("--listen", address, "--interval", "200ms")) {
            assertThat(client.next("server.state").get("data").asString())
                    .isEqualTo("{\"mode\":\"normal\",\"restarted\":true}");
            client.next("snapshot");
            assertThat(Health.of(smi.tcp()).sseClients()).isOne();
        }
    }
}
