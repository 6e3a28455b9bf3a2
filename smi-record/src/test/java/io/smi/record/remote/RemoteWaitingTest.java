package io.smi.record.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.record.Line;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How waiting ends when nothing comes. */
class RemoteWaitingTest extends RemoteFixture {
    private static final int ROUNDS = 200;

    @ParameterizedTest
    @EnumSource
    void silentConnectionIsDead(Way way) throws Exception {
        FakeServer server = serve(
                way,
                connection -> {
                    connection.send(FakeServer.STREAM + Frames.event(5));
                    connection.await();
                },
                stream(Frames.event(6)),
                FakeServer.Connection::await,
                stream(Frames.event(7)));
        Timing impatient = new Timing(
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                Duration.ofMillis(500),
                Duration.ofMillis(50),
                Duration.ofMillis(50));
        RemoteFrames frames = open(RemoteOptions.of(server.from()), impatient);
        assertFrames(frames, 5, 6, 7);
        assertThat(notices.get(0)).startsWith("lost " + server.from() + ": nothing came for 0.5s; ");
    }

    @ParameterizedTest
    @EnumSource
    void keepAlivesKeepItAlive(Way way) throws Exception {
        FakeServer server = serve(way, connection -> {
            connection.send(FakeServer.STREAM + Frames.event(5));
            for (int i = 0; i < 8; i++) {
                sleep(250);
                connection.send(": keep-alive\n\n");
            }
            connection.send(Frames.event(6));
            connection.await();
        });
        Timing impatient = new Timing(
                LONG, Duration.ofSeconds(10), Duration.ofMillis(1500), Duration.ofMillis(50), Duration.ofMillis(50));
        RemoteFrames frames = open(RemoteOptions.of(server.from()), impatient);
        assertFrames(frames, 5, 6);
        assertThat(notices).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void closedFromAnotherThreadWhileWaitingForAnEvent(Way way) throws Exception {
        FakeServer server = serve(way, connection -> {
            connection.send(FakeServer.STREAM + Frames.event(5));
            connection.await();
        });
        RemoteFrames frames = open(server);
        assertFrames(frames, 5);
        assertClosable(frames);
    }

    @ParameterizedTest
    @EnumSource
    void closedFromAnotherThreadWhileWaitingForTheAnswer(Way way) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        FakeServer server = serve(way, connection -> {
            asked.countDown();
            connection.await();
        });
        RemoteFrames frames = open(server);
        FutureTask<@Nullable Line> next = start(frames);
        assertThat(asked.await(50, TimeUnit.SECONDS)).isTrue();
        frames.close();
        assertThat(next.get(20, TimeUnit.SECONDS)).isNull();
        assertThat(notices).isEmpty();
    }

    @Test
    void closedFromAnotherThreadBetweenTwoAttempts() throws Exception {
        FakeServer server =
                serve(Way.TCP, answer("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 3000\r\nContent-Length: 0"));
        RemoteFrames frames = open(server);
        assertClosable(frames);
    }

    /** A server that hangs accepts nobody, and when its queue is full, to connect takes as long as it hangs. */
    @Test
    void closedFromAnotherThreadWhileConnectingToASocketWhoseQueueIsFull() throws Exception {
        UnixDomainSocketAddress address = UnixDomainSocketAddress.of(folder.resolve("full"));
        List<SocketChannel> queue = new ArrayList<>();
        try (ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listener.bind(address, 1);
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
                            queue.add(client);
                            client.configureBlocking(false);
                            client.connect(address);
                        }
                    })
                    .isInstanceOf(SocketException.class);
            assertClosable(open(RemoteOptions.of("unix:" + address), QUICK));
        } finally {
            for (SocketChannel client : queue) {
                client.close();
            }
        }
    }

    /** Whatever it is just doing: that takes a few milliseconds. */
    @ParameterizedTest
    @EnumSource
    void closedAtAnyMoment(Way way) throws Exception {
        FakeServer.Script[] scripts = new FakeServer.Script[ROUNDS];
        Arrays.fill(scripts, stream(Frames.events(5, 6, 7)));
        FakeServer server = serve(way, scripts);
        for (int i = 0; i < ROUNDS; i++) {
            RemoteFrames frames = open(server);
            FutureTask<@Nullable Line> next = start(frames);
            TimeUnit.MICROSECONDS.sleep(i * 100L);
            frames.close();
            Line line = next.get(20, TimeUnit.SECONDS);
            assertThat(line == null || line.seq() == 5).isTrue();
            assertThat(frames.next()).isNull();
        }
    }

    /** However far it has come. */
    private static void assertClosable(RemoteFrames frames) throws Exception {
        FutureTask<@Nullable Line> next = start(frames);
        sleep(200);
        assertThat(next.isDone()).isFalse();
        frames.close();
        assertThat(next.get(20, TimeUnit.SECONDS)).isNull();
        frames.close();
        assertThat(frames.next()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void interrupted(Way way) throws Exception {
        FakeServer server = serve(way, connection -> {
            connection.send(FakeServer.STREAM + Frames.event(5));
            connection.await();
        });
        RemoteFrames frames = open(server);
        assertFrames(frames, 5);
        Thread.currentThread().interrupt();
        assertThatThrownBy(frames::next).isInstanceOf(InterruptedException.class);
    }
}
