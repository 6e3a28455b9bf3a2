package io.smi.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Readings;
import io.smi.schema.Network;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkRowsTest {
    private static final long SECONDS_2 = 2_000_000_000L;
    private static final Interface ETH0 = new Interface(2L, "up", 1000, "52:54:00:12:34:56", 1500);

    @Test
    void anInterfaceHasItsFactsCountersAndRates() {
        assertThat(rows(ETH0, new Traffic(100, 0, 0, 50, 0, 0), ETH0, new Traffic(301, 1, 2, 50, 3, 4)))
                .containsExactly(new Network(
                        "eth0", "up", 1000, "52:54:00:12:34:56", 1500, 301L, 50L, 101L, 0L, 1L, 3L, 2L, 4L));
    }

    @Test
    void oneThatWentAndCameBackHasNoRate() {
        Interface again = new Interface(7L, "up", 1000, "52:54:00:12:34:56", 1500);
        Network row = rows(ETH0, new Traffic(100, 0, 0, 50, 0, 0), again, new Traffic(900, 0, 0, 90, 0, 0))
                .getFirst();
        assertThat(row.rxBytesTotal()).isEqualTo(900);
        assertThat(row.rxBytesPerSecond()).isNull();
        assertThat(row.txBytesPerSecond()).isNull();
    }

    @Test
    void aCounterThatWentBackHasNoRate() {
        Network row = rows(ETH0, new Traffic(100, 0, 0, 50, 0, 0), ETH0, new Traffic(9, 0, 0, 90, 0, 0))
                .getFirst();
        assertThat(row.rxBytesPerSecond()).isNull();
        assertThat(row.txBytesPerSecond()).isEqualTo(20);
    }

    @Test
    void oneSourceIsEnoughForARow() {
        Map<Class<?>, Object> interfaces = Map.of(InterfaceReader.class, Map.of("eth0", ETH0));
        assertThat(NetworkRows.of(Readings.of(Map.of(), interfaces, SECONDS_2)))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.mtu()).isEqualTo(1500);
                    assertThat(row.rxBytesTotal()).isNull();
                });
        Map<Class<?>, Object> traffic = Map.of(TrafficReader.class, Map.of("eth0", new Traffic(1, 0, 0, 2, 0, 0)));
        assertThat(NetworkRows.of(Readings.of(traffic, traffic, SECONDS_2)))
                .singleElement()
                .satisfies(row -> {
                    assertThat(row.mtu()).isNull();
                    assertThat(row.rxBytesPerSecond()).isZero();
                });
        assertThat(NetworkRows.of(Readings.of(Map.of(), Map.of(), SECONDS_2))).isEmpty();
    }

    private static List<Network> rows(Interface before, Traffic first, Interface now, Traffic last) {
        return NetworkRows.of(Readings.of(
                Map.of(InterfaceReader.class, Map.of("eth0", before), TrafficReader.class, Map.of("eth0", first)),
                Map.of(InterfaceReader.class, Map.of("eth0", now), TrafficReader.class, Map.of("eth0", last)),
                SECONDS_2));
    }
}
