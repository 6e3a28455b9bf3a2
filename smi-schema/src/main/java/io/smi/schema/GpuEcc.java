package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** Error-correcting memory of an accelerator. */
@Built
public record GpuEcc(
        @Key("Whether error correction is on.") @Nullable Boolean mode,

        @Key(value = "Since the driver was loaded.", name = "volatile") @Nullable
        EccCounts volatileCounts,

        @Key("Over the life of the device.") @Nullable EccCounts aggregate,

        @Key(value = "Rows of memory replaced by spare ones.", unit = "rows") @Nullable
        Integer remappedRows,

        @Key(value = "Pages of memory taken out of use.", unit = "pages") @Nullable
        Integer retiredPages)
        implements Row {
    @Override
    public void writeTo(FieldWriter out) {
        out.flag("mode", mode);
        out.object("volatile", volatileCounts);
        out.object("aggregate", aggregate);
        out.number("remapped_rows", remappedRows);
        out.number("retired_pages", retiredPages);
    }
}
