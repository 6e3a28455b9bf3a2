package io.smi.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.browser.PageServer.Asked;
import io.smi.cli.browser.PageServer.Refusal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the page at {@code /} comes to its frames, and what it says of the connection. */
class PageStreamPeerTest extends PageServerTest {
    @Test
    void framesThatWereMissedAreTold() throws Exception {
        server.send(frame(1, gpu()).build());
        tab.go(server.url());
        awaitLive();
        server.send("lag", "{\"dropped\":12}");
        tab.awaitText("#state", "lagging");
        assertThat(tab.text("#detail")).isEqualTo("missed 12 frames");
    }

    /** Browsers keep a page that was left, with its connections, of which there are six for one server. */
    @Test
    void aPageThatWasLeftHoldsNoStream() throws Exception {
        server.send(frame(1, gpu()).build());
        for (int i = 0; i < 8; i++) {
            tab.go(server.url() + "?" + i);
            awaitLive();
        }
        tab.evaluate("history.go(-3)");
        awaitAsked(9);
        awaitLive();
    }

    @Test
    void framesThatDoNotComeAreTold() throws Exception {
        server.send(frame(1, gpu()).intervalMs(100L).build());
        tab.go(server.url());
        tab.awaitText("#state", "lagging");
        assertThat(tab.text("#detail")).startsWith("no frame for ");
        tab.await("document.querySelector('main').classList.contains('old')");
    }

