package io.smi.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.live.Feed;
import io.smi.core.live.LiveFrame;
import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames of which there are no newer ones, and no others: what a recording gives. */
@Timeout(60)
class FeedWithoutMachineTest {
    private static final String NAME = "recorded-machine";

    private final CompletableFuture<Old> feed = new CompletableFuture<>();

    /** A feed of one frame without GPUs, which was published an hour ago. */
    private static final class Old implements Feed {
        private final long seq;
        private final Consumer<LiveFrame> publish;
        private final CompletableFuture<LiveFrame> first = new CompletableFuture<>();
        private boolean closed;

        Old(long seq, Consumer<LiveFrame> publish) {
            this.seq = seq;
            this.publish = publish;
        }

        @Override
        public void start() {
            SnapshotFrame frame = FrameBuilder.withInclude(Set.of(Section.NETWORK))
                    .network(() -> new io.smi.schema.Answer<>(List.of(), List.of()))
                    .build(seq, Instant.EPOCH, null, NAME);
            long nanos = System.nanoTime() - TimeUnit.HOURS.toNanos(1);
            LiveFrame old = new LiveFrame(frame, EncodedFrame.of(frame), nanos, List.of());
            publish.accept(old);
            first.complete(old);
        }

        @Override
        public boolean isLive() {
            return false;
        }

        @Override
        public CompletableFuture<LiveFrame> fresh(Set<Section> sections) {
            return first;
        }

        @Override
        public long droppedTicks() {
            return 0;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private SmiServer server() throws IOException {
        ServerOptions options = new ServerOptions(
                List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
                null,
                null,
                Duration.ofMillis(50),
                Set.of(),
                ServerOptions.Streams.DEFAULTS,
                ServerOptions.Access.DEFAULTS);
        Feed.Factory feeds = (first, demand, publish, died) -> {
            feed.complete(new Old(first, publish));
            return feed.join();
        };
        return SmiServer.start(feeds, options, "test", warning -> {}, death -> {});
    }

    private static SocketAddress address(SmiServer server) {
        URI uri = URI.create(server.addresses().getFirst());
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?include=network", "?include=gpu,process"})
    void aStreamGetsTheFrameWhateverItLacks(String query) throws Exception {
        try (SmiServer server = server();
                EventClient client = EventClient.open(address(server), "/events" + query)) {
            assertThat(client.next("snapshot").data())
                    .contains(NAME)
                    .doesNotContain("\"gpus\"", "\"processes\"", "\"cpus\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/snapshot", "/snapshot?include=network", "/snapshot?include=gpu,process", "/metrics"})
    void whoeverAsksGetsTheFrameHoweverOldItIs(String path) throws Exception {
        try (SmiServer server = server()) {
            Answer answer = Answer.to(address(server), "GET", path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).contains(path.equals("/metrics") ? "smi_frame_age_seconds 36" : NAME);
        }
    }

    @Test
    void itIsReadyAndSaysHowOldTheFrameIs() throws Exception {
        try (SmiServer server = server()) {
            Answer ready = Answer.to(address(server), "GET", "/ready");
            assertThat(ready.status()).isEqualTo(200);
            assertThat(ready.json().get("last_frame_age_ms").longValue())
                    .isGreaterThanOrEqualTo(TimeUnit.HOURS.toMillis(1));
        }
    }

    @Test
    void itIsClosedWithTheServer() throws Exception {
        server().close();
        assertThat(feed.get().closed).isTrue();
    }
}
