package io.smi.record.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.record.Line;
import io.smi.schema.Section;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is asked, of whom, with which credentials. */
class RemoteRequestTest extends RemoteFixture {
    @Test
    void whatIsAskedFor() throws Exception {
        FakeServer server = serve(Way.TCP, stream(Frames.event(5)));
        Set<Section> include = new TreeSet<>(List.of(Section.PROCESS, Section.GPU));
        RemoteOptions options =
                new RemoteOptions(server.from() + "/smi/", include, Duration.ofMillis(2500), null, null);
        assertFrames(open(options, QUICK), 5);
        assertThat(server.requests().get(0))
                .startsWith(
                        "GET /smi/events?events=snapshot,server&replay=1&heartbeat=10&include=gpu,process&throttle=2.5 HTTP/1.1\r\n");
    }

    @Test
    void nameAndPasswordAreSentAndNotTold() throws Exception {
        FakeServer server =
                serve(Way.TCP, stream(Frames.event(5)), answer("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0"));
        RemoteFrames frames = open(RemoteOptions.of(server.from().replace("//", "//joe:s%3Acret@")), QUICK);
        assertFrames(frames, 5);
        assertThat(server.requests().get(0)).containsIgnoringCase("\r\nAuthorization: Basic am9lOnM6Y3JldA==\r\n");
        assertThatThrownBy(frames::next).hasMessage(server.from() + ": answers 401");
    }

