package io.smi.core.amd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * A {@code gpu_metrics} table, laid out as a C compiler would from the fields of {@code kgd_pp_interface.h}: each aligned to
 * its size. All ones until it is set, as the kernel begins one.
 */
final class MetricsTable {
    private static final String AVERAGES_AND_CLOCKS = """
            u16 average_gfxclk_frequency  u16 average_socclk_frequency  u16 average_uclk_frequency
            u16 average_vclk0_frequency  u16 average_dclk0_frequency  u16 average_vclk1_frequency
            u16 average_dclk1_frequency  u16 current_gfxclk  u16 current_socclk  u16 current_uclk  u16 current_vclk0
            u16 current_dclk0  u16 current_vclk1  u16 current_dclk1
            """;

    static final String V1_3 = """
            u16 temperature_edge  u16 temperature_hotspot  u16 temperature_mem  u16 temperature_vrgfx
            u16 temperature_vrsoc  u16 temperature_vrmem  u16 average_gfx_activity  u16 average_umc_activity
            u16 average_mm_activity  u16 average_socket_power  u64 energy_accumulator  u64 system_clock_counter
            """ + AVERAGES_AND_CLOCKS + """
            u32 throttle_status  u16 current_fan_speed  u16 pcie_link_width  u16 pcie_link_speed  u16 padding
            u32 gfx_activity_acc  u32 mem_activity_acc  u16[4] temperature_hbm  u64 firmware_timestamp
            u16 voltage_soc  u16 voltage_gfx  u16 voltage_mem  u16 padding1  u64 indep_throttle_status
            """;

    private static final String INSTINCT = """
            u16 temperature_hotspot  u16 temperature_mem  u16 temperature_vrsoc  u16 curr_socket_power
            u16 average_gfx_activity  u16 average_umc_activity
            """;

    private static final String INSTINCT_LINKS = """
            u16 pcie_link_width  u16 pcie_link_speed  u16 xgmi_link_width  u16 xgmi_link_speed  u32 gfx_activity_acc
            u32 mem_activity_acc  u64 pcie_bandwidth_acc  u64 pcie_bandwidth_inst  u64 pcie_l0_to_recov_count_acc
            u64 pcie_replay_count_acc  u64 pcie_replay_rover_count_acc
            """;

    private static final String XGMI = "u64[8] xgmi_read_data_acc  u64[8] xgmi_write_data_acc\n";

    private static final String CLOCKS = """
            u64 firmware_timestamp  u16[8] current_gfxclk  u16[4] current_socclk  u16[4] current_vclk0
            u16[4] current_dclk0  u16 current_uclk  u16 padding
            """;

    private static final String ENERGY = "u64 energy_accumulator  u64 system_clock_counter\n";
    private static final String STATUS = "u32 throttle_status  u32 gfxclk_lock_status\n";
    private static final String NAKS = "u32 pcie_nak_sent_count_acc  u32 pcie_nak_rcvd_count_acc\n";

    private static final String RESIDENCIES = """
            u32 accumulation_counter  u32 prochot_residency_acc  u32 ppt_residency_acc  u32 socket_thm_residency_acc
            u32 vr_thm_residency_acc  u32 hbm_thm_residency_acc  u32 gfxclk_lock_status
            """;

    static final String V1_4 = INSTINCT + "u16[4] vcn_activity\n" + ENERGY + STATUS + INSTINCT_LINKS + XGMI + CLOCKS;

    static final String V1_5 = INSTINCT + "u16[4] vcn_activity u16[32] jpeg_activity\n" + ENERGY + STATUS
            + INSTINCT_LINKS + NAKS + XGMI + CLOCKS;

    /** Without the partitions at the end, which nobody reads. */
    static final String V1_6 = INSTINCT + ENERGY + RESIDENCIES + INSTINCT_LINKS + NAKS + XGMI + CLOCKS;

    /** And 1.8, which differs in the partitions alone. */
    static final String V1_7 = INSTINCT + "u64 mem_max_bandwidth\n" + ENERGY + RESIDENCIES + INSTINCT_LINKS + NAKS
            + XGMI + "u16[8] xgmi_link_status  u16 padding\n" + CLOCKS;

