package io.smi.core.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.Problems;
import io.smi.core.kernel.FileTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InterfaceReaderTest {
    private FileTree tree;
    private InterfaceReader reader;

    @BeforeEach
    void start(@TempDir Path folder) {
        tree = new FileTree(folder);
        eth0("ifindex", "2").eth0("operstate", "up").eth0("speed", "100000").eth0("mtu", "9000");
        eth0("address", "52:54:00:12:34:56");
        reader = new InterfaceReader(tree.roots());
    }

    private InterfaceReaderTest eth0(String name, String value) {
        tree.file("sys/class/net/eth0/" + name, value + "\n");
        return this;
    }

    private Interface eth0() throws IOException {
        Problems problems = new Problems();
        Interface read = Objects.requireNonNull(reader.read(problems)).get("eth0");
        assertThat(problems.list()).isEmpty();
        return Objects.requireNonNull(read);
    }

    @Test
    void anInterfaceIsWhatItsFilesSay() throws IOException {
        assertThat(eth0()).isEqualTo(new Interface(2L, "up", 100_000, "52:54:00:12:34:56", 9000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "4294967295"})
    void aSpeedThatIsNoneIsNotKnown(String speed) throws IOException {
        assertThat(eth0("speed", speed).eth0().speedMbps()).isNull();
    }

    @Test
    void whatIsDownHasNoSpeed() throws IOException {
        assertThat(eth0("operstate", "down").eth0())
                .isEqualTo(new Interface(2L, "down", null, "52:54:00:12:34:56", 9000));
    }

    @Test
    void aStateThatTheKernelDoesNotKnowIsNull() throws IOException {
        assertThat(eth0("operstate", "unknown").eth0().state()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00:00:00:00:00:00", "", "00:00:00:00"})
    void anAddressThatIsNoneIsNull(String address) throws IOException {
        assertThat(eth0("address", address).eth0().mac()).isNull();
    }

    @Test
    void whatIsNoInterfaceIsLeftOut() throws IOException {
        tree.file("sys/class/net/bonding_masters", "bond0\n");
        assertThat(reader.read(new Problems())).containsOnlyKeys("eth0");
    }

    @Test
    void interfacesComeAndGo() throws IOException {
        tree.file("sys/class/net/lo/ifindex", "1\n");
        assertThat(reader.read(new Problems())).containsOnlyKeys("eth0", "lo");
        tree.delete("sys/class/net/lo/ifindex");
        tree.delete("sys/class/net/lo");
        assertThat(reader.read(new Problems())).containsOnlyKeys("eth0");
    }

    @Test
    void withoutAnyThereIsNothing(@TempDir Path other) throws IOException {
        assertThat(new InterfaceReader(new FileTree(other).roots()).read(new Problems()))
                .isNull();
    }
}
