package io.smi.server;

import static io.smi.server.LiveServer.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whatever comes in, nothing breaks, and nothing of it is left. */
@Timeout(60)
class RandomRequestsTest {
    private static final int REQUESTS = 12_000;
    private static final int WORKERS = 4;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3}) ");
    /** Enough to see what comes first of a stream. */
    private static final int ENOUGH = 2048;

    private static final String[] METHODS = {"GET", "GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "G\u00e9T", ""};
    private static final String[] PATHS = {
        "/",
        "/snapshot",
        "/events",
        "/metrics",
        "/schema",
        "/health",
        "/ready",
        "/-/ready",
        "/nothing",
        "/snapshot/..",
        "*",
        "//",
        "/%00",
        "/;x=1",
        "http://localhost/health",
        "http://[::1",
        "/\u00e9",
        ""
    };
    private static final String[] NAMES = {
        "include",
        "pretty",
        "throttle",
        "heartbeat",
        "device",
        "events",
        "last_event_id",
        "replay",
        "x",
        "",
        "%69nclude"
    };
    private static final String[] VALUES = {
        "gpu",
        "process",
        "cpu,memory",
        "gpu,",
        "1",
        "0",
        "-1",
        "0.1",
        "1e9",
        "99999999999999999999999999",
        "snapshot",
        "heartbeat,lag",
        "%",
        "%41",
        "%FF",
        "%0d%0aX:1",
        "\u0000",
        "<script>",
        "",
        "a=b",
        "%F0%9F%98%80"
    };
    private static final String[] HEADERS = {
        "Host: localhost",
        "Host: evil.example",
        "Host:",
        "Host: localhost:x",
        "Accept: text/event-stream",
        "Accept: ;;q=,",
        "Accept-Encoding: gzip;q=x",
        "Accept-Encoding: gzip",
        "Last-Event-ID: 7",
        "Last-Event-ID: \u00ff",
        "Content-Length: 5",
        "Content-Length: -1",
        "Content-Length: x",
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: x",
        "Expect: 100-continue",
        "Connection: keep-alive",
        "Connection: Upgrade",
        "Upgrade: h2c",
        "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA",
        "Upgrade: websocket",
        "Range: bytes=0-1",
        "If-None-Match: *",
        "Origin: null",
        "Authorization: Basic !",
        " folded",
        "no colon",
        ": empty",
        "X: \u0001"
    };

    private final AtomicInteger answers = new AtomicInteger();
    private final Faults faults = new Faults();

    /** What is logged with a stack trace. */
    private static final class Faults extends Handler {
        private final Queue<String> logged = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord log) {
            if (log.getThrown() != null && log.getLevel().intValue() >= Level.INFO.intValue()) {
                logged.add(log.getMessage() + " " + log.getThrown());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    /** Some bytes, and how their sender goes. */
    private final class Sender {
        private final Random random;
        private final LiveServer server;

        Sender(LiveServer server, int seed) {
            this.server = server;
            this.random = new Random(seed);
        }

        private String any(String[] of) {
            return of[random.nextInt(of.length)];
        }

        private String request() {
            StringBuilder text = new StringBuilder(any(METHODS)).append(' ').append(any(PATHS));
            for (int i = random.nextInt(4); i > 0; i--) {
                text.append(random.nextInt(8) == 0 ? '?' : text.indexOf("?") < 0 ? '?' : '&')
                        .append(any(NAMES))
                        .append('=')
                        .append(any(VALUES));
            }
            text.append(random.nextInt(9) == 0 ? " HTTP/1.0\r\n" : random.nextInt(30) == 0 ? "\r\n" : " HTTP/1.1\r\n");
            text.append(random.nextInt(9) == 0 ? "" : "Host: localhost\r\n");
            for (int i = random.nextInt(4); i > 0; i--) {
                text.append(any(HEADERS)).append("\r\n");
            }
            text.append(random.nextInt(20) == 0 ? "X: " + "y".repeat(random.nextInt(20_000)) + "\r\n" : "");
            return text.append("\r\n").toString();
        }

        private byte[] bytes() {
            byte[] bytes = request().getBytes(StandardCharsets.ISO_8859_1);
            if (random.nextInt(3) == 0) {
                bytes = (request() + request()).getBytes(StandardCharsets.ISO_8859_1);
            }
            if (random.nextInt(4) == 0) {
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
            } else if (random.nextInt(20) == 0) {
                random.nextBytes(bytes);
            }
            return bytes;
        }

        /** Sends one, or two, and reads on until the server says all it has to, or enough. */
        void send() throws IOException {
            byte[] bytes = bytes();
            SocketAddress address = server.address(random.nextInt(2));
            try (SocketChannel channel = SocketChannel.open(address)) {
                ByteBuffer buffer = ByteBuffer.wrap(bytes);
                int split = random.nextInt(bytes.length);
                channel.write(buffer.limit(split));
                channel.write(buffer.limit(bytes.length));
                if (random.nextInt(4) != 0) {
                    channel.shutdownOutput();
                    check(answer(channel), bytes);
                }
            } catch (IOException e) {
                // The server has hung up before it was told everything, as it may.
            }
        }

        private String answer(SocketChannel channel) throws IOException {
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            ByteBuffer buffer = ByteBuffer.allocate(8192);
            while (answer.size() < ENOUGH && channel.read(buffer.clear()) >= 0) {
                answer.write(buffer.array(), 0, buffer.position());
            }
            return answer.toString(StandardCharsets.ISO_8859_1);
        }

        private void check(String answer, byte[] request) {
            String sent = new String(request, StandardCharsets.ISO_8859_1);
            Matcher status = STATUS.matcher(answer);
            while (status.find()) {
                answers.incrementAndGet();
                int code = Integer.parseInt(status.group(1));
                assertThat(code < 500 || code == 503).as(sent + "\n" + answer).isTrue();
            }
            assertThat(answer).as(sent).doesNotContain("Exception", "\tat ", "io.undertow", "java.");
        }
    }

    @Test
    void breakNothing(@TempDir Path folder) throws Exception {
        Logger root = Logger.getLogger("");
        root.addHandler(faults);
        TestMachine machine = new TestMachine(folder).gpus(2).processes(3);
        try (LiveServer server = new LiveServer(machine, Duration.ofMillis(100)).ready();
                ExecutorService workers = Executors.newFixedThreadPool(WORKERS)) {
            int before = HangUpTest.openFiles();
            List<Future<?>> work = new ArrayList<>();
            for (int worker = 0; worker < WORKERS; worker++) {
                Sender sender = new Sender(server, worker);
                work.add(workers.submit(() -> {
                    for (int i = 0; i < REQUESTS / WORKERS; i++) {
                        sender.send();
                    }
                    return null;
                }));
            }
            for (Future<?> each : work) {
                each.get();
            }
            await(() -> server.clients() == 0 && HangUpTest.openFiles() <= before + 20);
            assertThat(server.get("/ready").status()).isEqualTo(200);
            assertThat(server.death()).isNotDone();
            assertThat(answers).hasValueGreaterThan(REQUESTS / 2);
            assertThat(faults.logged).isEmpty();
            try (EventClient client = server.events("")) {
                assertThat(client.next("snapshot").seq() + 1)
                        .isEqualTo(client.next("snapshot").seq());
            }
        } finally {
            root.removeHandler(faults);
        }
    }
}
