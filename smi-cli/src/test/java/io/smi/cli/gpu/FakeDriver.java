package io.smi.cli.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.cli.Peers;
import io.smi.cli.packaging.Program;
import java.nio.file.Path;
import java.util.Map;

/**
 * NVIDIA's library as a program of ours plays it: {@code smi-core/src/test/native} has the machines.
 *
 * @param folder with the compiled libraries
 */
public record FakeDriver(Path folder) {
    /** Compiles it into this folder; skips the test where there is no compiler. */
    public static FakeDriver compile(Path folder) throws Exception {
        Peers.require("gcc");
        String script = System.getProperty("smi.checkout") + "/smi-core/src/test/native/compile";
        Program.Outcome outcome = Program.run(Map.of(), script, folder.toString());
        assertThat(outcome.status()).as(outcome.err()).isZero();
        return new FakeDriver(folder);
    }

    /** The environment of a program on such a machine, whose GPUs are used by this process. */
    public Map<String, String> machine(String name) {
        return Map.of(
                "LD_LIBRARY_PATH",
                        folder.resolve(name.equals("old") ? "old" : "now").toString(),
                "SMI_FAKE_NVML", name,
                "SMI_FAKE_NVML_PID", Long.toString(ProcessHandle.current().pid()));
    }
}
