package io.smi.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.SimpleFileServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code examples/sse_client.html}, from disk and from another origin. */
class SseClientPeerTest extends PageServerTest {
    private static final Path EXAMPLES = Path.of("../examples").toAbsolutePath().normalize();

    @Test
    void showsFramesWhenOpenedFromDisk() throws Exception {
        server.allowOrigin("null");
        showsFrames(EXAMPLES.toUri().toString());
    }

    @Test
    void showsFramesWhenServedByAnotherOrigin() throws Exception {
        HttpServer other = SimpleFileServer.createFileServer(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                EXAMPLES,
                SimpleFileServer.OutputLevel.NONE);
        other.start();
        try {
            String origin = "http://127.0.0.1:" + other.getAddress().getPort();
            server.allowOrigin(origin);
            showsFrames(origin + "/");
        } finally {
            other.stop(0);
        }
    }

    private void showsFrames(String folder) throws Exception {
        server.send(Machines.golden("alderlake-laptop"));
        tab.go(folder + "sse_client.html?url=" + URLEncoder.encode(server.url(), StandardCharsets.UTF_8));
        tab.awaitText("#state", "lea-t14, frame 1 of 2026-01-01T00:00:00.000Z");
        assertThat(tab.text("li:first-child")).isEqualTo("GPU 0 Intel: 0.0 %, – °C");
        assertThat(tab.text("li:last-child")).isEqualTo("Memory: 38.9 %, – °C");
        assertThat(server.asked().getFirst().query()).isEqualTo("include=gpu,cpu,memory");
        server.send(frame(2, gpu().utilizationPercent(12.34).temperatureCelsius(65.0))
                .build());
        tab.awaitText("li:first-child", "GPU 0 NVIDIA H100 80GB HBM3: 12.3 %, 65 °C");
    }

    @Test
    void saysWhatIsMissingWhenTheServerDoesNotAllowThePage() throws Exception {
        tab.go(EXAMPLES.toUri() + "sse_client.html?url=" + URLEncoder.encode(server.url(), StandardCharsets.UTF_8));
        tab.await("document.querySelector('#state').textContent.includes('--cors-origin')");
    }
}
