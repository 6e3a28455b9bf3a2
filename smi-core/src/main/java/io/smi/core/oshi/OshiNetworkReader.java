package io.smi.core.oshi;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.Readings;
import io.smi.core.Span;
import io.smi.schema.Network;
import io.smi.schema.NetworkBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import oshi.hardware.HardwareAbstractionLayer;
import oshi.hardware.NetworkIF;
import oshi.hardware.NetworkIF.IfOperStatus;

/** OSHI's {@code NetworkIF}s, the loopback among them. */
public final class OshiNetworkReader implements Reader<Map<String, Network>> {
    private final HardwareAbstractionLayer hardware;

    OshiNetworkReader(HardwareAbstractionLayer hardware) {
        this.hardware = hardware;
    }

    @Override
    public Map<String, Network> read(Problems problems) {
        Map<String, Network> interfaces = new TreeMap<>();
        for (NetworkIF one : hardware.getNetworkIFs(true)) {
            interfaces.put(one.getName(), row(one));
        }
        return interfaces;
    }

    private static Network row(NetworkIF one) {
        return NetworkBuilder.builder()
                .name(one.getName())
                .state(state(one.getIfOperStatus()))
                .speedMbps(Known.small(one.getSpeed() / 1_000_000))
                .mac(mac(one.getMacaddr()))
                .mtu(Known.small(one.getMTU()))
                .rxBytesTotal(Known.count(one.getBytesRecv()))
                .txBytesTotal(Known.count(one.getBytesSent()))
                .rxErrorsTotal(Known.count(one.getInErrors()))
                .txErrorsTotal(Known.count(one.getOutErrors()))
                .rxDroppedTotal(Known.count(one.getInDrops()))
                .build();
    }

    private static @Nullable String state(IfOperStatus status) {
        return status == IfOperStatus.UNKNOWN
                ? null
                : status.name().toLowerCase(Locale.ROOT).replace("_", "");
    }

    /** The loopback's is all zeros. */
    private static @Nullable String mac(String address) {
        String known = Known.text(address);
        return known == null || known.equals("00:00:00:00:00:00") ? null : known;
    }

    /** The rows of its section. */
    public static List<Network> rows(Readings readings) {
        Map<String, Network> now = readings.get(OshiNetworkReader.class);
        Span<Map<String, Network>> span = readings.span(OshiNetworkReader.class);
        List<Network> rows = new ArrayList<>();
        for (Network row : now == null ? List.<Network>of() : now.values()) {
            Network before = span == null ? null : span.before().get(row.name());
            rows.add(
                    before == null || span == null
                            ? row
                            : NetworkBuilder.builder(row)
                                    .rxBytesPerSecond(span.wholePerSecond(before.rxBytesTotal(), row.rxBytesTotal()))
                                    .txBytesPerSecond(span.wholePerSecond(before.txBytesTotal(), row.txBytesTotal()))
                                    .build());
        }
        return rows;
    }
}
