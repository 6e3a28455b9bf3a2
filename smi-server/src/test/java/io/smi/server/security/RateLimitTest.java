package io.smi.server.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RateLimitTest {
    private final AtomicLong nanos = new AtomicLong(-5);
    private TestFiles files;

    @BeforeEach
    void folder(@TempDir Path folder) {
        files = new TestFiles(folder);
    }

    private RateLimit limit(WebConfig config) {
        return new RateLimit(TestServer.OK, config, TestServer.REFUSAL, nanos::get);
    }

    @Test
    void burstPassesAndThenOnePerInterval() throws IOException {
        try (TestServer server = TestServer.http(limit(files.config("rate_limit: {interval: 10s, burst: 3}")))) {
            for (int i = 0; i < 3; i++) {
                assertThat(server.get("/")).startsWith("HTTP/1.1 200");
            }
            assertThat(server.get("/"))
                    .startsWith("HTTP/1.1 429")
                    .contains("Retry-After: 10\r\n", "application/problem+json");
            nanos.addAndGet(TimeUnit.SECONDS.toNanos(10) - 1);
            assertThat(server.get("/")).startsWith("HTTP/1.1 429").contains("Retry-After: 1\r\n");
            nanos.addAndGet(1);
            assertThat(server.get("/")).startsWith("HTTP/1.1 200");
            assertThat(server.get("/")).startsWith("HTTP/1.1 429");
            nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
            for (int i = 0; i < 3; i++) {
                assertThat(server.get("/")).startsWith("HTTP/1.1 200");
            }
            assertThat(server.get("/")).startsWith("HTTP/1.1 429");
        }
    }

    @Test
    void withoutALimitAndOnTheUnixSocketAllPass() throws IOException {
        try (TestServer server = TestServer.http(limit(WebConfig.none()))) {
            for (int i = 0; i < 20; i++) {
                assertThat(server.get("/")).startsWith("HTTP/1.1 200");
            }
        }
        try (TestServer server = TestServer.likeUnix(limit(files.config("rate_limit: {interval: 1h, burst: 1}")))) {
            for (int i = 0; i < 5; i++) {
                assertThat(server.get("/")).startsWith("HTTP/1.1 200");
            }
        }
    }

    @Test
    void bigBurstDoesNotOverflow() throws IOException {
        WebConfig config = files.config("rate_limit: {interval: 1s, burst: 2000000000}");
        try (TestServer server = TestServer.http(limit(config))) {
            for (int i = 0; i < 5; i++) {
                assertThat(server.get("/")).startsWith("HTTP/1.1 200");
            }
        }
    }
}
