package io.smi.cli.doctor;

import io.smi.core.Problems;
import io.smi.core.command.Command;
import io.smi.core.kernel.KernelFiles;
import java.util.ArrayList;
import java.util.List;

/** Drivers of NPUs, and the vendors' commands by which those are read whose driver tells nothing. */
final class NpuChecks {
    private static final List<Npu> NPUS = List.of(
            new Npu("habanalabs", List.of("hl-smi")),
            new Npu("furiosa_rngd", List.of("furiosa-smi")),
            new Npu("rebellions", List.of("rbln-smi", "rbln-stat")),
            new Npu("tenstorrent", List.of()));

    private NpuChecks() {}

    /**
     * A family of NPUs.
     *
     * @param driver the module of its driver
     * @param commands the newest first; none when sysfs has all
     */
    private record Npu(String driver, List<String> commands) {}

    static Finding npus(Machine machine) {
        KernelFiles sys = machine.roots().sys();
        List<String> found = new ArrayList<>();
        List<String> missing = new ArrayList<>();
        for (Npu npu : NPUS) {
            if (sys.exists("module/" + npu.driver())) {
                String version = sys.text("module/" + npu.driver() + "/version", new Problems());
                Command program =
                        Command.find(npu.commands(), machine.environment().get("PATH"));
                found.add(npu.driver()
                        + (version == null ? "" : " " + version)
                        + (program == null ? "" : " by " + program.file()));
                if (program == null && !npu.commands().isEmpty()) {
                    missing.add(npu.commands().getFirst());
                }
            }
        }
        if (missing.isEmpty()) {
            return found.isEmpty() ? Finding.skip("no driver of one") : Finding.pass(String.join(", ", found));
        }
        return Finding.warn(
                String.join(", ", found) + "; not found: " + String.join(", ", missing),
                "install the vendor's command, or put it on PATH");
    }
}
