package io.smi.core.network;

import io.smi.core.Readings;
import io.smi.core.Span;
import io.smi.schema.Network;
import io.smi.schema.NetworkBuilder;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code network} section. */
public final class NetworkRows {
    private NetworkRows() {}

    /** One row per interface, loopback included, in the order of {@code ip link}. */
    public static List<Network> of(Readings readings) {
        Map<String, Interface> interfaces = orEmpty(readings.get(InterfaceReader.class));
        Map<String, Traffic> traffic = orEmpty(readings.get(TrafficReader.class));
        Span<Map<String, Traffic>> span = readings.span(TrafficReader.class);
        Span<Map<String, Interface>> facts = readings.span(InterfaceReader.class);
        Set<String> names = new LinkedHashSet<>(traffic.keySet());
        names.addAll(interfaces.keySet());
        List<Network> rows = new ArrayList<>(names.size());
        for (String name : names) {
            NetworkBuilder row = NetworkBuilder.builder().name(name);
            tell(row, interfaces.get(name));
            count(row, traffic.get(name));
            if (span != null && isSame(name, facts)) {
                rate(row, span, span.before().get(name), span.after().get(name));
            }
            rows.add(row.build());
        }
        return rows;
    }

    private static <T> Map<String, T> orEmpty(@Nullable Map<String, T> map) {
        return map == null ? Map.of() : map;
    }

    private static void tell(NetworkBuilder row, @Nullable Interface one) {
        if (one != null) {
            row.state(one.state()).speedMbps(one.speedMbps()).mac(one.mac()).mtu(one.mtu());
        }
    }

    private static void count(NetworkBuilder row, @Nullable Traffic counters) {
        if (counters != null) {
            row.rxBytesTotal(counters.rxBytes())
                    .txBytesTotal(counters.txBytes())
                    .rxErrorsTotal(counters.rxErrors())
                    .txErrorsTotal(counters.txErrors())
                    .rxDroppedTotal(counters.rxDropped())
                    .txDroppedTotal(counters.txDropped());
        }
    }

    private static void rate(NetworkBuilder row, Span<?> span, @Nullable Traffic first, @Nullable Traffic last) {
        if (first != null && last != null) {
            row.rxBytesPerSecond(span.wholePerSecond(first.rxBytes(), last.rxBytes()))
                    .txBytesPerSecond(span.wholePerSecond(first.txBytes(), last.txBytes()));
        }
    }

    /** Not so one that went and came back in between, which counts from 0 again. */
    private static boolean isSame(String name, @Nullable Span<Map<String, Interface>> facts) {
        return facts == null
                || Objects.equals(
                        index(facts.before().get(name)), index(facts.after().get(name)));
    }

    private static @Nullable Long index(@Nullable Interface one) {
        return one == null ? null : one.index();
    }
}
