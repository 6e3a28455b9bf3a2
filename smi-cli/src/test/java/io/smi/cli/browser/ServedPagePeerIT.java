package io.smi.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import io.smi.cli.api.ApiProcess;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real browser at the packaged server: its own page, and the example's. */
@Timeout(180)
class ServedPagePeerIT extends BrowserTest {
    private static final Path EXAMPLES = Path.of(System.getProperty("smi.checkout"), "examples");
    private static final String FRAME_TIME = "document.querySelector('#time').textContent";

    @TempDir
    private Path folder;

    @Test
    void thePageIsLive() throws Exception {
        try (ApiProcess smi = ApiProcess.start("--listen", "127.0.0.1:0", "--interval", "500ms")) {
            tab.go(smi.url() + "/");
            awaitLive();
            tab.await("document.querySelector('#detail').textContent.startsWith('every ')");
            assertThat(meter("Memory", "Used")).matches("[0-9.]+ / [0-9.]+ GiB");
            assertThat(meter("CPU 0", "Utilization")).matches("[0-9.]+ %");
            for (int frame = 0; frame < 3; frame++) {
                String before = tab.text("#time");
                tab.await(FRAME_TIME + " !== " + Tab.quoted(before));
            }
            assertThat(tab.complaints()).as("errors and refused by the policy").isEmpty();
            assertThat(tab.requests()).allMatch(url -> url.startsWith(smi.url() + "/"));
        }
    }

    @Test
    void aServerThatIsStartedAnewIsFoundAgain() throws Exception {
        String address = "127.0.0.1:" + ApiProcess.freePort();
        try (ApiProcess smi = ApiProcess.start("--listen", address, "--interval", "200ms")) {
            tab.go(smi.url() + "/");
            awaitLive();
        }
        tab.awaitText("#state", "reconnecting");
        String before = tab.text("#time");
        try (ApiProcess smi = ApiProcess.start("--listen", address, "--interval", "200ms")) {
            assertThat(smi.url()).endsWith(address);
            tab.await(FRAME_TIME + " !== " + Tab.quoted(before));
            awaitLive();
        }
    }

    @Test
    void aTokenIsAskedForAndStreamedWith() throws Exception {
        Path token = Files.writeString(folder.resolve("token"), "correct-horse-battery-staple\n");
        Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
        try (ApiProcess smi = ApiProcess.start(
                "--listen", "127.0.0.1:0", "--interval", "200ms", "--auth-token-file", token.toString())) {
            tab.go(smi.url() + "/");
            tab.await("document.querySelector('#ask').open");
            enterToken("wrong");
            tab.await("document.querySelector('#ask').open && !document.querySelector('#wrong').hidden");
            enterToken("correct-horse-battery-staple");
            awaitLive();
            String before = tab.text("#time");
            tab.await(FRAME_TIME + " !== " + Tab.quoted(before));
        }
    }

    @Test
    void theExampleShowsFramesFromDisk() throws Exception {
        try (ApiProcess smi = ApiProcess.start("--listen", "127.0.0.1:0", "--cors-origin", "null")) {
            goToExample(EXAMPLES.toUri().toString(), smi);
            assertShowsFrames();
        }
    }

    @Test
    void theExampleShowsFramesFromAnotherOrigin() throws Exception {
        HttpServer other = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                EXAMPLES,
                SimpleFileServer.OutputLevel.NONE);
        other.start();
        String origin = "http://127.0.0.1:" + other.getAddress().getPort();
        try (ApiProcess smi = ApiProcess.start("--listen", "127.0.0.1:0", "--cors-origin", origin)) {
            goToExample(origin + "/", smi);
            assertShowsFrames();
        } finally {
            other.stop(0);
        }
    }

    @Test
    void theExampleIsRefusedUnlessItsOriginIsNamed() throws Exception {
        try (ApiProcess smi = ApiProcess.start("--listen", "127.0.0.1:0", "--cors-origin", "http://localhost:8000")) {
            goToExample(EXAMPLES.toUri().toString(), smi);
            tab.await("document.querySelector('#state').textContent.includes('--cors-origin')");
            assertThat(tab.text("#devices")).isEmpty();
        }
    }

    private void goToExample(String folder, ApiProcess smi) throws Exception {
        tab.go(folder + "sse_client.html?url=" + URLEncoder.encode(smi.url() + "/", StandardCharsets.UTF_8));
    }

    private void assertShowsFrames() throws Exception {
        tab.await("/, frame \\d+ of /.test(document.querySelector('#state').textContent)");
        assertThat(tab.text("li:last-child")).matches("Memory: [0-9.]+ %, – °C");
    }
}
