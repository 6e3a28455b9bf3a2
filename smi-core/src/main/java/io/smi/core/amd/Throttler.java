package io.smi.core.amd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code SMU_THROTTLER_*_BIT} of {@code amdgpu_smu.h}: what holds clocks back, alike for all chips. */
final class Throttler {
    private static final Map<Integer, String> NAMES = Map.ofEntries(
            Map.entry(0, "ppt0"),
            Map.entry(1, "ppt1"),
            Map.entry(2, "ppt2"),
            Map.entry(3, "ppt3"),
            Map.entry(4, "spl"),
            Map.entry(5, "fppt"),
            Map.entry(6, "sppt"),
            Map.entry(7, "sppt_apu"),
            Map.entry(16, "tdc_gfx"),
            Map.entry(17, "tdc_soc"),
            Map.entry(18, "tdc_mem"),
            Map.entry(19, "tdc_vdd"),
            Map.entry(20, "tdc_cvip"),
            Map.entry(21, "edc_cpu"),
            Map.entry(22, "edc_gfx"),
            Map.entry(23, "apcc"),
            Map.entry(32, "temp_gpu"),
            Map.entry(33, "temp_core"),
            Map.entry(34, "temp_mem"),
            Map.entry(35, "temp_edge"),
            Map.entry(36, "temp_hotspot"),
            Map.entry(37, "temp_soc"),
            Map.entry(38, "temp_vr_gfx"),
            Map.entry(39, "temp_vr_soc"),
            Map.entry(40, "temp_vr_mem0"),
            Map.entry(41, "temp_vr_mem1"),
            Map.entry(42, "temp_liquid0"),
            Map.entry(43, "temp_liquid1"),
            Map.entry(44, "vrhot0"),
            Map.entry(45, "vrhot1"),
            Map.entry(46, "prochot_cpu"),
            Map.entry(47, "prochot_gfx"),
            Map.entry(56, "ppm"),
            Map.entry(57, "fit"));

    private Throttler() {}

    /** By bit; one that is not known here is a reason all the same. */
    static List<String> reasons(long bits) {
        List<String> reasons = new ArrayList<>();
        for (int i = 0; i < Long.SIZE; i++) {
            if ((bits & (1L << i)) != 0) {
                reasons.add(NAMES.getOrDefault(i, "bit_" + i));
            }
        }
        return reasons;
    }
}
