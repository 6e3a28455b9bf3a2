package io.smi.core.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs that do what they should not, run for real. */
class CommandTest {
    @TempDir
    private Path bin;

    @Test
    void givesWhatItPrints() throws IOException {
        assertThat(run("echo \"$1 $LC_ALL\"; cat", 10)).isEqualTo("ask C\n");
    }

    @Test
    void aFailureIsOneSentence() {
        assertThatThrownBy(() -> run("echo driver is not loaded >&2; echo more >&2; exit 3", 10))
                .hasMessage("tool ask failed with status 3: driver is not loaded");
    }

    @Test
    void aMegabyteIsLetGo() {
        assertThatThrownBy(() -> run("head -c 1048576 /dev/zero", 10))
                .hasMessage("tool ask printed more than 262144 bytes");
    }

    @Test
    void oneThatIgnoresSigtermIsKilled() throws Exception {
        assertThatThrownBy(() -> run("trap '' TERM; echo $$ > " + bin + "/pid; sleep 1000", 0.5))
                .isInstanceOf(CommandLateException.class);
        assertGone("pid");
    }

    @Test
    void childrenEndWithIt() throws Exception {
        assertThatThrownBy(() -> run("sleep 1000 & echo $! > " + bin + "/pid; wait", 0.5))
                .isInstanceOf(CommandLateException.class);
        assertGone("pid");
    }

    @Test
    void aChildThatKeepsThePipeHoldsUpNobody() throws Exception {
        assertThat(run("sleep 1000 & echo $! > " + bin + "/pid; echo done", 10)).isEqualTo("done\n");
        assertGone("pid");
    }

    @Test
    void aChildWithASessionOfItsOwnEndsToo() throws Exception {
        assertThat(run("setsid sleep 1000 > /dev/null 2>&1 & echo $! > " + bin + "/pid; echo done", 10))
                .isEqualTo("done\n");
        assertGone("pid");
    }

    /** While a process takes on a new program, its environment reads as empty. */
    @Test
    void aDaemonThatIsJustBeginningEndsToo() throws Exception {
        String chain = "env ".repeat(20);
        List<String> daemons = new ArrayList<>();
        for (int run = 0; run < 50; run++) {
            assertThat(run("(setsid " + chain + "sleep 1000 & echo $! > " + bin + "/pid); echo done", 10))
                    .isEqualTo("done\n");
            daemons.add(Files.readString(bin.resolve("pid")).strip());
        }
        for (String daemon : daemons) {
            FakeProgram.assertGone(daemon);
        }
    }

    @Test
    void isLookedForInAbsoluteFoldersOnly() {
        assertThat(Command.find("no-such-tool", ".:relative:")).isNull();
    }

    private String run(String script, double seconds) throws IOException {
        FakeProgram.install(bin, "tool", script);
        Command command = Objects.requireNonNull(Command.find("tool", "relative:" + bin));
        return command.run(System.nanoTime() + (long) (seconds * 1e9), List.of("ask"));
    }

    private void assertGone(String file) throws Exception {
        FakeProgram.assertGone(Files.readString(bin.resolve(file)).strip());
    }
}
