package io.smi.cli.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import io.smi.record.Line;
import io.smi.record.read.Finding;
import io.smi.record.read.RecordingReader;
import io.smi.record.read.RecordingReader.Check;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The packaged recorder is killed at any moment, and goes on. {@code smi-bench/crash.py} does this more often. */
@Timeout(180)
class CrashIT {
    private static final String SMI = Program.HOME.resolve("bin/smi").toString();
    private static final int KILLS = 30;
    private static final int AT_ONCE = 5;
    private static final long SEED = 20_261_123;

    @TempDir
    Path folder;

    /** What a reader finds in a recording. */
    private record Found(List<Line> lines, List<Finding> findings) {
        static Found in(Path file) throws IOException {
            List<Line> lines = new ArrayList<>();
            List<Finding> findings = new ArrayList<>();
            try (RecordingReader reader =
                    RecordingReader.open(List.of(file), InputStream.nullInputStream(), Check.ALL, findings::add)) {
                for (Line line = reader.next(); line != null; line = reader.next()) {
                    lines.add(line);
                }
            }
            return new Found(lines, findings);
        }

        void isContinuous() {
            for (int i = 0; i < lines.size(); i++) {
                assertThat(lines.get(i).seq()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void aKilledRecorderLosesNothingAndGoesOn() throws Exception {
        try (ExecutorService runs = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < KILLS; i++) {
                int run = i;
                all.add(runs.submit(() -> {
                    killAndGoOn(run);
                    return null;
                }));
            }
            for (Future<?> run : all) {
                run.get();
            }
        }
    }

    private void killAndGoOn(int run) throws Exception {
        Random random = new Random(SEED + run);
        String ending = List.of(".jsonl", ".jsonl.gz", ".jsonl.zst").get(run % 3);
        Path file = folder.resolve("run" + run + ending);
        Found seen = kill(file, random.nextInt(400));
        Found left = Found.in(file);
        left.isContinuous();
        assertThat(left.lines()).as("lines of %s", file).startsWith(seen.lines().toArray(Line[]::new));
        assertThat(left.findings()).allMatch(finding -> finding instanceof Finding.Torn);
        if (run % 2 == 1 && left.lines().size() > 1) {
            left = tear(file, left, random);
        }
        Outcome append = Program.run(
                Map.of(),
                SMI,
                "record",
                "-o",
                file.toString(),
                "--append",
                "--interval",
                "50ms",
                "--duration",
                "100ms");
        assertThat(append.status()).as(append.err()).isZero();
        Found whole = Found.in(file);
        whole.isContinuous();
        assertThat(whole.findings()).isEmpty();
        assertThat(whole.lines())
                .startsWith(left.lines().toArray(Line[]::new))
                .hasSizeGreaterThan(left.lines().size());
    }

    /** Kills a recorder after some time, and tells what its file held just before. */
    private static Found kill(Path file, int afterMillis) throws Exception {
        Process recorder = new ProcessBuilder(SMI, "record", "-o", file.toString(), "--interval", "50ms")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        while (!Files.exists(file) || Files.size(file) == 0) {
            assertThat(recorder.isAlive()).isTrue();
            Thread.sleep(5);
        }
        Thread.sleep(afterMillis);
        Found seen = Found.in(file);
        recorder.destroyForcibly().waitFor();
        return seen;
    }

    /** A power failure may take what a kill does not: the end of a write. Leaves a line at the least. */
    private static Found tear(Path file, Found before, Random random) throws IOException {
        long size = Files.size(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(size - 1 - random.nextInt(20));
        }
        Found torn = Found.in(file);
        assertThat(torn.lines()).isNotEmpty();
        assertThat(before.lines()).startsWith(torn.lines().toArray(Line[]::new));
        assertThat(before.lines().size() - torn.lines().size()).isLessThanOrEqualTo(1);
        return torn;
    }
}
