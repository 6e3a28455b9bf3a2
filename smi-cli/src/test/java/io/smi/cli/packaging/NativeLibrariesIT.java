package io.smi.cli.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import com.sun.jna.NativeLibrary;
import io.smi.cli.packaging.Program.Outcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jline.nativ.CLibrary;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The libraries of others that are not Java: the packaged runtime loads them from where they lie, wherever that is. */
class NativeLibrariesIT {
    @TempDir
    private static Path folder;

    private static Path home;

    /** A main class that uses both, on the path of the launched command. */
    static final class Probe {
        private Probe() {}

        static void main(String[] args) {
            byte[] text = "smi".repeat(1000).getBytes(StandardCharsets.UTF_8);
            byte[] compressed = Zstd.compress(text);
            System.out.println(compressed.length < text.length
                    && new String(Zstd.decompress(compressed), StandardCharsets.UTF_8).length() == text.length);
            System.out.println(CLibrary.getTerminalWidth(2));
        }
    }

    @BeforeAll
    static void install() throws Exception {
        home = Program.copyTo(folder.resolve("moved and renamed"));
    }

    /** The same of JNA, which readers of hardware use. A server's class path is no place to put a probe. */
    static final class JnaProbe {
        private JnaProbe() {}

        static void main(String[] args) {
            System.out.println(
                    NativeLibrary.getInstance("libc.so.6").getFunction("getpid").invokeInt(new Object[0])
                            == ProcessHandle.current().pid());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"record", "replay"})
    void areNeverUnpacked(String command) throws Exception {
        assertThat(libraries(command, Probe.class, "true\n0\n"))
                .contains("moved and renamed/lib/libzstd-jni.so")
                .contains("moved and renamed/lib/libjlinenative.so");
    }

    @ParameterizedTest
    @ValueSource(strings = {"snapshot", "record"})
    void jnasIsNeverUnpacked(String command) throws Exception {
        assertThat(libraries(command, JnaProbe.class, "true\n")).contains("moved and renamed/lib/libjnidispatch.so");
    }

    /** What the JVM says of the libraries that it loads for a main class in the place of a command. */
    private static String libraries(String command, Class<?> main, String prints) throws Exception {
        Path temporary = Files.createTempDirectory(folder, command);
        Path log = temporary.resolveSibling(temporary.getFileName() + ".log");
        String options = "-Djava.io.tmpdir=" + temporary + " -Xlog:library=info:file=" + log
                + " -XX:AOTMode=off -Xbootclasspath/a:" + System.getProperty("smi.tests") + " " + main.getName();
        Outcome outcome = Program.run(
                Map.of("SMI_JAVA_OPTS", options), home.resolve("bin/smi").toString(), command);
        assertThat(outcome).isEqualTo(new Outcome(0, prints, ""));
        assertThat(temporary).isEmptyDirectory();
        String loaded = Files.readString(log);
        assertThat(loaded).doesNotContain(temporary.toString());
        return loaded;
    }
}
