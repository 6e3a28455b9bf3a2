package io.smi.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.smi.cli.packaging.Program;
import io.smi.cli.packaging.Program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The status line on a real terminal, drawn by the packaged runtime. */
class StatusLineIT {
    private static final String LINE = "\rrecording 0123456789 0123456789 1\033[K";

    @TempDir
    private Path folder;

    private Path out;
    private Path log;

    /** A main class that writes a line of data, and has a status line until it is stopped or has been drawn so often. */
    static final class Recorder {
        private Recorder() {}

        static void main(String[] args) throws Exception {
            Console console = Main.console(Boolean.getBoolean("smi.stdout.tty"), Boolean.getBoolean("smi.stderr.tty"));
            AtomicInteger asked = new AtomicInteger();
            StatusLine line =
                    StatusLine.open(console, true, () -> "recording 0123456789 0123456789 " + asked.incrementAndGet());
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(console, line, "stopped")));
            int draws = Integer.getInteger("draws");
            await(() -> asked.get() >= Math.min(1, draws));
            console.print("data\n");
            await(() -> asked.get() >= draws);
            Thread.sleep(100);
            end(console, line, "recorded");
        }

        private static void await(BooleanSupplier condition) throws InterruptedException {
            for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
                Thread.sleep(100);
            }
        }

        private static void end(Console console, StatusLine line, String how) {
            line.close();
            console.complain(how);
            Runtime.getRuntime().halt(0);
        }
    }

    @BeforeEach
    void needATerminal() throws IOException {
        assumeTrue(Peers.has("script"), "script is not installed");
        out = folder.resolve("out");
        log = folder.resolve("log");
        Files.createFile(log);
    }

    private static String recorder(int draws) {
        return "SMI_JAVA_OPTS='-XX:AOTMode=off -Xbootclasspath/a:" + System.getProperty("smi.tests") + " -Ddraws="
                + draws + " " + Recorder.class.getName() + "' " + Program.HOME.resolve("bin/smi") + " record";
    }

    /** Runs it in a terminal with stdout in a file; gives what the terminal was sent. */
    private String onATerminal(String commands) throws Exception {
        Outcome outcome = Program.run(
                Map.of("TERM", "xterm", "OUT", out.toString(), "LOG", log.toString()),
                "script",
                "-qec",
                commands,
                "/dev/null");
        assertThat(outcome.status()).as(outcome.out()).isZero();
        return outcome.out();
    }

    /** Goes on once data has been written, and a line; a shell's background would else ignore an interrupt, and nohup's a hang-up. */
    private static String inBackground(String recorder) {
        return recorder.replace("' /", "' env --default-signal=HUP,INT,TERM /")
                + " >$OUT & for i in $(seq 50); do sleep 0.2; [ -s $OUT ] && break; done; sleep 0.5; ";
    }

    @Test
    void isDrawnAndErasedOnStderrAlone() throws Exception {
        String shown = onATerminal("stty cols 80; " + recorder(1) + " >$OUT");
        assertThat(shown).startsWith(LINE).endsWith("\r\033[Ksmi: recorded\r\n");
        assertThat(out).hasContent("data");
    }

    @Test
    void followsTheTerminalsWidth() throws Exception {
        String shown = onATerminal("stty cols 80; " + recorder(5) + " >$OUT & sleep 0.7; stty cols 20; wait $!");
        assertThat(shown).startsWith("\rrecording ").contains("\rrecording 0123456\033[K");
    }

    @Test
    void aSignalEndsItAsEver() throws Exception {
        for (String signal : List.of("INT", "TERM", "HUP")) {
            String shown =
                    onATerminal("stty cols 80; " + inBackground(recorder(1000)) + "kill -" + signal + " $!; wait $!");
            assertThat(shown).as(signal).endsWith("\r\033[Ksmi: stopped\r\n");
            Files.delete(out);
        }
    }

    @Test
    void theTerminalIsLeftAsItWasEvenByAKill() throws Exception {
        String shown = onATerminal("stty cols 80; stty -g >$LOG; " + inBackground(recorder(1000))
                + "kill -KILL $!; wait $!; stty -g >>$LOG");
        assertThat(shown).startsWith(LINE).doesNotContain("smi: ");
        List<String> settings = Files.readAllLines(log);
        assertThat(settings).hasSize(2);
        assertThat(settings.getFirst()).isEqualTo(settings.getLast());
    }

    @Test
    void aDumbTerminalHasNone() throws Exception {
        assertThat(onATerminal("export TERM=dumb; " + recorder(0) + " >$OUT")).isEqualTo("smi: recorded\r\n");
    }

    @Test
    void isNotThereWithoutATerminalAndNorIsJline() throws Exception {
        String loaded = recorder(0).replace(" -Ddraws", " -Xlog:class+load:file=" + log + " -Ddraws");
        String shown = onATerminal(loaded + " >$OUT 2>$OUT.err");
        assertThat(shown).isEmpty();
        assertThat(folder.resolve("out.err")).hasContent("smi: recorded");
        assertThat(log).content().contains("io.smi.cli.StatusLine").doesNotContain("org.jline");
    }

    /** A person may type the next command, or another program may read: stdin and the terminal's settings are theirs. */
    @Test
    void asksTheTerminalForNothingButItsWidth() throws Exception {
        assumeTrue(Peers.has("strace"), "strace is not installed");
        assumeTrue(Program.run(Map.of(), "strace", "true").status() == 0, "strace may not trace");
        String traced = recorder(2).replace("' /", "' strace -f -o $LOG -e trace=read,write,ioctl,execve /");
        onATerminal(traced + " >$OUT");
        List<String> calls = Files.readAllLines(log).stream()
                .map(line -> line.replaceFirst("^\\d+ +", ""))
                .toList();
        assertThat(calls).anyMatch(call -> call.startsWith("ioctl(2, TIOCGWINSZ"));
        assertThat(calls).noneMatch(call -> call.startsWith("read(0,") || call.contains("TCSETS"));
        assertThat(calls).filteredOn(call -> call.startsWith("write(1,")).hasSize(1);
        assertThat(calls).filteredOn(call -> call.startsWith("execve(")).hasSize(2);
    }
}
