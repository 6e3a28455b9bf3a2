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

    /** Where a driver has what it tells of a GT. i915 before Linux 6.0 knows one, and has its files in the card's folder. */
    private enum Layout {
        XE("freq0/act_freq", "freq0/rp0_freq", "gtidle/idle_residency_ms", "/freq0/throttle", "status", "reason_"),
        I915("rps_act_freq_mhz", "rps_RP0_freq_mhz", "rc6_residency_ms"),
        OLD_I915("gt_act_freq_mhz", "gt_RP0_freq_mhz", "power/rc6_residency_ms");

        private final String clock;
        private final String clockMax;
        private final String idle;
        private final String throttle;
        private final String status;
        private final String reason;

        Layout(String clock, String clockMax, String idle) {
            this(clock, clockMax, idle, "", "throttle_reason_status", "throttle_reason_");
        }

        Layout(String clock, String clockMax, String idle, String throttle, String status, String reason) {
            this.clock = clock;
            this.clockMax = clockMax;
            this.idle = idle;
            this.throttle = throttle;
            this.status = status;
            this.reason = reason;
        }
    }

    private final String name;
    private final Attributes files;
    private final Attribute clock;
    private final Attribute clockMax;
    private final Attribute idle;
    private final Throttle throttle;

    private Gt(KernelFiles sys, String folder, String name, Layout layout) {
        this.name = name;
        this.files = new Attributes(sys, folder);
        this.clock = files.number(layout.clock, 0, FASTEST_MHZ);
        this.clockMax = files.number(layout.clockMax, 1, FASTEST_MHZ);
        this.idle = files.number(layout.idle, 0, Long.MAX_VALUE);
        this.throttle = new Throttle(sys, folder + layout.throttle, layout.status, layout.reason);
    }

    /** Those of the card in this folder, the first of which renders; none where the driver tells of none. */
    static List<Gt> all(KernelFiles sys, String card) {
        List<Gt> all = new ArrayList<>();
        String device = card + "/device";
        for (String tile : numbered(sys, device, "tile")) {
            String folder = device + "/" + tile;
            for (String gt : numbered(sys, folder, "gt")) {
                all.add(new Gt(sys, folder + "/" + gt, gt, Layout.XE));
            }
        }
        for (String gt : numbered(sys, card + "/gt", "gt")) {
            all.add(new Gt(sys, card + "/gt/" + gt, gt, Layout.I915));
        }
        if (all.isEmpty() && sys.exists(card + "/" + Layout.OLD_I915.clock)) {
            all.add(new Gt(sys, card, "gt0", Layout.OLD_I915));
        }
        return all;
    }

    private static List<String> numbered(KernelFiles sys, String folder, String kind) {
        List<String> names = new ArrayList<>();
        for (String name : sys.list(folder)) {
            if (name.startsWith(kind) && KernelFiles.number(name, kind.length()) >= 0) {
                names.add(name);
            }
        }
        return names;
    }

    /** The driver's, such as gt0. It numbers those of all tiles in one row. */
    String name() {
        return name;
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

    /** For how many milliseconds it was in its idle state since the driver was loaded. */
    @Nullable
    Long idleMillis(Problems problems) {
        return idle.read(problems);
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
