package io.smi.cli.api;

import static io.smi.cli.packaging.Program.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.api.EventStream.Event;
import io.smi.schema.ErrorKind;
import io.smi.schema.FrameError;
import io.smi.schema.FrameFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A machine one of whose files does not answer. */
@Timeout(120)
class ApiHangingReaderIT {
    @TempDir
    private Path machine;

    private Path hanging;

    @BeforeEach
    void makeMachine() throws Exception {
        Files.createDirectories(machine.resolve("proc/sys/kernel"));
        Files.createDirectories(machine.resolve("sys"));
        Files.writeString(machine.resolve("proc/sys/kernel/hostname"), "little\n");
        Files.writeString(machine.resolve("proc/meminfo"), "MemTotal:  1024 kB\nMemAvailable:  256 kB\n");
        hanging = machine.resolve("proc/loadavg");
        assertThat(run(Map.of(), "mkfifo", hanging.toString()).status()).isZero();
    }

    @Test
    void delaysNothingIsToldAndComesBack() throws Exception {
        try (ApiProcess smi = ApiProcess.start(
                        "--listen",
                        "127.0.0.1:0",
                        "--interval",
                        "200ms",
                        "--path.procfs",
                        machine.resolve("proc").toString(),
                        "--path.sysfs",
                        machine.resolve("sys").toString());
                EventStream events = EventStream.open(smi.tcp(), "/events")) {
            List<Event> frames = events.frames(10);
            assertThat(kind(frames.getFirst())).isIn(ErrorKind.TIMEOUT, ErrorKind.STALE);
            for (Event frame : frames.subList(1, frames.size())) {
                assertThat(kind(frame)).as("never asked again").isEqualTo(ErrorKind.STALE);
                assertThat(frame.frame().memory()).as("what others read").hasSize(1);
            }
            try (Answer snapshot = Answer.get(smi.tcp(), "/snapshot");
                    Answer metrics = Answer.get(smi.tcp(), "/metrics")) {
                assertThat(snapshot.text()).contains("\"hostname\":\"little\"", "\"stale\"");
                assertThat(metrics.text()).contains("smi_reader_timeouts_total{reader=\"load\"} 1.0\n");
            }
            answer();
            Await.until("the load is read again", () -> kind(events.frames(1).getFirst()) == null);
        }
    }

    /** From now on there is an ordinary file; who waits for the other one is let go. */
    private void answer() throws Exception {
        Path ordinary = Files.writeString(machine.resolve("loadavg"), "0.50 0.40 0.30 1/100 1000\n");
        Path fifo = Files.move(hanging, machine.resolve("fifo"));
        Files.move(ordinary, hanging);
        Files.writeString(fifo, "0.00 0.00 0.00 1/1 1\n");
    }

    /** What went wrong with the load; null when it was read. */
    private static ErrorKind kind(Event event) throws FrameFormatException {
        return event.frame().errors().stream()
                .filter(error -> error.reader().equals("load"))
                .map(FrameError::kind)
                .findFirst()
                .orElse(null);
    }
}
