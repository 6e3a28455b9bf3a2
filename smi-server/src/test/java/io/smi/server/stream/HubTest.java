package io.smi.server.stream;

import static io.smi.server.LiveServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.smi.schema.FrameDecoder;
import io.smi.schema.JsonSchema;
import io.smi.schema.Section;
import io.smi.server.Answer;
import io.smi.server.EventClient;
import io.smi.server.EventClient.Event;
import io.smi.server.LiveServer;
import io.smi.server.ServerOptions;
import io.smi.server.TestMachine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /events}, as its clients see it. */
@Timeout(60)
class HubTest {
    private static final Duration TICK = Duration.ofMillis(50);

    @TempDir
    Path folder;

    private TestMachine machine;
    private LiveServer server;

    @BeforeEach
    void start() throws Exception {
        machine = new TestMachine(folder).gpus(3);
        server = new LiveServer(machine, TICK).ready();
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void tellsItsStateAndTheNewestFrameThenOnePerTick(int transport) throws Exception {
        long before = server.frame().get("seq").longValue();
        try (EventClient client = EventClient.open(server.address(transport), "/events")) {
            assertThat(client.next()).isEqualTo(new Event("retry", null, "2000"));
            assertThat(client.next()).isEqualTo(new Event("server.state", null, "{\"mode\":\"normal\"}"));
            long seq = client.next().seq();
            assertThat(seq).isGreaterThanOrEqualTo(before);
            for (int i = 1; i <= 20; i++) {
                assertThat(client.next().seq()).isEqualTo(seq + i);
            }
        }
    }

    @Test
    void everyFrameIsValidAndReadableAndThatOfSnapshot() throws Exception {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(JsonSchema.text());
        try (EventClient client = server.events("?include=memory,process")) {
            client.next("snapshot");
            int same = 0;
            for (int i = 0; i < 10 || same == 0; i++) {
                Event event = client.next("snapshot");
                assertThat(schema.validate(event.data(), InputFormat.JSON)).isEmpty();
                byte[] json = event.data().getBytes(StandardCharsets.UTF_8);
                assertThat(FrameDecoder.decode(json).sections()).isEqualTo(Set.of(Section.MEMORY, Section.PROCESS));
                Answer snapshot = server.get("/snapshot?include=process,memory");
                if (snapshot.json().get("seq").longValue() == event.seq()) {
                    assertThat(snapshot.text()).isEqualTo(event.data() + "\n");
                    same++;
                }
            }
        }
    }

    @Test
    void sendsTheSectionsThatAreAskedFor() throws Exception {
        try (EventClient memory = server.events("?include=memory");
                EventClient usual = server.events("")) {
            assertThat(keys(memory.next("snapshot")))
                    .contains("memory", "errors")
                    .doesNotContain("cpus", "gpus");
            assertThat(keys(usual.next("snapshot")))
                    .contains("gpus", "cpus", "memory", "chassis")
                    .doesNotContain("processes");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "?device=0000:01:00.0 | 0000:01:00.0",
                "?device=0000:02:00.0&device=0000:00:00.0 | 0000:00:00.0,0000:02:00.0",
                "?device=GPU-unknown | ''",
                "?device=GPU-unknown&device=0000:01:00.0 | 0000:01:00.0",
                "? | 0000:00:00.0,0000:01:00.0,0000:02:00.0"
            })
    void sendsTheGpusThatAreAskedFor(String query, String expected) throws Exception {
        try (EventClient client = server.events(query)) {
            List<String> gpus = new ArrayList<>();
            Event event = client.next("snapshot");
            event.json()
                    .get("gpus")
                    .forEach(gpu -> gpus.add(gpu.get("pci_bus_id").stringValue()));
            assertThat(String.join(",", gpus)).isEqualTo(expected);
            assertThat(keys(event)).contains("cpus", "memory", "chassis");
        }
    }

    @Test
    void tellsWhatBecameOfADeviceToThoseWhoWantToKnow() throws Exception {
        try (EventClient all = server.events("");
                EventClient other = server.events("?device=" + TestMachine.gpu(0));
                EventClient only = server.events("?events=device");
                EventClient frames = server.events("?events=snapshot")) {
            for (EventClient client : List.of(all, other, frames)) {
                client.next("snapshot");
            }
            assertThat(only.next().kind()).isEqualTo("retry");
            machine.sleeps(1);
            Event told = all.next("device.updated");
            assertThat(told.id()).isNull();
            assertThat(told.json().get("uuid").stringValue()).isEqualTo(TestMachine.gpu(1));
            assertThat(told.json().get("changed").toString()).isEqualTo("{\"state\":[null,\"asleep\"]}");
            long seq = told.json().get("seq").longValue();
            Event frame = all.next();
            assertThat(frame.seq()).as("the frame that it comes with").isEqualTo(seq);
            assertThat(frame.json().get("gpus").get(1).get("state").stringValue())
                    .isEqualTo("asleep");
            assertThat(only.next()).isEqualTo(told);
            for (EventClient client : List.of(other, frames)) {
                long last = 0;
                while (last <= seq) {
                    last = client.next().seq();
                }
            }
        }
    }

    @Test
    void sendsTheKindsThatAreAskedFor() throws Exception {
        try (EventClient state = server.events("?events=server");
                EventClient frames = server.events("?events=snapshot");
                EventClient beats = server.events("?events=heartbeat&heartbeat=1")) {
            assertThat(frames.next().kind()).isEqualTo("retry");
            assertThat(frames.next().kind()).isEqualTo("snapshot");
            assertThat(beats.next().kind()).isEqualTo("retry");
            assertThat(beats.next()).isEqualTo(new Event("heartbeat", null, "{}"));
            assertThat(beats.next()).isEqualTo(new Event("heartbeat", null, "{}"));
            server.server().close();
            assertThat(beats.rest()).isEmpty();
            assertThat(state.rest())
                    .containsExactly(
                            new Event("retry", null, "2000"),
                            new Event("server.state", null, "{\"mode\":\"normal\"}"),
                            new Event("server.state", null, "{\"mode\":\"draining\"}"));
            assertThat(frames.rest()).allMatch(event -> event.kind().equals("snapshot"));
        }
    }

    @Test
    void keepsAStreamAliveOnWhichNothingIsSent() throws Exception {
        try (EventClient quiet = server.events("?events=device&heartbeat=1")) {
            assertThat(quiet.next().kind()).isEqualTo("retry");
            assertThat(quiet.next()).isEqualTo(new Event("comment", null, "keep-alive"));
            assertThat(quiet.next()).isEqualTo(new Event("comment", null, "keep-alive"));
        }
    }

    @Test
    void aThrottleOfTheIntervalLosesNoFrame() throws Exception {
        try (EventClient client = server.events("?events=snapshot&throttle=0.05")) {
            long first = client.next("snapshot").seq();
            for (int i = 1; i <= 40; i++) {
                assertThat(client.next().seq()).isEqualTo(first + i);
            }
        }
    }

    @Test
    void aThrottleLeavesOutWhatComesTooEarly() throws Exception {
        try (EventClient every = server.events("?events=snapshot");
                EventClient third = server.events("?events=snapshot&throttle=0.15")) {
            long start = third.next("snapshot").seq();
            long last = start;
            for (int i = 0; i < 12; i++) {
                long seq = third.next().seq();
                assertThat(seq).isGreaterThan(last);
                last = seq;
            }
            while (every.next("snapshot").seq() < last) {}
            assertThat(last - start).as("about every third").isBetween(24L, 40L);
        }
    }

    @Test
    void tellsOneWhoComesBackWhatItHasMissed() throws Exception {
        long seen = waitFor(10) - 5;
        for (String[] how : new String[][] {{"", "Last-Event-ID: " + seen}, {"?last_event_id=" + seen}}) {
            String[] headers = how.length == 2 ? new String[] {how[1]} : new String[0];
            try (EventClient client = server.events(how[0], headers)) {
                assertThat(client.next().kind()).isEqualTo("retry");
                assertThat(client.next().data()).isEqualTo("{\"mode\":\"normal\"}");
                Event lag = client.next();
                assertThat(lag.kind()).isEqualTo("lag");
                assertThat(lag.id()).isNull();
                assertThat(client.next().seq() - seen - 1)
                        .isEqualTo(lag.json().get("dropped").longValue())
                        .isGreaterThanOrEqualTo(4);
            }
        }
    }

    @Test
    void theHeaderOfOneWhoComesBackWinsOverTheParameterOfItsAddress() throws Exception {
        long seen = waitFor(10) - 2;
        try (EventClient client = server.events("?last_event_id=7", "Last-Event-ID: " + seen)) {
            client.next();
            assertThat(client.next().data()).isEqualTo("{\"mode\":\"normal\"}");
        }
    }

    @Test
    void replaysWhatOneWhoComesBackHasMissed() throws Exception {
        long seen = waitFor(10) - 5;
        try (EventClient client = server.events("?events=snapshot&replay=1", "Last-Event-ID: " + seen)) {
            assertThat(client.next().kind()).isEqualTo("retry");
            for (int i = 1; i <= 20; i++) {
                assertThat(client.next().seq()).isEqualTo(seen + i);
            }
        }
    }

    @Test
    void replaysWhatTheRingHoldsAndTellsOfTheRest() throws Exception {
        long seen = waitFor(2 * FrameBus.RING) - 2 * FrameBus.RING + 1;
        try (EventClient client = server.events("?events=snapshot&replay=1&last_event_id=" + seen)) {
            assertThat(client.next().kind()).isEqualTo("retry");
            Event lag = client.next();
            assertThat(lag.kind()).isEqualTo("lag");
            long first = client.next().seq();
            assertThat(lag.json().get("dropped").longValue())
                    .isEqualTo(first - seen - 1)
                    .isGreaterThanOrEqualTo(FrameBus.RING - 1);
            assertThat(first).isLessThanOrEqualTo(newest() - 2);
            for (int i = 1; i <= FrameBus.RING; i++) {
                assertThat(client.next().seq()).isEqualTo(first + i);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Last-Event-ID: 1",
                "Last-Event-ID: 9999999999999999",
                "Last-Event-ID: 99999999999999999999999",
                "Last-Event-ID: -4",
                "Last-Event-ID: GPU 7"
            })
    void tellsOneWhoComesFromAnotherRunThatThisIsANewOne(String header) throws Exception {
        for (String query : List.of("", "?replay=1")) {
            try (EventClient client = server.events(query, header)) {
                assertThat(client.next().kind()).isEqualTo("retry");
                assertThat(client.next())
                        .isEqualTo(new Event("server.state", null, "{\"mode\":\"normal\",\"restarted\":true}"));
                assertThat(client.next().seq()).isPositive();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "last_event_id=x",
                "last_event_id=",
                "last_event_id=-1",
                "last_event_id=12345678901234567",
                "last_event_id=1&last_event_id=1",
                "replay=yes",
                "replay=",
                "include=",
                "include=gpu,",
                "include=gpus",
                "events=",
                "events=lag",
                "events=snapshot,",
                "throttle=0.049",
                "throttle=86400.1",
                "throttle=x",
                "throttle=",
                "throttle=1e3",
                "heartbeat=0.9",
                "heartbeat=3601",
                "heartbeat=NaN",
                "device=%FF",
                "pretty=1",
                "Include=gpu"
            })
    void refusesWhatItDoesNotUnderstand(String query) throws Exception {
        Answer answer = server.get("/events?" + query).problem(400);
        String name = query.substring(0, query.indexOf('='));
        assertThat(answer.json().get("parameter").stringValue()).isEqualTo(name);
        assertThat(server.clients()).isZero();
    }

    @Test
    void takesTheBoundsOfWhatItTakes() throws Exception {
        for (String query : List.of(
                "throttle=0.05", "throttle=86400", "heartbeat=1", "heartbeat=3600.0", "replay=0", "include=gpu,gpu")) {
            server.events("?" + query).close();
        }
    }

    @Test
    void answersOnlyThoseWhoTakeEvents() throws Exception {
        server.get("/events", "Accept: application/json").problem(406);
        for (String accept : List.of("*/*", "text/event-stream", "text/*;q=0.5, application/json")) {
            server.events("", "Accept: " + accept).close();
        }
        await(() -> server.clients() == 0);
    }

    @Test
    void refusesThoseWhoAreTooMany() throws Exception {
        try (LiveServer small =
                new LiveServer(new TestMachine(folder.resolve("2")), TICK, new ServerOptions.Streams(2, null))) {
            EventClient first = small.events("");
            EventClient second = EventClient.open(small.unix(), "/events");
            Answer refused = small.get("/events").problem(503);
            assertThat(refused.header("retry-after")).isEqualTo("5");
            assertThat(small.get("/metrics").text()).contains("smi_sse_rejected_total 1.0\n", "smi_sse_clients 2.0\n");
            first.close();
            await(() -> small.clients() == 1);
            EventClient third = small.events("");
            assertThat(third.next("snapshot").seq()).isPositive();
            second.close();
            third.close();
        }
    }

    @Test
    void endsAStreamThatHasGrownOld() throws Exception {
        try (LiveServer brief = new LiveServer(
                new TestMachine(folder.resolve("2")), TICK, new ServerOptions.Streams(9, Duration.ofMillis(300)))) {
            try (EventClient client = brief.events("")) {
                List<Event> events = client.rest();
                assertThat(events.getLast()).isEqualTo(new Event("server.state", null, "{\"mode\":\"draining\"}"));
                assertThat(events).hasSizeGreaterThan(4);
            }
            await(() -> brief.clients() == 0);
            assertThat(brief.get("/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsStreamedIsReadAndNothingElse() throws Exception {
        machine.processes(20);
        assertThat(machine.openFiles()).isLessThan(20);
        EventClient processes = server.events("?include=process");
        await(() -> machine.openFiles() >= 60);
        processes.next("snapshot");
        assertThat(processes.next("snapshot").json().get("processes")).hasSize(20);
        processes.close();
        await(() -> machine.openFiles() < 20);
    }

    @Test
    void whatNobodyWantedBeforeComesWithoutWaitingForTheTick() throws Exception {
        try (LiveServer slow = new LiveServer(new TestMachine(folder.resolve("2")).processes(1), Duration.ofHours(1))) {
            slow.ready();
            long newest = slow.frame().get("seq").longValue();
            try (EventClient client = slow.events("?include=process")) {
                Event first = client.next("snapshot");
                assertThat(first.seq()).isEqualTo(newest + 1);
                assertThat(first.json().get("processes")).hasSize(1);
            }
        }
    }

    @Test
    void whoComesBackIsToldOfTheFrameThatLackedWhatItWants() throws Exception {
        try (LiveServer slow = new LiveServer(new TestMachine(folder.resolve("2")).processes(1), Duration.ofHours(1))) {
            slow.ready();
            long newest = slow.frame().get("seq").longValue();
            slow.get("/snapshot?include=network");
            try (EventClient client = slow.events("?include=process&last_event_id=" + newest)) {
                assertThat(client.next("lag").json().get("dropped").longValue()).isEqualTo(1);
                assertThat(client.next().seq()).isEqualTo(newest + 2);
            }
        }
    }

    private static List<String> keys(Event event) {
        return List.copyOf(event.json().propertyNames());
    }

    private long newest() throws Exception {
        return server.frame().get("seq").longValue();
    }

    /** The newest frame's number, when there have been so many. */
    private long waitFor(int frames) throws Exception {
        await(() -> server.get("/health").json().get("frames").intValue() >= frames);
        return newest();
    }
}