    @Test
    void tokenIsReadAtEachConnection() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "# ours\n\n one \nother\n");
        FakeServer server = serve(
                Way.TCP,
                stream(Frames.event(5)),
                connection -> {
                    Files.delete(token);
                    // Or else Java's client asks a second time, unasked.
                    connection.send("HTTP/1.1 200");
                },
                stream(Frames.event(6)));
        RemoteFrames frames = open(new RemoteOptions(server.from(), Set.of(), null, token, null), QUICK);
        assertFrames(frames, 5);
        assertThat(server.requests().get(0)).containsIgnoringCase("\r\nAuthorization: Bearer one\r\n");
        FutureTask<@Nullable Line> next = start(frames);
        // While it is away nothing is asked without it.
        sleep(300);
        assertThat(next.isDone()).isFalse();
        Files.writeString(token, "two");
        Line line = next.get(50, TimeUnit.SECONDS);
        assertThat(line).isNotNull();
        assertThat(server.requests().get(2)).containsIgnoringCase("\r\nAuthorization: Bearer two\r\n");
    }

    @Test
    void filesThatCannotBeUsed() throws Exception {
        Path none = folder.resolve("none");
        Path empty = Files.writeString(folder.resolve("empty"), "#\n");
        Path blanks = Files.writeString(folder.resolve("blanks"), "a b\n");
        String http = "http://127.0.0.1:1";
        for (String[] expected : new String[][] {
            {none.toString(), "no such file"},
            {folder.toString(), "Is a directory"},
            {empty.toString(), "holds no token"},
            {blanks.toString(), "a token must be printable ASCII without blanks"}
        }) {
            RemoteOptions options = new RemoteOptions(http, Set.of(), null, Path.of(expected[0]), null);
            assertThatThrownBy(() -> open(options, QUICK).next())
                    .hasMessage(http + ": " + expected[0] + ": " + expected[1]);
        }
        String https = "https://127.0.0.1:1";
        for (String[] expected : new String[][] {
            {none.toString(), "no such file"},
            {empty.toString(), "no PEM certificates: No certificate data found"}
        }) {
            RemoteOptions options = new RemoteOptions(https, Set.of(), null, null, Path.of(expected[0]));
            assertThatThrownBy(() -> open(options, QUICK).next())
                    .hasMessage(https + ": " + expected[0] + ": " + expected[1]);
        }
    }

    @Test
    void optionsThatContradictEachOther() {
        Path file = folder.resolve("file");
        assertThatThrownBy(() -> open(new RemoteOptions("unix:/s", Set.of(), null, file, null), QUICK))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--from: 'unix:/s': a Unix socket takes no token");
        assertThatThrownBy(() -> open(new RemoteOptions("http://a:b@c", Set.of(), null, file, null), QUICK))
                .hasMessage("--from: 'http://c': either a token or a user and a password, not both");
        assertThatThrownBy(() -> open(new RemoteOptions("http://c", Set.of(), null, null, file), QUICK))
                .hasMessage("--from: 'http://c': certificates are for https");
        assertThatThrownBy(() -> open(RemoteOptions.of("c"), QUICK))
                .hasMessageStartingWith("--from: 'c': this is no URL");
    }

    @Test
    void redirectsAreFollowedWithTheCredentialsOnTheSameServerOnly() throws Exception {
        try (FakeServer other = FakeServer.tcp(stream(Frames.event(6)))) {
            FakeServer server = serve(
                    Way.TCP,
                    answer("HTTP/1.1 308 Permanent Redirect\r\nLocation: /smi/events?a=b\r\nContent-Length: 0"),
                    stream(Frames.event(5)),
                    answer("HTTP/1.1 302 Found\r\nLocation: " + other.from() + "/events\r\nContent-Length: 0"));
            RemoteFrames frames = open(RemoteOptions.of(server.from().replace("//", "//joe:pw@")), QUICK);
            assertFrames(frames, 5, 6);
            assertThat(server.requests().get(1))
                    .startsWith("GET /smi/events?a=b ")
                    .containsIgnoringCase("authorization: ");
            assertThat(other.requests().get(0)).startsWith("GET /events ").doesNotContainIgnoringCase("authorization");
        }
    }

    @Test
    void redirectsToNowhere() throws Exception {
        String moved = "HTTP/1.1 301 Moved Permanently\r\nContent-Length: 0\r\nLocation: ";
        FakeServer server = serve(Way.TCP, answer(moved + "https://host/events"), answer(moved + "http://a b"));
        assertThatThrownBy(() -> open(server).next())
                .hasMessage(server.from() + ": redirects to https://host/events, which is not http");
        assertThatThrownBy(() -> open(server).next())
                .hasMessage(server.from() + ": redirects to 'http://a b', which is no URL");
        server.close();
        FakeServer.Script again = answer(moved + "/events");
        FakeServer loop = serve(Way.TCP, again, again, again, again, again, again, again);
        assertThatThrownBy(() -> open(loop).next())
                .hasMessageStartingWith(loop.from() + ": redirects more than 5 times");
    }

    @Test
    void tls() throws Exception {
        try (FakeServer server = FakeServer.tls(stream(Frames.event(5)), connection -> {
            connection.send(FakeServer.STREAM + Frames.event(6));
            connection.await();
        })) {
            RemoteFrames frames = open(new RemoteOptions(server.from(), Set.of(), null, null, certificate()), QUICK);
            assertFrames(frames, 5, 6);
            assertThat(notices).hasSize(2);
        }
    }

    private static Path certificate() throws URISyntaxException {
        URL certificate = RemoteRequestTest.class.getResource("server.pem");
        assertThat(certificate).isNotNull();
        return Path.of(certificate.toURI());
    }

    @Test
    void tlsOfAStranger() throws Exception {
        try (FakeServer server = FakeServer.tls()) {
            assertThatThrownBy(() -> open(server).next())
                    .hasMessage(server.from() + ": its certificate is not trusted:"
                            + " unable to find valid certification path to requested target");
        }
        try (FakeServer server = FakeServer.tls()) {
            String other = server.from().replace("127.0.0.1", "127.0.0.2");
            assertThatThrownBy(() -> open(new RemoteOptions(other, Set.of(), null, null, certificate()), QUICK)
                            .next())
                    .hasMessageStartingWith(other + ": its certificate is not trusted: ");
        }
    }
}
