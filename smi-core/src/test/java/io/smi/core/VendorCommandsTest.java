package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.command.FakeProgram;
import io.smi.core.furiosa.FuriosaReader;
import io.smi.core.gpu.AcceleratorReader;
import io.smi.core.gpu.Accelerators;
import io.smi.core.habana.HabanaReader;
import io.smi.core.kernel.FileTree;
import io.smi.core.rebellions.RebellionsReader;
import io.smi.schema.ErrorKind;
import io.smi.schema.Gpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever a vendor's command does: hl-smi, furiosa-smi and rbln-stat as programs of a test, run for real. */
class VendorCommandsTest {
    @TempDir
    private Path temp;

    private final Problems problems = new Problems();

    /** A vendor, with what its command prints of one device; see the tests of each for where that comes from. */
    enum Vendor {
        HABANA("hl-smi", """
                cat <<'END'
                name, uuid, power.draw [W], temperature.aip [C], utilization.aip [%], memory.used [MiB], memory.total [MiB]
                HL-205, first, 103, 36, 15, 512, 32768
                END
                """, ", power.draw [W]", " 103,") {
            @Override
            AcceleratorReader<Accelerators> reader(FileTree tree, String path) {
                tree.folder("sys/bus/pci/drivers/habanalabs")
                        .folder("sys/devices/0000:33:00.0")
                        .link("sys/devices/0000:33:00.0/driver", "sys/bus/pci/drivers/habanalabs")
                        .folder("sys/class/accel/accel0")
                        .link("sys/class/accel/accel0/device", "sys/devices/0000:33:00.0")
                        .file("root/dev/accel/accel0", "");
                return new HabanaReader(tree.roots(), path);
            }
        },
        FURIOSA("furiosa-smi", """
                case $1 in
                info) echo '[{"arch":"rngd","dev_name":"npu0","device_uuid":"first","power":"103.00 W"}]' ;;
                status) echo '[{"device":"npu0","liveness":"alive"}]' ;;
                esac
                """, ",\"power\":\"103.00 W\"", "") {
            @Override
            AcceleratorReader<Accelerators> reader(FileTree tree, String path) {
                return new FuriosaReader(tree.file("root/dev/rngd/npu0mgmt", "").roots(), path);
            }
        },
        REBELLIONS("rbln-stat", """
                echo '{"devices": [{"uuid": "first", "device": "rbln0", "card_power": "103000000uW"}]}'
                """, ", \"card_power\": \"103000000uW\"", "") {
            @Override
            AcceleratorReader<Accelerators> reader(FileTree tree, String path) {
                return new RebellionsReader(tree.file("root/dev/rbln0", "").roots(), path);
            }
        };

        private final String program;
        private final String script;
        private final String withoutPower;

        /** Where {@code power} is what its script lacks that does not tell the power. */
        Vendor(String program, String script, String... power) {
            this.program = program;
            this.script = script;
            String without = script;
            for (String part : power) {
                without = without.replace(part, "");
            }
            this.withoutPower = without;
        }

        abstract AcceleratorReader<Accelerators> reader(FileTree tree, String path);
    }

    private @Nullable Accelerators read(Vendor vendor, String script, Problems told) throws IOException {
        Path bin = Files.createDirectories(temp.resolve("bin"));
        FakeProgram.install(bin, vendor.program, script);
        return vendor.reader(new FileTree(temp.resolve("tree")), bin.toString()).read(told);
    }

    @ParameterizedTest
    @EnumSource
    void oneThatAnswersSlowlyIsWaitedFor(Vendor vendor) throws Exception {
        assertThat(rows(read(vendor, "sleep 0.3\n" + vendor.script, problems)))
                .singleElement()
                .satisfies(gpu -> {
                    assertThat(gpu.uuid()).isEqualTo("first");
                    assertThat(gpu.powerWatts()).isEqualTo(103);
                });
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aVersionThatDroppedAColumnTellsTheRest(Vendor vendor) throws Exception {
        assertThat(rows(read(vendor, vendor.withoutPower, problems)))
                .singleElement()
                .satisfies(gpu -> {
                    assertThat(gpu.uuid()).isEqualTo("first");
                    assertThat(gpu.powerWatts()).isNull();
                });
        assertThat(problems.list()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void oneThatHangsIsLateAndLeavesNothingBehind(Vendor vendor) throws Exception {
        Problems soon = new Problems(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500));
        String script = "trap '' TERM\nsleep 1000 &\necho $$ $! > " + temp + "/pids\nsleep 1000";
        assertThat(read(vendor, script, soon)).isNull();
        assertThat(soon.list()).extracting(Problems.Problem::kind).containsExactly(ErrorKind.TIMEOUT);
        for (String pid : Files.readString(temp.resolve("pids")).strip().split(" ", -1)) {
            FakeProgram.assertGone(pid);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMegabyteIsAProblem(Vendor vendor) throws Exception {
        assertThat(rows(read(vendor, "head -c 1048576 /dev/zero", problems))).isEmpty();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains(vendor.program)
                        .endsWith("printed more than 262144 bytes"));
    }

    @ParameterizedTest
    @EnumSource
    void garbageIsAProblem(Vendor vendor) throws Exception {
        assertThat(rows(read(vendor, "echo 'cannot open the device'", problems)))
                .isEmpty();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains(vendor.program));
    }

    @ParameterizedTest
    @EnumSource
    void aFailureIsToldInItsWords(Vendor vendor) throws Exception {
        assertThat(rows(read(vendor, "echo 'driver is not loaded' >&2; exit 9", problems)))
                .isEmpty();
        assertThat(problems.list())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message())
                        .contains(vendor.program)
                        .endsWith("failed with status 9: driver is not loaded"));
    }

    private static List<Gpu> rows(@Nullable Accelerators told) {
        return told == null ? List.of() : told.gpus();
    }
}
