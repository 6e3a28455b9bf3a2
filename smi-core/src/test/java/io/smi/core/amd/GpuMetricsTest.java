package io.smi.core.amd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.GpuLink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables are laid out by {@link MetricsTable}, which knows nothing of the offsets that are tested here. */
class GpuMetricsTest {
    static Stream<Arguments> all() {
        return Stream.of(
                arguments(1, 3, MetricsTable.V1_3, 120),
                arguments(1, 4, MetricsTable.V1_4, 288),
                arguments(1, 5, MetricsTable.V1_5, 360),
                arguments(1, 6, MetricsTable.V1_6, 312),
                arguments(1, 7, MetricsTable.V1_7, 344),
                arguments(1, 8, MetricsTable.V1_7, 344),
                arguments(2, 1, MetricsTable.V2_1, 120),
                arguments(2, 2, MetricsTable.V2_2, 128),
                arguments(2, 3, MetricsTable.V2_3, 152),
                arguments(2, 4, MetricsTable.V2_4, 168),
                arguments(3, 0, MetricsTable.V3_0, 264));
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTableOfOnesTellsNothing(int format, int content, String fields, int size) {
        MetricsTable table = new MetricsTable(format, content, fields);
        assertThat(table.size()).isEqualTo(size);
        assertThat(GpuMetrics.of(table.bytes())).isEqualTo(GpuMetrics.NONE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void eachFieldIsReadFromItsPlace(int format, int content, String fields, int size) {
        MetricsTable table = new MetricsTable(format, content, fields);
        if (fields.contains("energy_accumulator")) {
            table.set("energy_accumulator", 5 << 16 | 1 << 15);
        }
        if (fields.contains("indep_throttle_status")) {
            table.set("indep_throttle_status", 1 | 1L << 36);
        }
        table.set(format == 3 ? "average_uclk_frequency" : "current_uclk", 1250);
        GpuMetrics metrics = GpuMetrics.of(table.bytes());
        boolean instinct = format == 1 && content > 3;
        assertThat(metrics.energyJoules()).isEqualTo(instinct ? 5.5 : null);
        assertThat(metrics.memoryClockMhz()).isEqualTo(format == 1 ? null : Integer.valueOf(1250));
        assertThat(metrics.throttleReasons())
                .isEqualTo(fields.contains("indep_throttle_status") ? List.of("ppt0", "temp_hotspot") : null);
    }

    @ParameterizedTest
    @MethodSource("all")
    void linksAreThoseThatCarriedAnythingOrHaveAState(int format, int content, String fields, int size) {
        MetricsTable table = new MetricsTable(format, content, fields);
        if (!fields.contains("xgmi_read_data_acc")) {
            assertThat(GpuMetrics.of(table.bytes()).links()).isEmpty();
            return;
        }
        table.set("xgmi_read_data_acc", 5).set("xgmi_write_data_acc", 7);
        boolean hasState = fields.contains("xgmi_link_status");
        assertThat(GpuMetrics.of(table.bytes()).links())
                .containsExactly(new GpuLink(0, "xgmi", null, null, null, 5 * 1024L, 7 * 1024L, null));
        table.set("xgmi_read_data_acc", 0).set("xgmi_write_data_acc", 0);
        assertThat(GpuMetrics.of(table.bytes()).links()).isEmpty();
        if (hasState) {
            table.set("xgmi_link_status", 1);
            assertThat(GpuMetrics.of(table.bytes()).links())
                    .containsExactly(new GpuLink(0, "xgmi", "active", null, null, 0L, 0L, null));
            table.set("xgmi_link_status", 0);
            assertThat(GpuMetrics.of(table.bytes()).links())
                    .extracting(GpuLink::state)
                    .containsExactly("inactive");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void residenciesThatGrewAreReasons(int format, int content, String fields, int size) {
        MetricsTable table = new MetricsTable(format, content, fields);
        List<String> names = List.of("prochot", "ppt", "socket_thm", "vr_thm", "hbm_thm");
        if (!fields.contains("ppt_residency_acc")) {
            assertThat(GpuMetrics.of(table.bytes()).residencies()).isNull();
            return;
        }
        table.set("accumulation_counter", 7000);
        names.forEach(name -> table.set(name + "_residency_acc", 100));
        Residencies before = residencies(table);
        assertThat(residencies(table).since(before)).isNull();
        table.set("accumulation_counter", 7001);
        assertThat(residencies(table).since(before)).isEmpty();
        table.set("ppt_residency_acc", 101).set("hbm_thm_residency_acc", 4);
        assertThat(residencies(table).since(before)).containsExactly("ppt", "thermal_hbm");
        table.set("prochot_residency_acc", 101)
                .set("socket_thm_residency_acc", 101)
                .set("vr_thm_residency_acc", 101);
        assertThat(residencies(table).since(before))
                .containsExactly("prochot", "ppt", "thermal_socket", "thermal_vr", "thermal_hbm");
    }

    @Test
    void theReasonsOfAProcessorAreThoseThatGrew() {
        MetricsTable table = new MetricsTable(3, 0, MetricsTable.V3_0);
        List<String> names = List.of("prochot", "spl", "fppt", "sppt", "thm_core", "thm_gfx", "thm_soc");
        names.forEach(name -> table.set("throttle_residency_" + name, 7));
        Residencies before = residencies(table);
        assertThat(residencies(table).since(before)).isEmpty();
        for (String name : names) {
            table.set("throttle_residency_" + name, 8);
            assertThat(residencies(table).since(before)).containsExactly(name.replace("thm", "thermal"));
            table.set("throttle_residency_" + name, 7);
        }
    }

    private static Residencies residencies(MetricsTable table) {
        return Objects.requireNonNull(GpuMetrics.of(table.bytes()).residencies());
    }

    @Test
    void nothingHoldsACardBackThatHasNoReason() {
        MetricsTable table = new MetricsTable(1, 3, MetricsTable.V1_3).set("indep_throttle_status", 0);
        assertThat(GpuMetrics.of(table.bytes()).throttleReasons()).isEmpty();
    }

    @Test
    void aReasonWithoutANameIsOneAllTheSame() {
        assertThat(Throttler.reasons(1L << 57 | 1L << 62)).containsExactly("fit", "bit_62");
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTableThatIsShorterThanItsRevisionTellsNothing(int format, int content, String fields, int size) {
        for (int length = 4; length < size; length++) {
            ByteBuffer whole = new MetricsTable(format, content, fields).bytes();
            GpuMetrics metrics = GpuMetrics.of(whole.slice(0, length).order(whole.order()));
            assertThat(metrics).isEqualTo(GpuMetrics.NONE);
        }
    }

    @Test
    void aRevisionThatIsNotKnownTellsNothing() {
        MetricsTable table = new MetricsTable(1, 10, MetricsTable.V1_7).set("energy_accumulator", 1);
        assertThat(GpuMetrics.of(table.bytes())).isEqualTo(GpuMetrics.NONE);
    }

    @Test
    void aTableThatWasCutIsAProblem(@TempDir Path folder) throws IOException {
        byte[] whole = new MetricsTable(1, 4, MetricsTable.V1_4)
                .set("energy_accumulator", 1 << 16)
                .bytes()
                .array();
        KernelFiles files = new KernelFiles(folder.toFile());
        for (int length : new int[] {1, 3, whole.length - 1}) {
            Files.write(folder.resolve("gpu_metrics"), Arrays.copyOf(whole, length));
            Problems problems = new Problems();
            try (KernelFile file = files.file("gpu_metrics")) {
                assertThat(GpuMetrics.read(file, problems)).isEqualTo(GpuMetrics.NONE);
            }
            assertThat(problems.list())
                    .extracting(Problems.Problem::message)
                    .containsExactly(folder + "/gpu_metrics: is no whole table");
        }
        Files.write(folder.resolve("gpu_metrics"), whole);
        try (KernelFile file = files.file("gpu_metrics")) {
            assertThat(GpuMetrics.read(file, new Problems()).energyJoules()).isEqualTo(1);
        }
    }
}
