package io.smi.core.rockchip;

import io.smi.core.Problems;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.PowerState;
import io.smi.core.kernel.Attributes;
import io.smi.core.kernel.Attributes.Attribute;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.RuntimeStatus;
import io.smi.core.kernel.RuntimeStatus.Power;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One unit of the chip that devfreq sets the clock of. Its {@code load} is Rockchip's addition to devfreq; what the cores of
 * the NPU do, rknpu tells root in debugfs.
 */
final class RockchipUnit implements Closeable {
    private static final String CORES = "kernel/debug/rknpu/load";
    private static final long HERTZ_PER_MHZ = 1_000_000;
    private static final long FASTEST_HERTZ = 100_000_000_000L;

    private final Gpu facts;
    private final RuntimeStatus runtime;
    private final Attributes files;
    private final @Nullable KernelFile load;
    private final @Nullable KernelFile cores;
    private final Attribute clock;
    private final Attribute clockMax;

    private RockchipUnit(KernelFiles sys, String path, Gpu facts) {
        this.facts = facts;
        this.runtime = RuntimeStatus.of(sys, path + "/device");
        this.files = new Attributes(sys, path);
        this.load = files.file("load");
        this.cores = facts.deviceType() == DeviceType.NPU ? sys.file(CORES) : null;
        this.clock = files.number("cur_freq", 1, FASTEST_HERTZ);
        this.clockMax = files.number("max_freq", 1, FASTEST_HERTZ);
    }

    /** The unit of this folder of devfreq; null when it is another one, as memory is, or another's chip. */
    static @Nullable RockchipUnit open(KernelFiles sys, String path, Problems problems) {
        String chip = chip(sys.text("firmware/devicetree/base/compatible", problems));
        String kind = chip == null ? null : sys.text(path + "/device/of_node/compatible", problems);
        boolean npu = kind != null && kind.startsWith("rockchip,") && kind.contains("-rknpu");
        boolean gpu = kind != null && kind.startsWith("arm,mali-");
        if (!npu && !gpu) {
            return null;
        }
        Gpu facts = GpuBuilder.builder()
                .uuid(sys.linkName(path + "/device"))
                .name(chip + (npu ? " NPU" : " GPU"))
                .vendor(npu ? "Rockchip" : "Arm")
                .deviceType(npu ? DeviceType.NPU : DeviceType.GPU)
                .memorySharedWithHost(true)
                .build();
        return new RockchipUnit(sys, path, facts);
    }

    /** The RK3588 of {@code rockchip,rk3588}, which stands behind the board's own name. */
    static @Nullable String chip(@Nullable String compatible) {
        String[] names = compatible == null ? new String[0] : compatible.split("\0", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            if (names[i].startsWith("rockchip,rk")) {
                return "RK" + names[i].substring("rockchip,rk".length());
            }
        }
        return null;
    }

    Gpu read(List<Absent> absent, Problems problems) {
        Power power = runtime.read(problems);
        boolean awake = power == Power.AWAKE;
        GpuBuilder row = GpuBuilder.builder(facts)
                .state(PowerState.of(power))
                .clockGraphicsMhz(awake ? clock.readInt(HERTZ_PER_MHZ, problems) : null)
                .clockGraphicsMaxMhz(clockMax.readInt(HERTZ_PER_MHZ, problems));
        if (awake) {
            row.utilizationPercent(load == null ? null : percent(load, problems));
            readCores(row, absent, problems);
        } else if (power == Power.ASLEEP) {
            absent.add(new Absent(name(), "utilization_percent", Absent.Cause.ASLEEP, "power/runtime_status"));
        }
        return row.build();
    }

    /** Only root may read debugfs, which is no fault of a frame. */
    private void readCores(GpuBuilder row, List<Absent> absent, Problems problems) {
        if (cores == null) {
            return;
        }
        Problems why = new Problems();
        Cursor text = KernelFiles.attribute(cores, why);
        if (text != null) {
            try {
                row.engines(CoreLoads.of(text));
            } catch (KernelFormatException e) {
                problems.failed(String.valueOf(e.getMessage()));
            }
        } else if (!why.list().isEmpty()) {
            absent.add(new Absent(name(), "engines", Absent.Cause.DENIED, cores.path()));
        }
    }

    private String name() {
        return String.valueOf(facts.uuid());
    }

    private static @Nullable Double percent(KernelFile file, Problems problems) {
        Cursor text = KernelFiles.attribute(file, problems);
        try {
            return text == null || text.atEnd() ? null : percent(text);
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The 45 of {@code 45@1000000000Hz}. */
    static Double percent(Cursor text) throws KernelFormatException {
        String line = text.rest();
        int percent = KernelFiles.number(line.substring(0, Math.max(0, line.indexOf('@'))), 0);
        if (percent < 0 || percent > 100 || !line.endsWith("Hz") || !text.accept("\n")) {
            throw text.expected("a load such as 45@1000000000Hz");
        }
        return Double.valueOf(percent);
    }

    @Override
    public void close() throws IOException {
        runtime.close();
        files.close();
        if (cores != null) {
            cores.close();
        }
    }
}
