package io.smi.record.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SyncTest {
    private static final Duration SOON = Duration.ofMillis(20);
    private static final Duration NEVER = Duration.ofDays(1);

    private final Semaphore forced = new Semaphore(0);
    private final AtomicInteger syncs = new AtomicInteger();
    private Sync sync = sync(NEVER);

    private Sync sync(Duration within) {
        sync = new Sync(
                () -> {
                    syncs.incrementAndGet();
                    forced.release();
                },
                within);
        return sync;
    }

    private Sync broken(Duration within) {
        sync = new Sync(
                () -> {
                    forced.release();
                    throw new IOException("no disk");
                },
                within);
        return sync;
    }

    private void awaitSync() throws InterruptedException {
        assertThat(forced.tryAcquire(50, TimeUnit.SECONDS)).isTrue();
    }

    @AfterEach
    void stop() {
        sync.stop();
    }

    /** As when a server that is recorded falls silent. */
    @Test
    void whatWasWrittenIsSyncedAlthoughNothingMoreComes() throws Exception {
        sync(SOON).written();
        awaitSync();
        assertThat(forced.tryAcquire(100, TimeUnit.MILLISECONDS))
                .as("nothing was written since")
                .isFalse();
        sync.written();
        awaitSync();
    }

    @Test
    void whatIsWrittenMeanwhileGoesWithIt() throws Exception {
        for (int i = 0; i < 100; i++) {
            sync.written();
        }
        assertThat(syncs).hasValue(0);
        sync.end();
        assertThat(syncs).hasValue(1);
    }

    @Test
    void withoutTimeEachWriteIsSynced() throws Exception {
        sync(Duration.ZERO).written();
        sync.written();
        assertThat(syncs).hasValue(2);
    }

    @Test
    void aSyncThatFailedIsToldAtTheNextWriteAndAtTheEnd() throws Exception {
        broken(SOON).written();
        awaitSync();
        assertThatThrownBy(() -> sync.end()).hasMessage("no disk");
        assertThatThrownBy(() -> sync.written()).hasMessage("no disk");
        assertThat(forced.availablePermits())
                .as("the kernel would tell it once only")
                .isZero();
    }

    @Test
    void afterTheEndTheDiskIsLeftAlone() throws Exception {
        sync(SOON).written();
        sync.stop();
        forced.drainPermits();
        assertThat(forced.tryAcquire(100, TimeUnit.MILLISECONDS)).isFalse();
    }
}
