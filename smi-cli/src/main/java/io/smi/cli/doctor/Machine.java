package io.smi.cli.doctor;

import io.smi.core.ReaderOutcome;
import io.smi.core.gpu.Absent;
import io.smi.core.kernel.Roots;
import io.smi.schema.SnapshotFrame;
import java.util.List;
import java.util.Map;

/**
 * What the checks look at.
 *
 * @param frame all sections
 * @param outcomes of the readers that made it
 * @param absent why keys of accelerators are null in it
 * @param settings the files that set something, and what is wrong with them
 */
public record Machine(
        Roots roots,
        Map<String, String> environment,
        String version,
        SnapshotFrame frame,
        List<ReaderOutcome> outcomes,
        List<Absent> absent,
        Settings settings) {
    public Machine {
        environment = Map.copyOf(environment);
        outcomes = List.copyOf(outcomes);
        absent = List.copyOf(absent);
    }

    /** The files that were read, and their faults, a line each. */
    public record Settings(List<String> files, List<String> faults) {
        public Settings {
            files = List.copyOf(files);
            faults = List.copyOf(faults);
        }
    }
}
