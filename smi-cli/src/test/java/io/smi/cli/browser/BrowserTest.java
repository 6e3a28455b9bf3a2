package io.smi.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.browser.PageServer.Asked;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.SnapshotFrameBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/** A browser for a class of tests; for each test a server with the page, and an empty tab. */
@Tag("peer")
abstract class BrowserTest {
    static final Gpu GPU = Machines.gpu(0, 0);

    /** JavaScript: value and unit in a line of a card. */
    static final String METER = "[...document.querySelectorAll('.card')]"
            + ".find(card => card.querySelector('h2').textContent === '%s')"
            + ".querySelectorAll('dl > div').values().find(line => line.querySelector('dt').textContent === '%s')"
            + ".querySelectorAll('b, span').values().toArray().map(node => node.textContent).join(' ').trim()";

    @TempDir
    private static Path profile;

    private static Browser browser;

    PageServer server;
    Tab tab;

    @BeforeAll
    static void start() throws Exception {
        assumeTrue(Browser.isInstalled() || "required".equals(System.getenv("SMI_PEERS")), "chromium is not installed");
        browser = Browser.start(profile);
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void open() throws Exception {
        server = new PageServer();
        tab = browser.open();
    }

    @AfterEach
    void close() throws Exception {
        tab.close();
        server.close();
    }

    /** Connected, and a frame is on the screen. */
    void awaitLive() throws Exception {
        tab.await("document.querySelector('#state').textContent === 'live'"
                + " && document.querySelector('#time').textContent !== ''");
    }

    String meter(String card, String label) throws Exception {
        return tab.evaluate(METER.formatted(card, label)).asString();
    }

    /** Waits for the n-th request for {@code /events}. */
    Asked awaitAsked(int n) throws Exception {
        Instant deadline = Instant.now().plusSeconds(30);
        while (server.asked().size() < n) {
            assertThat(Instant.now()).as("requests: %s", server.asked()).isBefore(deadline);
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return server.asked().get(n - 1);
    }

    static GpuBuilder gpu() {
        return GpuBuilder.builder(GPU);
    }

    static SnapshotFrameBuilder frame(long seq, GpuBuilder... gpus) {
        return Machines.server(0, 0, seq)
                .seq(seq)
                .intervalMs(60_000L)
                .gpus(List.of(gpus).stream().map(GpuBuilder::build).toList())
                .cpus(List.of())
                .memory(List.of())
                .chassis(List.of());
    }
}
