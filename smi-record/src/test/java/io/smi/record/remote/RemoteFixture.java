package io.smi.record.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.record.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that does as it is told, reached either way, and frames from it. */
@Timeout(60)
abstract class RemoteFixture {
    static final Duration LONG = Duration.ofSeconds(50);
    static final Timing QUICK =
            new Timing(LONG, Duration.ofSeconds(10), LONG, Duration.ofMillis(50), Duration.ofMillis(100));

    /** How the server is reached. */
    enum Way {
        TCP,
        UNIX
    }

    final List<String> notices = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    private @Nullable FakeServer server;
    private @Nullable RemoteFrames frames;

    @AfterEach
    void close() throws IOException {
        if (frames != null) {
            frames.close();
        }
        if (server != null) {
            server.close();
        }
    }

    FakeServer serve(Way way, FakeServer.Script... scripts) throws IOException {
        server = way == Way.TCP ? FakeServer.tcp(scripts) : FakeServer.unix(folder.resolve("s"), scripts);
        return server;
    }

    RemoteFrames open(RemoteOptions options, Timing timing) {
        frames = RemoteFrames.open(options, notices::add, timing);
        return frames;
    }

    RemoteFrames open(FakeServer server) {
        return open(RemoteOptions.of(server.from()), QUICK);
    }

    static void assertFrames(RemoteFrames frames, long... seqs) throws IOException, InterruptedException {
        for (long seq : seqs) {
            Line line = frames.next();
            assertThat(line).isNotNull();
            assertThat(line.seq()).isEqualTo(seq);
            assertThat(new String(line.json(), StandardCharsets.UTF_8)).isEqualTo(Frames.json(seq));
        }
    }

    static FakeServer.Script answer(String head, String... body) {
        return connection -> connection.send(head + "\r\n\r\n" + String.join("", body));
    }

    static FakeServer.Script stream(String... events) {
        return connection -> connection.send(FakeServer.STREAM + String.join("", events));
    }

    static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static FutureTask<@Nullable Line> start(RemoteFrames frames) {
        FutureTask<@Nullable Line> next = new FutureTask<>(frames::next);
        Thread.ofPlatform().daemon().start(next);
        return next;
    }
}
