package io.smi.cli.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.api.EventStream.Event;
import io.smi.cli.gpu.FakeDriver;
import io.smi.cli.packaging.Program;
import io.smi.schema.ErrorKind;
import io.smi.schema.SnapshotFrame;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Serving a machine with NVIDIA's driver, which a library in C plays. */
@Timeout(120)
class ApiNvidiaIT {
    @TempDir
    private static Path folder;

    private static FakeDriver driver;

    @BeforeAll
    static void compile() throws Exception {
        driver = FakeDriver.compile(folder);
    }

    private static ApiProcess serve(String machine) throws Exception {
        return ApiProcess.start(
                driver.machine(machine),
                ApiProcess.command(Program.HOME, "--listen", "127.0.0.1:0", "--interval", "200ms"));
    }

    @Test
    void aDriverThatHangsDelaysNobodyElse() throws Exception {
        try (ApiProcess smi = serve("hang");
                EventStream events = EventStream.open(smi.tcp(), "/events")) {
            List<Event> frames = events.frames(10);
            for (int i = 0; i < frames.size(); i++) {
                SnapshotFrame frame = frames.get(i).frame();
                assertThat(frame.errors())
                        .filteredOn(error -> error.reader().equals("nvidia"))
                        .singleElement()
                        .satisfies(error -> assertThat(error.kind()).isIn(ErrorKind.TIMEOUT, ErrorKind.STALE));
                assertThat(frame.memory()).hasSize(1);
                assertThat(frame.seq())
                        .as("no tick is left out")
                        .isEqualTo(frames.getFirst().frame().seq() + i);
            }
            assertThat(frames.getLast().frame().errors())
                    .as("never asked again")
                    .filteredOn(error -> error.reader().equals("nvidia"))
                    .allMatch(error -> error.kind() == ErrorKind.STALE);
        }
    }

    @Test
    void errorEventsAreCounted() throws Exception {
        try (ApiProcess smi = serve("h100x8");
                EventStream events = EventStream.open(smi.tcp(), "/events")) {
            Await.until("the event is counted", () -> {
                SnapshotFrame frame = events.frames(1).getFirst().frame();
                if (frame.gpus().isEmpty()) {
                    return false; // the library is being loaded
                }
                assertThat(frame.gpus()).hasSize(8);
                assertThat(frame.gpus().getFirst().xid().total()).isZero();
                return frame.gpus().get(5).xid().total() == 1
                        && frame.gpus().get(5).xid().last() == 79;
            });
        }
    }
}
