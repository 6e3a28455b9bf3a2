package io.smi.core.intel;

import io.smi.core.Problems;
import io.smi.core.gpu.PowerState;
import io.smi.core.intel.IntelNpuReader.Npu;
import io.smi.core.kernel.Attributes;
import io.smi.core.kernel.Attributes.Attribute;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.RuntimeStatus;
import io.smi.core.kernel.RuntimeStatus.Power;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One NPU of an Intel processor ({@code drivers/accel/ivpu/ivpu_sysfs.c}). It sleeps between one piece of work and the next;
 * its driver answers from what it remembers, and wakes none: it is read all the same.
 */
final class IntelNpu implements Closeable {
    private static final long FASTEST_MHZ = 100_000;
    private static final long MOST_BYTES = 1L << 50;

    private final String address;
    private final Attributes files;
    private final RuntimeStatus runtime;
    private final Gpu facts;
    private final Attribute busy;
    private final Attribute memory;
    private final Attribute clock;

    private IntelNpu(KernelFiles sys, String device, String address, Problems problems) {
        this.address = address;
        this.files = new Attributes(sys, device);
        this.runtime = RuntimeStatus.of(sys, device);
        String scheduler = files.text("sched_mode", problems);
        this.facts = GpuBuilder.builder()
                .vendor("Intel")
                .deviceType(DeviceType.NPU)
                .pciBusId(address)
                .memorySharedWithHost(true)
                .clockGraphicsMaxMhz(
                        files.number("npu_max_frequency_mhz", 1, FASTEST_MHZ).readInt(1, problems))
                .detail(scheduler == null ? null : Map.of("sched_mode", scheduler))
                .build();
        this.busy = files.number("npu_busy_time_us", 0, Long.MAX_VALUE);
        this.memory = files.number("npu_memory_utilization", 0, MOST_BYTES);
        // 0 while it sleeps, when it is not asked.
        this.clock = files.number("npu_current_frequency_mhz", 1, FASTEST_MHZ);
    }

    /** The NPU of this entry; null when another driver has it. */
    static @Nullable IntelNpu open(KernelFiles sys, String path, Problems problems) {
        String device = path + "/device";
        boolean ours = "intel_vpu".equals(sys.linkName(device + "/driver"));
        String address = ours ? sys.linkName(device) : null;
        return address == null ? null : new IntelNpu(sys, device, address, problems);
    }

    String address() {
        return address;
    }

    Npu read(Problems problems) {
        Power power = runtime.read(problems);
        Gpu row = GpuBuilder.builder(facts)
                .state(PowerState.of(power))
                .memoryUsedBytes(memory.read(problems))
                .clockGraphicsMhz(clock.readInt(1, problems))
                .build();
        return new Npu(row, busy.read(problems));
    }

    @Override
    public void close() throws IOException {
        runtime.close();
        files.close();
    }
}
