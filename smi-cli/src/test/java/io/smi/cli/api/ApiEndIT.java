package io.smi.cli.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.api.EventStream.Event;
import io.smi.cli.packaging.Program;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the packaged server ends: soon, and with whole answers. */
@Timeout(180)
class ApiEndIT {
    /** It is to take 2 s; a machine that does much else takes longer. */
    private static final Duration SOON = Duration.ofSeconds(10);

    @TempDir
    private Path folder;

    /** Signals that are ignored where Maven was started stay ignored. */
    private ApiProcess start() throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
        command.addAll(ApiProcess.command(
                Program.HOME,
                "--listen",
                "127.0.0.1:0",
                "--socket",
                folder.resolve("smi.sock").toString(),
                "--interval",
                "100ms"));
        return ApiProcess.start(Map.of(), command);
    }

    private static void assertEndsSoon(ApiProcess smi, String signal) throws Exception {
        long start = System.nanoTime();
        smi.signal(signal);
        assertThat(smi.awaitEnd()).as(smi.said()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        assertThat(smi.said()).as("nothing but where it served").hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "INT", "TERM"})
    void aSignalEndsTheStreamsAndThenTheServer(String signal) throws Exception {
        try (ApiProcess smi = start();
                EventStream tcp = EventStream.open(smi.tcp(), "/events");
                EventStream unix = EventStream.open(smi.unix(), "/events")) {
            tcp.frames(2);
            unix.frames(2);
            assertEndsSoon(smi, signal);
            for (EventStream stream : List.of(tcp, unix)) {
                assertThat(stream.last())
                        .returns("server.state", Event::kind)
                        .returns("{\"mode\":\"draining\"}", Event::data);
            }
            assertThat(folder.resolve("smi.sock")).doesNotExist();
        }
    }

    @Test
    void oneWhoDoesNotReadHoldsUpNothing() throws Exception {
        try (ApiProcess smi = start();
                SocketChannel silent = SocketChannel.open()) {
            silent.setOption(StandardSocketOptions.SO_RCVBUF, 4096).connect(smi.tcp());
            silent.write(ByteBuffer.wrap(
                    "GET /events?include=process HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII)));
            try (EventStream other = EventStream.open(smi.tcp(), "/events?include=process")) {
                other.frames(20); // of many kilobytes each
            }
            assertEndsSoon(smi, "TERM");
        }
    }

    @Test
    void aThousandStreamsEndWhole() throws Exception {
        try (ApiProcess smi = start();
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Event>> last = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                SocketAddress address = i % 2 == 0 ? smi.tcp() : smi.unix();
                last.add(threads.submit(() -> {
                    try (EventStream stream = EventStream.open(address, "/events?include=memory")) {
                        return stream.last();
                    }
                }));
            }
            Await.until("1000 clients", () -> Health.of(smi.unix()).sseClients() == 1000);
            assertEndsSoon(smi, "TERM");
            for (Future<Event> event : last) {
                assertThat(event.get().data()).isEqualTo("{\"mode\":\"draining\"}");
            }
        }
    }
}
