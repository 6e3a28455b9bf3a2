package io.smi.server.metrics;

import io.smi.schema.EccCounts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory errors by severity, of accelerators as of main memory. */
final class EccReadings {
    private EccReadings() {}

    static List<Reading> of(@Nullable EccCounts counts) {
        return counts == null
                ? List.of()
                : List.of(
                        new Reading("corrected", counts.correctedTotal()),
                        new Reading("uncorrected", counts.uncorrectedTotal()));
    }
}
