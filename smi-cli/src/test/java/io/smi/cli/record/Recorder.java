package io.smi.cli.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.smi.cli.packaging.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** The packaged program, recording, until it is closed. */
final class Recorder implements AutoCloseable {
    static final String SMI = Program.HOME.resolve("bin/smi").toString();
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Process process;
    private final Path stderr;

    private Recorder(Process process, Path stderr) {
        this.process = process;
        this.stderr = stderr;
    }

    /** Starts {@code smi record} with these options. */
    static Recorder start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(SMI, "record"));
        command.addAll(List.of(options));
        return start(command);
    }

    /** Starts a command that becomes {@code smi record}. Signals that are ignored where Maven was started stay ignored. */
    static Recorder start(List<String> command) throws IOException {
        Path stderr = Files.createTempFile("smi", ".err");
        List<String> heeding = new ArrayList<>(List.of("env", "--default-signal=HUP,INT,TERM"));
        heeding.addAll(command);
        Process process = new ProcessBuilder(heeding)
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(stderr.toFile())
                .start();
        return new Recorder(process, stderr);
    }

    /** Sends a signal, such as TERM. */
    void signal(String name) throws Exception {
        assertThat(Program.run(Map.of(), "sh", "-c", "kill -" + name + " " + process.pid())
                        .status())
                .isZero();
    }

    /** All of stderr. */
    String said() throws IOException {
        return Files.readString(stderr);
    }

    /** Waits, however loaded the machine is, until this is true. */
    void until(String what, Callable<Boolean> condition) throws Exception {
        long start = System.nanoTime();
        while (!condition.call()) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                fail("not within %s: %s; it said: %s", PATIENCE, what, said());
            }
            assertThat(process.isAlive()).as("%s: %s", what, said()).isTrue();
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Its exit code, once it has ended. */
    int awaitEnd() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .as("ends")
                .isTrue();
        return process.exitValue();
    }

    /** Kills it, if it has not ended. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        Files.delete(stderr);
    }
}
