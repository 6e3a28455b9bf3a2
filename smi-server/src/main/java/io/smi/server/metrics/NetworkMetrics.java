package io.smi.server.metrics;

import io.smi.schema.Network;
import io.smi.schema.SnapshotFrame;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code network} as metrics. Rates are left to whoever stores the counters. */
final class NetworkMetrics {
    /** What the kernel calls operstate; where that is unknown, it is null. */
    private static final List<String> STATES =
            List.of("notpresent", "down", "lowerlayerdown", "testing", "dormant", "up");

    private static final Table<SnapshotFrame, Network> FACTS = interfaces()
            .label("mac", Network::mac)
            .info("smi_network_info", "A network interface.")
            .build();

    private static final Table<SnapshotFrame, Network> INTERFACES = interfaces()
            .family("smi_network_speed_bytes_per_second", "Speed of the link.", NetworkMetrics::speed)
            .family("smi_network_mtu_bytes", "Largest packet that the interface sends.", Network::mtu)
            .family("smi_network_rx_bytes_total", "Received by the interface.", Network::rxBytesTotal)
            .family("smi_network_tx_bytes_total", "Sent by the interface.", Network::txBytesTotal)
            .family("smi_network_rx_errors_total", "Packets received in error.", Network::rxErrorsTotal)
            .family("smi_network_tx_errors_total", "Packets that could not be sent.", Network::txErrorsTotal)
            .family("smi_network_rx_dropped_total", "Packets received and dropped.", Network::rxDroppedTotal)
            .family("smi_network_tx_dropped_total", "Packets dropped before they were sent.", Network::txDroppedTotal)
            .build();

    private static final Table<SnapshotFrame, Part<Network, String>> STATE =
            Table.<SnapshotFrame, Part<Network, String>>of(frame -> Part.of(frame.network(), row -> STATES))
                    .label("interface", row -> row.whole().name())
                    .label("state", Part::part)
                    .family(
                            "smi_network_state",
                            "1 for the state that the interface is in.",
                            row -> Value.isState(row.whole().state(), row.part()))
                    .build();

    static final List<Table<SnapshotFrame, ?>> TABLES = List.of(FACTS, STATE, INTERFACES);

    private NetworkMetrics() {}

    private static Table.Builder<SnapshotFrame, Network> interfaces() {
        return Table.of(SnapshotFrame::network).label("interface", Network::name);
    }

    private static @Nullable Number speed(Network row) {
        return row.speedMbps() == null ? null : row.speedMbps() * 125_000L;
    }
}
