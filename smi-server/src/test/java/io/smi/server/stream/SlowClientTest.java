package io.smi.server.stream;

import static io.smi.server.LiveServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.server.EventClient;
import io.smi.server.EventClient.Event;
import io.smi.server.LiveServer;
import io.smi.server.ServerOptions;
import io.smi.server.TestMachine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class SlowClientTest {
    private static final Duration TICK = Duration.ofMillis(50);
    /** Their frames are larger than what the kernel holds for one who does not read. */
    private static final int MANY_GPUS = 255;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void missesWhatItIsTooSlowForAndIsToldHowMuch(int transport) throws Exception {
        try (LiveServer server = new LiveServer(new TestMachine(folder).gpus(MANY_GPUS), TICK).ready();
                EventClient slow = EventClient.small(server.address(transport), "/events");
                EventClient quick = EventClient.open(server.address(transport), "/events")) {
            long last = quick.next("snapshot").seq();
            for (int i = 1; i <= 3 * FrameBus.RING; i++) {
                assertThat(quick.next().seq()).as("the others get every frame").isEqualTo(last + i);
            }
            slow.next("server.state");
            long seq = slow.next().seq();
            int lags = 0;
            while (lags == 0 || seq < last + 3 * FrameBus.RING) {
                Event event = slow.next();
                long dropped = 0;
                if (event.kind().equals("lag")) {
                    lags++;
                    dropped = event.json().get("dropped").longValue();
                    assertThat(dropped).isGreaterThanOrEqualTo(FrameBus.RING - 1);
                    event = slow.next();
                }
                assertThat(event.seq()).isEqualTo(seq + dropped + 1);
                seq = event.seq();
            }
            assertThat(lags).as("told once").isEqualTo(1);
            assertThat(server.get("/metrics").text()).containsPattern("\nsmi_sse_dropped_total [1-9]");
        }
    }

    @Test
    void whatIsHeldForThoseWhoDoNotReadHasAnEnd() throws Exception {
        List<EventClient> stuck = new ArrayList<>();
        try (LiveServer server = new LiveServer(new TestMachine(folder).gpus(MANY_GPUS), TICK).ready()) {
            await(() -> server.frame().get("gpus").size() == MANY_GPUS);
            int most = (24 << 20) / server.get("/snapshot").text().length();
            for (int i = 0; i < most + 30; i++) {
                stuck.add(EventClient.small(server.tcp(), "/events"));
            }
            await(() -> server.clients() <= most);
            try (EventClient quick = server.events("")) {
                long enough = quick.next("snapshot").seq() + FrameBus.RING;
                while (quick.next("snapshot").seq() < enough) {}
            }
            assertThat(server.clients()).as("no more are let go than must be").isGreaterThan(most / 2);
        } finally {
            for (EventClient client : stuck) {
                client.close();
            }
        }
    }

    @Test
    void oneThatNeverReadsIsNotWaitedForInTheEnd() throws Exception {
        LiveServer server = new LiveServer(new TestMachine(folder).gpus(MANY_GPUS), TICK).ready();
        try (EventClient stuck = EventClient.small(server.tcp(), "/events");
                EventClient quick = server.events("")) {
            long first = quick.next("snapshot").seq();
            while (quick.next().seq() < first + FrameBus.RING) {}
            long start = System.nanoTime();
            server.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
            assertThat(quick.rest().getLast().data()).isEqualTo("{\"mode\":\"draining\"}");
            assertThat(stuck.next().kind()).isEqualTo("retry");
        }
    }

    @Test
    void oneThatNeverReadsGrowsOldToo() throws Exception {
        ServerOptions.Streams brief = new ServerOptions.Streams(9, Duration.ofMillis(300));
        try (LiveServer server = new LiveServer(new TestMachine(folder).gpus(MANY_GPUS), TICK, brief).ready();
                EventClient stuck = EventClient.small(server.tcp(), "/events")) {
            await(() -> server.clients() == 0);
            assertThat(stuck.next().kind()).isEqualTo("retry");
        }
    }

    @Test
    void aWholeFrameIsTheMostThatIsKeptForOneThatNeverReads() throws Exception {
        try (LiveServer server = new LiveServer(
                        new TestMachine(folder).processes(400), TICK, new ServerOptions.Streams(500, null))
                .ready()) {
            int clients = 100;
            EventClient[] stuck = new EventClient[clients];
            for (int i = 0; i < clients; i++) {
                stuck[i] = EventClient.small(server.address(i), "/events?include=gpu,process&device=" + i);
            }
            long before = used();
            long start = server.frame().get("seq").longValue();
            await(() -> server.frame().get("seq").longValue() > start + 2 * FrameBus.RING);
            assertThat(used() - before).as("of 100 kB each").isLessThan(48L << 20);
            for (EventClient client : stuck) {
                client.close();
            }
            await(() -> server.clients() == 0);
        }
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
