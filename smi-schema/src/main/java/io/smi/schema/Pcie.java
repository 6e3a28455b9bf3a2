package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** An accelerator's PCI Express link. */
@Built
public record Pcie(
        @Key("Generation of the link as it runs now; power management lowers it.") @Nullable
        Integer generation,

        @Key(value = "Lanes of the link as it runs now.", unit = "lanes") @Nullable
        Integer width,

        @Key("Highest generation of device and slot.") @Nullable
        Integer generationMax,

        @Key(value = "Most lanes of device and slot.", unit = "lanes") @Nullable
        Integer widthMax,

        @Key("Received by the device.") @Nullable Long rxBytesPerSecond,
        @Key("Sent by the device.") @Nullable Long txBytesPerSecond,

        @Key(value = "Packets that had to be sent again.", unit = "replays") @Nullable
        Long replayTotal)
        implements Row {
    @Override
    public void writeTo(FieldWriter out) {
        out.number("generation", generation);
        out.number("width", width);
        out.number("generation_max", generationMax);
        out.number("width_max", widthMax);
        out.number("rx_bytes_per_second", rxBytesPerSecond);
        out.number("tx_bytes_per_second", txBytesPerSecond);
        out.number("replay_total", replayTotal);
    }
}
