package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.FrameDecoder;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accelerators of several fixture machines in one: no reader takes another's, or stands in its way. */
class AllVendorsTest {
    private static final List<String> MACHINES =
            List.of("npu-node", "rk3588-board", "arc-b580", "amdgpu-desktop", "mi300x-node", "meteorlake-laptop");

    @Test
    void eachHasItsRow(@TempDir Path folder) throws Exception {
        FixtureTree tree = FixtureTree.unpack(
                Files.writeString(folder.resolve("empty.txt"), "== proc/\n"), folder.resolve("tree"));
        List<Gpu> alone = new ArrayList<>();
        for (int i = 0; i < MACHINES.size(); i++) {
            Path home = Machine.named(MACHINES.get(i)).home();
            tree.apply(Files.writeString(
                    folder.resolve(i + ".txt"),
                    withoutProcesses(elsewhere(Files.readString(home.resolve("tree.txt")), i))));
            SnapshotFrame golden = FrameDecoder.decode(elsewhere(Files.readString(home.resolve("expected.json")), i)
                    .getBytes(StandardCharsets.UTF_8));
            for (Gpu gpu : Objects.requireNonNull(golden.gpus())) {
                alone.add(facts(gpu));
            }
        }
        SnapshotFrame frame = Machine.frame(tree.roots(), Set.of(Section.GPU), () -> {});
        assertThat(frame.errors()).isEmpty();
        assertThat(frame.gpus()).extracting(AllVendorsTest::facts).containsExactlyInAnyOrderElementsOf(alone);
        assertThat(alone).hasSize(11);
    }

    /** What one machine calls its devices, with numbers that no other has. */
    private static String elsewhere(String text, int machine) {
        int number = machine + 1;
        return text.replace("0000:", "000" + number + ":")
                .replaceAll("\\bcard(\\d)", "card" + number + "$1")
                .replaceAll("\\brenderD1(\\d)", "renderD" + number + "$1")
                .replaceAll("\\bhwmon(\\d)", "hwmon" + number + "$1");
    }

    private static String withoutProcesses(String archive) {
        StringBuilder kept = new StringBuilder();
        for (String file : archive.split("(?m)^(?=== )", -1)) {
            if (!file.startsWith("== proc/")) {
                kept.append(file);
            }
        }
        return kept.toString();
    }

    /** What neither time nor processes change. */
    private static Gpu facts(Gpu gpu) {
        return GpuBuilder.builder()
                .name(gpu.name())
                .uuid(gpu.uuid())
                .vendor(gpu.vendor())
                .deviceType(gpu.deviceType())
                .pciBusId(gpu.pciBusId())
                .serial(gpu.serial())
                .vbiosVersion(gpu.vbiosVersion())
                .memoryTotalBytes(gpu.memoryTotalBytes())
                .clockGraphicsMaxMhz(gpu.clockGraphicsMaxMhz())
                .build();
    }
}
