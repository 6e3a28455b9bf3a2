package io.smi.core.intel;

import io.smi.core.Problems;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.PowerState;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.RuntimeStatus;
import io.smi.core.kernel.RuntimeStatus.Power;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One GPU that i915 or xe drives. Nearly all of its files would wake it up: they are read only while it is awake. */
final class IntelCard implements Closeable {
    private static final Set<String> DRIVERS = Set.of("i915", "xe");

    private final KernelFiles sys;
    private final String path;
    private final String address;
    private final RuntimeStatus runtime;
    private @Nullable Gauges gauges;

    private IntelCard(KernelFiles sys, String path, String address) {
        this.sys = sys;
        this.path = path;
        this.address = address;
        this.runtime = RuntimeStatus.of(sys, path + "/device");
    }

    /** The card of this entry; null when it is another node, a connector, of another driver, or a part of a card. */
    static @Nullable IntelCard open(KernelFiles sys, String path, String name) {
        boolean card = name.startsWith("card") && KernelFiles.number(name, "card".length()) >= 0;
        String driver = card ? sys.linkName(path + "/device/driver") : null;
        if (driver == null || !DRIVERS.contains(driver) || sys.exists(path + "/device/physfn")) {
            return null;
        }
        String address = sys.linkName(path + "/device");
        return address == null ? null : new IntelCard(sys, path, address);
    }

    String address() {
        return address;
    }

    CardReading read(Problems problems) {
        Power power = runtime.read(problems);
        if (power != Power.AWAKE) {
            return new CardReading(named(GpuBuilder.builder().state(PowerState.of(power))), Map.of(), absent(power));
        }
        Gauges open = gauges;
        if (open == null) {
            open = new Gauges(sys, path, address);
            gauges = open;
        }
        return new CardReading(named(open.read(problems)), open.idleMillis(problems), open.absent());
    }

    private List<Absent> absent(Power power) {
        return power == Power.ASLEEP
                ? List.of(new Absent(address, null, Absent.Cause.ASLEEP, "power/runtime_status"))
                : List.of();
    }

    private Gpu named(GpuBuilder row) {
        return row.vendor("Intel").deviceType(DeviceType.GPU).pciBusId(address).build();
    }

    @Override
    public void close() throws IOException {
        Gauges open = gauges;
        runtime.close();
        if (open != null) {
            open.close();
        }
    }
}