    static final String V2_1 = """
            u16 temperature_gfx  u16 temperature_soc  u16[8] temperature_core  u16[2] temperature_l3
            u16 average_gfx_activity  u16 average_mm_activity  u64 system_clock_counter  u16 average_socket_power
            u16 average_cpu_power  u16 average_soc_power  u16 average_gfx_power  u16[8] average_core_power
            u16 average_gfxclk_frequency  u16 average_socclk_frequency  u16 average_uclk_frequency
            u16 average_fclk_frequency  u16 average_vclk_frequency  u16 average_dclk_frequency  u16 current_gfxclk
            u16 current_socclk  u16 current_uclk  u16 current_fclk  u16 current_vclk  u16 current_dclk
            u16[8] current_coreclk  u16[2] current_l3clk  u32 throttle_status  u16 fan_pwm  u16[3] padding
            """;

    static final String V2_2 = V2_1 + "u64 indep_throttle_status\n";

    static final String V2_3 = V2_2 + """
            u16 average_temperature_gfx  u16 average_temperature_soc  u16[8] average_temperature_core
            u16[2] average_temperature_l3
            """;

    static final String V2_4 = V2_3 + """
            u16 average_cpu_voltage  u16 average_soc_voltage  u16 average_gfx_voltage  u16 average_cpu_current
            u16 average_soc_current  u16 average_gfx_current
            """;

    static final String V3_0 = """
            u16 temperature_gfx  u16 temperature_soc  u16[16] temperature_core  u16 temperature_skin
            u16 average_gfx_activity  u16 average_vcn_activity  u16[8] average_ipu_activity
            u16[16] average_core_c0_activity  u16 average_dram_reads  u16 average_dram_writes  u16 average_ipu_reads
            u16 average_ipu_writes  u64 system_clock_counter  u32 average_socket_power  u16 average_ipu_power
            u32 average_apu_power  u32 average_gfx_power  u32 average_dgpu_power  u32 average_all_core_power
            u16[16] average_core_power  u16 average_sys_power  u16 stapm_power_limit  u16 current_stapm_power_limit
            u16 average_gfxclk_frequency  u16 average_socclk_frequency  u16 average_vpeclk_frequency
            u16 average_ipuclk_frequency  u16 average_fclk_frequency  u16 average_vclk_frequency
            u16 average_uclk_frequency  u16 average_mpipu_frequency  u16[16] current_coreclk  u16 current_core_maxfreq
            u16 current_gfx_maxfreq  u32 throttle_residency_prochot  u32 throttle_residency_spl
            u32 throttle_residency_fppt  u32 throttle_residency_sppt  u32 throttle_residency_thm_core
            u32 throttle_residency_thm_gfx  u32 throttle_residency_thm_soc  u32 time_filter_alphavalue
            """;

    private final Map<String, Integer> offsets = new HashMap<>();
    private final Map<String, Integer> sizes = new HashMap<>();
    private final ByteBuffer bytes;

    MetricsTable(int format, int content, String fields) {
        int end = 4;
        String[] words = fields.strip().split("\\s+", -1);
        for (int i = 0; i < words.length; i += 2) {
            String type = words[i];
            int bracket = type.indexOf('[');
            int size = Integer.parseInt(type.substring(1, bracket < 0 ? type.length() : bracket)) / 8;
            int count = bracket < 0 ? 1 : Integer.parseInt(type.substring(bracket + 1, type.length() - 1));
            end = aligned(end, size);
            offsets.put(words[i + 1], end);
            sizes.put(words[i + 1], size);
            end += size * count;
        }
        int whole = aligned(end, 8);
        bytes = ByteBuffer.allocate(whole).order(ByteOrder.nativeOrder());
        for (int i = 0; i < whole; i++) {
            bytes.put(i, (byte) 0xff);
        }
        bytes.putShort(0, (short) whole).put(2, (byte) format).put(3, (byte) content);
    }

    private static int aligned(int offset, int size) {
        return (offset + size - 1) / size * size;
    }

    MetricsTable set(String field, long value) {
        int offset = offsets.getOrDefault(field, -1);
        switch (sizes.getOrDefault(field, 0)) {
            case 2 -> bytes.putShort(offset, (short) value);
            case 4 -> bytes.putInt(offset, (int) value);
            case 8 -> bytes.putLong(offset, value);
            default -> throw new IllegalArgumentException(field);
        }
        return this;
    }

    ByteBuffer bytes() {
        return bytes;
    }

    int size() {
        return bytes.limit();
    }
}
