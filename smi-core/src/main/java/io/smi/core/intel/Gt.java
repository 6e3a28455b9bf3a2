package io.smi.core.intel;

import io.smi.core.Problems;
import io.smi.core.kernel.Attributes;
import io.smi.core.kernel.Attributes.Attribute;
import io.smi.core.kernel.KernelFiles;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A GT, which is what i915 and xe call a part of the GPU with clocks of its own: gt0 renders and computes, of Meteor Lake and
 * later gt1 has the video engines. See "DOC: Xe GT Frequency Management" of {@code xe_gt_freq.c}, and {@code
 * intel_gt_sysfs_pm.c} of i915.
 */
final class Gt implements Closeable {
    static final long FASTEST_MHZ = 100_000;

    private final Attributes files;
    private final Attribute clock;
    private final Attribute clockMax;
    private final Throttle throttle;

    private Gt(KernelFiles sys, String folder, String clock, String clockMax, Throttle throttle) {
        this.files = new Attributes(sys, folder);
        this.clock = files.number(clock, 0, FASTEST_MHZ);
        this.clockMax = files.number(clockMax, 1, FASTEST_MHZ);
        this.throttle = throttle;
    }

    /** Those of the card in this folder, the first of which renders; none where the driver tells of none. */
    static List<Gt> all(KernelFiles sys, String card) {
        List<Gt> all = new ArrayList<>();
        for (String tile : numbered(sys, card + "/device", "tile")) {
            for (String gt : numbered(sys, tile, "gt")) {
                Throttle throttle = new Throttle(sys, gt + "/freq0/throttle", "status", "reason_");
                all.add(new Gt(sys, gt, "freq0/act_freq", "freq0/rp0_freq", throttle));
            }
        }
        for (String gt : numbered(sys, card + "/gt", "gt")) {
            all.add(new Gt(sys, gt, "rps_act_freq_mhz", "rps_RP0_freq_mhz", ofI915(sys, gt)));
        }
        if (all.isEmpty() && sys.exists(card + "/gt_act_freq_mhz")) {
            // Linux before 6.0, which tells of no reasons.
            all.add(new Gt(sys, card, "gt_act_freq_mhz", "gt_RP0_freq_mhz", ofI915(sys, card)));
        }
        return all;
    }

    private static Throttle ofI915(KernelFiles sys, String folder) {
        return new Throttle(sys, folder, "throttle_reason_status", "throttle_reason_");
    }

    private static List<String> numbered(KernelFiles sys, String folder, String kind) {
        List<String> paths = new ArrayList<>();
        for (String name : sys.list(folder)) {
            if (name.startsWith(kind) && KernelFiles.number(name, kind.length()) >= 0) {
                paths.add(folder + "/" + name);
            }
        }
        return paths;
    }

    /** 0 while the clock is off, as the GT is in its idle state. */
    @Nullable
    Integer clockMhz(Problems problems) {
        return clock.readInt(1, problems);
    }

    /** What the chip is made for ("RP0"), whatever was set. */
    @Nullable
    Integer clockMaxMhz(Problems problems) {
        return clockMax.readInt(1, problems);
    }

    Throttle throttle() {
        return throttle;
    }

    @Override
    public void close() throws IOException {
        files.close();
        throttle.close();
    }
}
