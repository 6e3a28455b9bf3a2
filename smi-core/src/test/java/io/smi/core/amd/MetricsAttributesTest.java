package io.smi.core.amd;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.GpuLink;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code gpu_metrics} 1.9, through {@link GpuMetrics}. */
class MetricsAttributesTest {
    /** 1150 bytes of 47 attributes is what a MI300X says under ROCm 7.2.4. */
    @Test
    void theTableIsLaidOutAsThatOfACard() {
        AttributesTable table = new AttributesTable(AttributesTable.INSTINCT);
        assertThat(table.count()).isEqualTo(47);
        assertThat(table.bytes().limit()).isEqualTo(1150);
        assertThat(GpuMetrics.of(table.bytes())).isEqualTo(GpuMetrics.NONE);
    }

    @Test
    void energy() {
        AttributesTable table =
                new AttributesTable(AttributesTable.INSTINCT).set("energy_accumulator", 5 << 16 | 1 << 15);
        assertThat(GpuMetrics.of(table.bytes()).energyJoules()).isEqualTo(5.5);
    }

    /** First 32 bits, now 64. */
    @ParameterizedTest
    @ValueSource(strings = {"u32", "u64"})
    void residenciesThatGrewAreReasons(String type) {
        String fields = AttributesTable.INSTINCT
                .replaceAll("u32 (\\w+_residency_acc)", type + " $1")
                .replace("u32 accumulation_counter", type + " accumulation_counter");
        AttributesTable table = new AttributesTable(fields)
                .set("accumulation_counter", 55257356)
                .set("prochot_residency_acc", 0)
                .set("ppt_residency_acc", 749905)
                .set("socket_thm_residency_acc", 0)
                .set("vr_thm_residency_acc", 0);
        assertThat(GpuMetrics.of(table.bytes()).residencies()).isNull();
        table.set("hbm_thm_residency_acc", 0);
        Residencies before = residencies(table);
        table.set("accumulation_counter", 55262364).set("ppt_residency_acc", 754247);
        assertThat(residencies(table).since(before)).containsExactly("ppt");
        table.set("prochot_residency_acc", 1)
                .set("socket_thm_residency_acc", 1)
                .set("vr_thm_residency_acc", 1)
                .set("hbm_thm_residency_acc", 1);
        assertThat(residencies(table).since(before))
                .containsExactly("prochot", "ppt", "thermal_socket", "thermal_vr", "thermal_hbm");
    }

    @Test
    void eachLinkHasItsCountersAndItsState() {
        AttributesTable table = new AttributesTable(AttributesTable.INSTINCT)
                .set("xgmi_read_data_acc", 5, 6)
                .set("xgmi_write_data_acc", 7, 8)
                .set("xgmi_link_status", 1, 2, 0);
        assertThat(GpuMetrics.of(table.bytes()).links())
                .containsExactly(
                        new GpuLink(0, "xgmi", "active", null, null, 5 * 1024L, 7 * 1024L, null),
                        new GpuLink(1, "xgmi", null, null, null, 6 * 1024L, 8 * 1024L, null),
                        new GpuLink(2, "xgmi", "inactive", null, null, null, null, null));
    }

    /** The tables of {@code smu_v15_0_8}. */
    @Test
    void aCounterOfAllLinksIsNoLinks() {
        AttributesTable table = new AttributesTable(
                        "u16[2] xgmi_link_status  u64 xgmi_read_data_acc  u64 xgmi_write_data_acc")
                .set("xgmi_link_status", 1, 1)
                .set("xgmi_read_data_acc", 5)
                .set("xgmi_write_data_acc", 7);
        assertThat(GpuMetrics.of(table.bytes()).links())
                .containsExactly(
                        new GpuLink(0, "xgmi", "active", null, null, null, null, null),
                        new GpuLink(1, "xgmi", "active", null, null, null, null, null));
    }

    /** Wherever it ends, nothing beyond its end is read, and what is whole is read. */
    @Test
    void aTableThatWasCut() {
        ByteBuffer whole = new AttributesTable("s8 vcn_busy  u64 energy_accumulator")
                .set("energy_accumulator", 1 << 16)
                .bytes();
        for (int length = 4; length <= whole.limit(); length++) {
            GpuMetrics metrics = GpuMetrics.of(whole.slice(0, length).order(whole.order()));
            assertThat(metrics.energyJoules()).isEqualTo(length < whole.limit() ? null : 1.0);
        }
    }

    /** Neither is a number that a frame could hold, nor one that it may make of it. */
    @Test
    void whatIsTooLargeOrOfATypeThatIsNotKnownIsNotTold() {
        AttributesTable table =
                new AttributesTable("u64 energy_accumulator").set("energy_accumulator", Long.MIN_VALUE + 1);
        assertThat(GpuMetrics.of(table.bytes()).energyJoules()).isNull();

        ByteBuffer unknown = new AttributesTable("u64[2] vcn_busy  u64 energy_accumulator")
                .set("energy_accumulator", 1)
                .bytes();
        unknown.putLong(8, (unknown.getLong(8) & ~0xf003ffL) | (8 << 20) | 1);
        assertThat(GpuMetrics.of(unknown).energyJoules()).isNull();
    }

    @Test
    void moreAttributesThanThereAreBytes() {
        ByteBuffer table = new AttributesTable("u64 energy_accumulator").bytes();
        table.putInt(4, Integer.MAX_VALUE);
        assertThat(GpuMetrics.of(table)).isEqualTo(GpuMetrics.NONE);
        table.putInt(4, -1);
        assertThat(GpuMetrics.of(table)).isEqualTo(GpuMetrics.NONE);
    }

    private static Residencies residencies(AttributesTable table) {
        return Objects.requireNonNull(GpuMetrics.of(table.bytes()).residencies());
    }
}
