package io.smi.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.api.EventStream.Event;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many clients of the packaged server at once. */
@Timeout(120)
class ApiClientsIT {
    private static final int CLIENTS = 50;
    private static final int FRAMES = 20;

    @TempDir
    private Path folder;

    @Test
    void fiftyClientsGetTheSameBytesOfAFrame() throws Exception {
        try (ApiProcess smi = ApiProcess.start("--listen", "127.0.0.1:0", "--interval", "100ms");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<Event>>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    try (EventStream stream = EventStream.open(smi.tcp(), "/events")) {
                        return stream.frames(FRAMES);
                    }
                }));
            }
            Map<String, String> frames = new HashMap<>();
            int received = 0;
            for (Future<List<Event>> client : clients) {
                for (Event frame : client.get()) {
                    assertThat(frames.merge(frame.id(), frame.data(), (first, other) -> first))
                            .isEqualTo(frame.data());
                    received++;
                }
            }
            assertThat(received).isEqualTo(CLIENTS * FRAMES);
        }
    }

    @Test
    void aHundredClientsKilledAtOnceLeaveNothing() throws Exception {
        Path socket = folder.resolve("smi.sock");
        try (ApiProcess smi =
                ApiProcess.start("--listen", "127.0.0.1:0", "--socket", socket.toString(), "--interval", "100ms")) {
            Await.until("no client", () -> Health.of(smi.unix()).sseClients() == 0);
            long before = sockets(smi);
            List<EventStream> streams = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                SocketAddress address = i % 2 == 0 ? smi.tcp() : smi.unix();
                streams.add(EventStream.open(address, "/events"));
            }
            Await.until("100 clients", () -> Health.of(smi.unix()).sseClients() == 100);
            assertThat(sockets(smi)).isGreaterThanOrEqualTo(100);
            for (EventStream stream : streams) {
                stream.close();
            }
            Await.until("no client again", () -> Health.of(smi.unix()).sseClients() == 0);
            Await.until("no descriptor of theirs", () -> sockets(smi) <= before);
        }
    }

    /** How many it has open; the readers open their files when they need them. */
    private static long sockets(ApiProcess smi) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc/" + smi.pid() + "/fd"))) {
            return all.filter(ApiClientsIT::isSocket).count();
        }
    }

    private static boolean isSocket(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
        } catch (IOException e) {
            return false; // closed meanwhile
        }
    }
}
