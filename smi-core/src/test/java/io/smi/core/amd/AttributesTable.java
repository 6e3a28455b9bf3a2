package io.smi.core.amd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@code gpu_metrics} table of attributes, laid out as the kernel's {@code DECLARE_SMU_METRICS_CLASS} does, by the places
 * that their names have in {@code enum amdgpu_metrics_attr_id}. All ones until it is set, as the kernel begins one.
 */
final class AttributesTable {
    private static final String[] IDS = """
            temperature_hotspot temperature_mem temperature_vrsoc curr_socket_power average_gfx_activity
            average_umc_activity mem_max_bandwidth energy_accumulator system_clock_counter accumulation_counter
            prochot_residency_acc ppt_residency_acc socket_thm_residency_acc vr_thm_residency_acc hbm_thm_residency_acc
            gfxclk_lock_status pcie_link_width pcie_link_speed xgmi_link_width xgmi_link_speed gfx_activity_acc
            mem_activity_acc pcie_bandwidth_acc pcie_bandwidth_inst pcie_l0_to_recov_count_acc pcie_replay_count_acc
            pcie_replay_rover_count_acc pcie_nak_sent_count_acc pcie_nak_rcvd_count_acc xgmi_read_data_acc
            xgmi_write_data_acc xgmi_link_status firmware_timestamp current_gfxclk current_socclk current_vclk0
            current_dclk0 current_uclk num_partition pcie_lc_perf_other_end_recovery gfx_busy_inst jpeg_busy vcn_busy
            gfx_busy_acc gfx_below_host_limit_ppt_acc gfx_below_host_limit_thm_acc gfx_low_utilization_acc
            gfx_below_host_limit_total_acc
            """.split("\\s+", -1);

    private static final String TYPES = "u8 s8 u16s16u32s32u64s64";

    /** {@code SMU_13_0_6_METRICS_FIELDS} as it was at first: of MI300 and MI350. */
    static final String INSTINCT = """
            u16 temperature_hotspot  u16 temperature_mem  u16 temperature_vrsoc  u16 curr_socket_power
            u16 average_gfx_activity  u16 average_umc_activity  u64 mem_max_bandwidth  u64 energy_accumulator
            u64 system_clock_counter  u32 accumulation_counter  u32 prochot_residency_acc  u32 ppt_residency_acc
            u32 socket_thm_residency_acc  u32 vr_thm_residency_acc  u32 hbm_thm_residency_acc  u32 gfxclk_lock_status
            u16 pcie_link_width  u16 pcie_link_speed  u16 xgmi_link_width  u16 xgmi_link_speed  u32 gfx_activity_acc
            u32 mem_activity_acc  u64 pcie_bandwidth_acc  u64 pcie_bandwidth_inst  u64 pcie_l0_to_recov_count_acc
            u64 pcie_replay_count_acc  u64 pcie_replay_rover_count_acc  u32 pcie_nak_sent_count_acc
            u32 pcie_nak_rcvd_count_acc  u64[8] xgmi_read_data_acc  u64[8] xgmi_write_data_acc
            u16[8] xgmi_link_status  u64 firmware_timestamp  u16[8] current_gfxclk  u16[4] current_socclk
            u16[4] current_vclk0  u16[4] current_dclk0  u16 current_uclk  u32 pcie_lc_perf_other_end_recovery
            u32[8] gfx_busy_inst  u16[40] jpeg_busy  u16[4] vcn_busy  u64[8] gfx_busy_acc
            u64[8] gfx_below_host_limit_ppt_acc  u64[8] gfx_below_host_limit_thm_acc  u64[8] gfx_low_utilization_acc
            u64[8] gfx_below_host_limit_total_acc
            """;

    private final Map<String, Integer> places = new LinkedHashMap<>();
    private final Map<String, Integer> widths = new LinkedHashMap<>();
    private final ByteBuffer bytes;

    AttributesTable(String fields) {
        ByteBuffer table =
                ByteBuffer.allocate(4096).order(ByteOrder.nativeOrder()).position(8);
        String[] words = fields.strip().split("\\s+", -1);
        for (int i = 0; i < words.length; i += 2) {
            String[] type = words[i].split("[\\[\\]]", -1);
            int count = type.length == 1 ? 1 : Integer.parseInt(type[1]);
            int width = Integer.parseInt(type[0].substring(1)) / 8;
            long kind = TYPES.indexOf(type[0]) / 3;
            table.putLong(kind << 20 | (long) id(words[i + 1]) << 10 | count);
            places.put(words[i + 1], table.position());
            widths.put(words[i + 1], width);
            for (int ones = 0; ones < count * width; ones++) {
                table.put((byte) 0xff);
            }
        }
        table.putShort(0, (short) table.position())
                .put(2, (byte) 1)
                .put(3, (byte) 9)
                .putInt(4, places.size());
        bytes = table.slice(0, table.position()).order(ByteOrder.nativeOrder());
    }

    private static int id(String name) {
        for (int id = 0; id < IDS.length; id++) {
            if (IDS[id].equals(name)) {
                return id;
            }
        }
        throw new IllegalArgumentException(name);
    }

    AttributesTable set(String name, long... values) {
        int place = places.getOrDefault(name, -1);
        for (int i = 0; i < values.length; i++) {
            switch (widths.getOrDefault(name, 0)) {
                case 2 -> bytes.putShort(place + 2 * i, (short) values[i]);
                case 4 -> bytes.putInt(place + 4 * i, (int) values[i]);
                case 8 -> bytes.putLong(place + 8 * i, values[i]);
                default -> throw new IllegalArgumentException(name);
            }
        }
        return this;
    }

    int count() {
        return places.size();
    }

    ByteBuffer bytes() {
        return bytes;
    }
}
