package io.smi.cli.api;

import static io.smi.cli.storage.SilentFileSystemIT.assertRowsAreWhole;
import static io.smi.cli.storage.SilentFileSystemIT.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.api.EventStream.Event;
import io.smi.cli.storage.SilentFileSystem;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameError;
import io.smi.schema.SnapshotFrame;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server on a machine with a mount whose own server is dead. */
@Timeout(120)
class ApiSilentFileSystemIT {
    @TempDir
    private Path folder;

    @Test
    void isStaleInAServerWhichKeepsItsTick() throws Exception {
        try (SilentFileSystem silent = SilentFileSystem.mount(folder, "deaf");
                ApiProcess smi = ApiProcess.start(
                        "--listen", "127.0.0.1:0", "--interval", "500ms", "--include", "memory,storage");
                EventStream events = EventStream.open(smi.tcp(), "/events?include=memory,storage")) {
            SnapshotFrame first = events.frames(1).getFirst().frame();
            assertThat(first.errors()).extracting(FrameError::kind).isSubsetOf(ErrorKind.TIMEOUT, ErrorKind.STALE);
            SnapshotFrame last = first;
            for (Event event : events.frames(6)) {
                SnapshotFrame frame = event.frame();
                assertThat(frame.errors())
                        .containsExactly(
                                error(silent, ErrorKind.STALE, "an earlier call still hangs, not asked again"));
                assertRowsAreWhole(frame, silent);
                assertThat(frame.seq()).isEqualTo(last.seq() + 1);
                last = frame;
            }
            smi.signal("TERM");
            assertThat(smi.awaitEnd()).isZero();
        }
    }
}
