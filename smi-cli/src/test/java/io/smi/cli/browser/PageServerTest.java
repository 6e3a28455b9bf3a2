package io.smi.cli.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.browser.PageServer.Asked;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.SnapshotFrameBuilder;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** For each test a server with the page, which sends what the test says. */
abstract class PageServerTest extends BrowserTest {
    static final Gpu GPU = Machines.gpu(0, 0);

    PageServer server;

    @BeforeEach
    void startServer() throws Exception {
        server = new PageServer();
    }

    @AfterEach
    void stopServer() {
        server.close();
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
