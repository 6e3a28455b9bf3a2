package io.smi.core.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.FileTree;
import io.smi.core.kernel.KernelFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrafficReaderTest {
    private static final String HEAD = """
            Inter-|   Receive                                                |  Transmit
             face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
            """;
    private static final String LO = "    lo: 500 5 0 0 0 0 0 0 500 5 0 0 0 0 0 0\n";
    private static final String ETH0 = "  eth0: 18446744073 9 1 2 3 4 5 6 70 8 9 10 11 12 13 14\n";

    @TempDir
    private Path folder;

    @Test
    void countersAreByName() throws IOException {
        TrafficReader reader = reader(HEAD + LO + ETH0);
        assertThat(reader.read(new Problems()))
                .containsExactly(
                        Map.entry("lo", new Traffic(500, 0, 0, 500, 0, 0)),
                        Map.entry("eth0", new Traffic(18_446_744_073L, 1, 2, 70, 9, 10)));
    }

    @Test
    void interfacesComeAndGo() throws IOException {
        TrafficReader reader = new TrafficReader(new FileTree(folder).roots());
        assertThat(reader.parse(Cursor.of(HEAD + LO + ETH0))).containsOnlyKeys("lo", "eth0");
        assertThat(reader.parse(Cursor.of(HEAD + ETH0.replace("eth0:", "eth0.7:") + LO + ETH0)))
                .containsOnlyKeys("eth0.7", "lo", "eth0");
        assertThat(reader.parse(Cursor.of(HEAD + LO))).containsOnlyKeys("lo");
        assertThat(reader.parse(Cursor.of(HEAD + LO + ETH0.replace("eth0", "wlan0"))))
                .containsOnlyKeys("lo", "wlan0");
        assertThat(reader.parse(Cursor.of(HEAD))).isEmpty();
    }

    @Test
    void ofAnotherProcfsTheFirstProcessIsAsked() throws IOException {
        TrafficReader reader = reader(HEAD + LO);
        new FileTree(folder).file("proc/1/net/dev", HEAD + ETH0);
        assertThat(reader.read(new Problems())).containsOnlyKeys("eth0");
    }

    @Test
    void withoutItThereIsNothing() throws IOException {
        assertThat(new TrafficReader(new FileTree(folder).roots()).read(new Problems()))
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eth0\n", "eth0: 1 2 3\n", "eth0: 1 2 3 4 5 6 7 8 9 10 11 12", ": 1 2\n", "eth0: x\n"})
    void anythingElseFails(String line) {
        assertThatThrownBy(() -> reader(HEAD + LO + line).read(new Problems()))
                .isInstanceOf(KernelFormatException.class);
    }

    private TrafficReader reader(String text) {
        return new TrafficReader(new FileTree(folder).file("proc/net/dev", text).roots());
    }
}
