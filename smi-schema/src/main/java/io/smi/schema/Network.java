package io.smi.schema;

import org.jspecify.annotations.Nullable;

/** One network interface: one row of {@code network}. */
@Built
public record Network(
        @Key("Name of the interface.") String name,
        @Key("up, down, dormant ... (operstate).") @Nullable String state,

        @Key(value = "Speed of the link; null when it is down or virtual.", unit = "Mbit/s") @Nullable
        Integer speedMbps,

        @Key("Hardware address.") @Nullable String mac,

        @Key(value = "Largest packet.", unit = "bytes") @Nullable
        Integer mtu,

        @Key("Received since the interface came up.") @Nullable
        Long rxBytesTotal,

        @Key("Sent since the interface came up.") @Nullable Long txBytesTotal,
        @Key("Received over the window.") @Nullable Long rxBytesPerSecond,
        @Key("Sent over the window.") @Nullable Long txBytesPerSecond,

        @Key(value = "Received in error.", unit = "packets") @Nullable
        Long rxErrorsTotal,

        @Key(value = "Could not be sent.", unit = "packets") @Nullable
        Long txErrorsTotal,

        @Key(value = "Received and dropped.", unit = "packets") @Nullable
        Long rxDroppedTotal,

        @Key(value = "Dropped before they were sent.", unit = "packets") @Nullable
        Long txDroppedTotal)
        implements Row {
    @Override
    public void writeTo(FieldWriter out) {
        out.text("name", name);
        out.text("state", state);
        out.number("speed_mbps", speedMbps);
        out.text("mac", mac);
        out.number("mtu", mtu);
        out.number("rx_bytes_total", rxBytesTotal);
        out.number("tx_bytes_total", txBytesTotal);
        out.number("rx_bytes_per_second", rxBytesPerSecond);
        out.number("tx_bytes_per_second", txBytesPerSecond);
        out.number("rx_errors_total", rxErrorsTotal);
        out.number("tx_errors_total", txErrorsTotal);
        out.number("rx_dropped_total", rxDroppedTotal);
        out.number("tx_dropped_total", txDroppedTotal);
    }
}