    @Test
    void aStreamThatEndsIsOpenedAgain() throws Exception {
        server.send(frame(7, gpu()).build());
        tab.go(server.url());
        awaitLive();
        server.send("server.state", "{\"mode\":\"draining\"}");
        tab.awaitText("#state", "shutting down");
        server.endStreams();
        awaitLive();
        assertThat(server.asked()).hasSize(2);
        assertThat(server.asked().getLast().lastEventId()).isEqualTo("7");
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void aServerThatGoesAwayIsFoundAgain() throws Exception {
        server.send(frame(1, gpu()).build());
        tab.go(server.url());
        awaitLive();
        tab.command(
                "Network.emulateNetworkConditions",
                Map.of("offline", true, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        server.endStreams();
        tab.awaitText("#state", "reconnecting");
        tab.await("document.querySelector('main').classList.contains('old')");
        tab.command(
                "Network.emulateNetworkConditions",
                Map.of("offline", false, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
        awaitLive();
    }

    /** As after a night of the laptop: nobody told the browser that the connection is dead. */
    @Test
    void aStreamThatHasBeenSilentForLongIsOpenedAgain() throws Exception {
        server.send(frame(1, gpu()).intervalMs(2000L).build());
        tab.go(server.url());
        awaitLive();
        tab.evaluate("(() => { const later = performance.now() + 1e6; performance.now = () => later; })()");
        awaitAsked(2);
        awaitLive();
    }

    /** What EventSource does by itself, where fetch() has to. */
    @Test
    void theStreamIsReadAsTheStandardSays() throws Exception {
        String stream = ": comment\\nretry: 300\\nevent: lag\\rid: 7\\ndata: a\\ndata:b\\r\\n\\r\\n"
                + "unknown: x\\ndata\\n\\nevent: empty\\n\\ndata: {\\\"a\\\": 1}\\n\\nid: 8\\ndata: torn";
        tab.go(server.url());
        tab.await("EventParser");
        for (int size : new int[] {1, 2, 3, 1000}) {
            assertThat(parsed(stream, size)).isEqualTo("lag=a|b,message=,message={\"a\": 1},7,300");
        }
    }

    private String parsed(String stream, int size) throws Exception {
        return tab.evaluate("(() => { const parser = new EventParser(); const events = [];"
                        + " const pieces = \"" + stream + "\".match(/[^]{1," + size + "}/g);"
                        + " for (const piece of pieces) events.push(...parser.push(piece));"
                        + " return [...events.map(([kind, data]) => kind + '=' + data.replaceAll('\\n', '|')),"
                        + " parser.lastId, parser.retryMillis].join(); })()")
                .asString();
    }

    /** EventSource gives up on any answer but 200. */
    @ParameterizedTest
    @ValueSource(ints = {204, 429, 500, 502, 503})
    void aRefusalIsToldAndTriedAgain(int status) throws Exception {
        server.send(frame(1, gpu()).build());
        server.refuse(new Refusal(status, Map.of("Retry-After", "1")));
        tab.go(server.url());
        tab.awaitText("#state", "refused");
        assertThat(tab.text("#detail")).startsWith("answer " + status);
        server.refuse(null);
        tab.await(METER.formatted("GPU 0", "Utilization") + " === '81.0 %'");
    }

    @Test
    void theServersOwnWaitIsKept() throws Exception {
        server.refuse(new Refusal(503, Map.of("Retry-After", "600")));
        tab.go(server.url());
        tab.awaitText("#state", "refused");
        assertThat(server.asked()).as("one by EventSource, one by fetch()").hasSize(2);
    }

    @Test
    void aTokenIsAskedForAndSentAndStreamedWith() throws Exception {
        server.send(frame(41, gpu()).build());
        server.askForToken("s3cret");
        tab.go(server.url());
        tab.await("document.querySelector('#ask').open");
        assertThat(tab.text("#state")).isEqualTo("locked");
        enterToken("wrong");
        tab.await("document.querySelector('#ask').open && !document.querySelector('#wrong').hidden");
        enterToken("s3cret");
        awaitLive();
        server.send("lag", "{\"dropped\":1}");
        tab.awaitText("#state", "lagging");
        server.endStreams();
        tab.await("document.querySelector('#state').textContent !== 'reconnecting'");
        Asked last = awaitAsked(5);
        assertThat(last.authorization()).isEqualTo("Bearer s3cret");
        assertThat(last.lastEventId()).isEqualTo("41");
        assertThat(last.query()).as("a token has no place in an address").isNull();
        assertThat(tab.evaluate("localStorage.length").intValue()).isZero();
    }

    @Test
    void aTokenCanBeForgotten() throws Exception {
        server.send(frame(1, gpu()).build());
        server.askForToken("s3cret");
        tab.go(server.url());
        tab.await("document.querySelector('#ask').open");
        enterToken("s3cret");
        awaitLive();
        tab.click("#forget");
        tab.awaitText("#state", "locked");
        assertThat(tab.evaluate("sessionStorage.length").intValue()).isZero();
        tab.click("#cancel");
        tab.await("!document.querySelector('#ask').open");
        tab.click("#enter:not([hidden])");
        tab.await("document.querySelector('#ask').open");
    }

    @Test
    void basicAuthenticationIsTheBrowsersOwn() throws Exception {
        server.send(frame(1, gpu()).build());
        server.askForPassword("ada", "s3cret");
        tab.signInAs("ada", "s3cret");
        tab.go(server.url());
        awaitLive();
        assertThat(server.asked().getFirst().authorization()).isNull();
        assertThat(server.asked().getLast().authorization()).startsWith("Basic ");
    }

    @Test
    void whoeverDoesNotSignInIsNotAskedForAToken() throws Exception {
        server.askForPassword("ada", "s3cret");
        tab.signInAs(null, null);
        tab.go(server.url());
        tab.awaitText("#detail", "reload the page to sign in");
        assertThat(tab.evaluate("document.querySelector('#ask').open").booleanValue())
                .isFalse();
    }

    @Test
    void nothingIsAskedOfAnotherServer() throws Exception {
        server.send(Machines.withLists(Machines.server(8, 64, 1)).build());
        tab.go(server.url() + "#process,storage,network");
        awaitLive();
        assertThat(tab.requests()).isNotEmpty().allMatch(url -> url.startsWith(server.url()));
        assertThat(tab.complaints()).isEmpty();
    }

    @Test
    void worksBehindAPathPrefix() throws Exception {
        server.send(frame(1, gpu()).build());
        tab.go(server.url() + "machines/seven/");
        awaitLive();
        assertThat(server.asked().getFirst().path()).isEqualTo("/machines/seven/events");
    }
}
