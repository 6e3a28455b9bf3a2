package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** Memory errors that error-correcting memory saw. */
public record EccCounts(
        @Key(value = "Errors that were corrected.", unit = "errors") @Nullable
        Long correctedTotal,

        @Key(value = "Errors that could not be corrected.", unit = "errors") @Nullable
        Long uncorrectedTotal)
        implements Row {
    @Override
    public void writeTo(FieldWriter out) {
        out.number("corrected_total", correctedTotal);
        out.number("uncorrected_total", uncorrectedTotal);
    }
}
