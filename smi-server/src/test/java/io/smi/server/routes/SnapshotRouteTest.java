package io.smi.server.routes;

import static io.smi.server.LiveServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.FrameDecoder;
import io.smi.schema.Section;
import io.smi.server.Answer;
import io.smi.server.EventClient;
import io.smi.server.LiveServer;
import io.smi.server.TestMachine;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
class SnapshotRouteTest {
    private static final Duration NEVER = Duration.ofHours(1);

    @TempDir
    Path folder;

    private TestMachine machine;

    @BeforeEach
    void build() {
        machine = new TestMachine(folder).processes(3);
    }

    @Test
    void isTheNewestFrame() throws Exception {
        try (LiveServer server = new LiveServer(machine, NEVER).ready()) {
            Answer answer = server.get("/snapshot");
            assertThat(answer.header("content-type")).isEqualTo("application/json");
            assertThat(answer.header("cache-control")).isEqualTo("no-store");
            assertThat(FrameDecoder.decode(answer.body()).sections()).isEqualTo(Section.DEFAULTS);
            assertThat(answer.text().indexOf('\n')).isEqualTo(answer.body().length - 1);
            Answer other = Answer.to(server.unix(), "GET", "/snapshot");
            assertThat(other.text()).as("nothing new has been taken").isEqualTo(answer.text());
        }
    }

    @Test
    void isThePartThatIsAskedForAndPrettyOnDemand() throws Exception {
        try (LiveServer server = new LiveServer(machine, NEVER).ready()) {
            Answer memory = server.get("/snapshot?include=memory");
            assertThat(FrameDecoder.decode(memory.body()).sections()).isEqualTo(Set.of(Section.MEMORY));
            Answer pretty = server.get("/snapshot?include=memory&pretty=1");
            assertThat(pretty.text()).contains("\n  \"memory\": [").endsWith("}\n");
            assertThat(pretty.json()).isEqualTo(memory.json());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"include=", "include=x", "pretty=2", "device=x", "include=gpu&include=gpu", "seq=1", "%70retty=x"
            })
    void refusesWhatItDoesNotUnderstand(String query) throws Exception {
        try (LiveServer server = new LiveServer(machine, NEVER)) {
            server.get("/snapshot?" + query).problem(400);
        }
    }

    @Test
    void whoAsksForWhatTheNewestLacksSharesAFrameOfIt() throws Exception {
        try (LiveServer server = new LiveServer(machine, NEVER).ready();
                EventClient stream = server.events("?events=snapshot");
                ExecutorService clients = Executors.newFixedThreadPool(16)) {
            long before = stream.next("snapshot").seq();
            List<Future<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                int number = i;
                answers.add(clients.submit(
                        () -> Answer.to(server.address(number), "GET", "/snapshot?include=process,memory")));
            }
            Set<Long> seqs = new TreeSet<>();
            for (Future<Answer> answer : answers) {
                JsonNode frame = answer.get().json();
                assertThat(frame.get("processes")).hasSize(3);
                seqs.add(frame.get("seq").longValue());
            }
            assertThat(seqs).containsExactly(before + 1);
            assertThat(stream.next().seq()).as("it is sent, too").isEqualTo(before + 1);
            assertThat(server.frame().get("seq").longValue())
                    .as("and the newest")
                    .isEqualTo(before + 1);
        }
    }

    @Test
    void answersThatNobodyReadsFillNoHeap() throws Exception {
        List<Socket> stuck = new ArrayList<>();
        machine.gpus(255);
        try (LiveServer server = new LiveServer(machine, Duration.ofSeconds(1))) {
            server.ready();
            int most = (24 << 20) / server.get("/snapshot").text().length();
            for (int i = 0; i < most + 30; i++) {
                Socket socket = new Socket();
                stuck.add(socket);
                socket.setReceiveBufferSize(4096);
                socket.connect(server.tcp());
                socket.getOutputStream()
                        .write("GET /snapshot HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            await(() -> server.get("/snapshot").status() == 503);
            assertThat(server.get("/health").status()).isEqualTo(200);
            for (Socket socket : stuck) {
                socket.close();
            }
            await(() -> server.get("/snapshot").status() == 200);
        } finally {
            for (Socket socket : stuck) {
                socket.close();
            }
        }
    }

    @Test
    void aReaderThatHangsHoldsUpNobodyForLong() throws Exception {
        Duration interval = Duration.ofMillis(400);
        machine.hangs();
        try (LiveServer server = new LiveServer(machine, interval)) {
            long start = System.nanoTime();
            Answer first = server.get("/snapshot");
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            assertThat(first.status()).isEqualTo(200);
            assertThat(took)
                    .as("an interval and 200 ms; and what a busy machine takes")
                    .isLessThan(interval.plusMillis(1200));
            assertThat(errors(first)).containsExactly("chassis load timeout");
            long seq = first.json().get("seq").longValue();
            try (EventClient stream = server.events("?events=snapshot&replay=1&last_event_id=" + seq)) {
                stream.next();
                for (int i = 1; i <= 5; i++) {
                    assertThat(stream.next().seq()).as("ticks go on").isEqualTo(seq + i);
                }
            }
            assertThat(errors(server.get("/snapshot"))).containsExactly("chassis load stale");
            assertThat(server.get("/metrics").text())
                    .contains("smi_reader_timeouts_total{reader=\"load\"} 1.0\n", "smi_ticks_dropped_total 0.0\n");
            machine.recovers();
            await(() -> errors(server.get("/snapshot")).isEmpty());
            assertThat(server.frame()
                            .get("chassis")
                            .get(0)
                            .get("load_average")
                            .get("m1")
                            .doubleValue())
                    .isEqualTo(0.64);
            assertThat(server.get("/metrics").text())
                    .contains(
                            "smi_reader_timeouts_total{reader=\"load\"} 1.0\n",
                            "smi_reader_success{reader=\"load\"} 1.0\n");
        }
    }

    private static List<String> errors(Answer answer) {
        List<String> errors = new ArrayList<>();
        for (JsonNode error : answer.json().get("errors")) {
            errors.add(error.get("section").stringValue() + " "
                    + error.get("reader").stringValue() + " "
                    + error.get("kind").stringValue());
        }
        return errors;
    }
}
