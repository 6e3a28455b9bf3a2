package io.smi.core.amd;

import io.smi.core.Problems;
import io.smi.core.gpu.PowerState;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.core.kernel.RuntimeStatus;
import io.smi.core.kernel.RuntimeStatus.Power;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One GPU that amdgpu drives. Most of its files would wake it up: while it sleeps, only its name is told. */
final class AmdgpuCard implements Closeable {
    private final Roots roots;
    private final String device;
    private final String address;
    private final @Nullable String uuid;
    private final RuntimeStatus runtime;
    private @Nullable Gauges gauges;

    private AmdgpuCard(Roots roots, String device, String address, Problems problems) {
        this.roots = roots;
        this.device = device;
        this.address = address;
        this.uuid = UniqueId.of(roots.sys(), device, problems);
        this.runtime = RuntimeStatus.of(roots.sys(), device);
    }

    /** The card of this entry; null when it is another node, a connector, or a card of another driver. */
    static @Nullable AmdgpuCard open(Roots roots, String path, String name, Problems problems) {
        KernelFiles sys = roots.sys();
        boolean card = name.startsWith("card") && KernelFiles.number(name, "card".length()) >= 0;
        String device = path + "/device";
        if (!card || !"amdgpu".equals(sys.linkName(device + "/driver"))) {
            return null;
        }
        String address = sys.linkName(device);
        return address == null ? null : new AmdgpuCard(roots, device, address, problems);
    }

    String address() {
        return address;
    }

    CardReading read(Problems problems) {
        Power power = runtime.read(problems);
        if (power != Power.AWAKE) {
            return new CardReading(named(GpuBuilder.builder().state(PowerState.of(power))), null);
        }
        Gauges open = gauges;
        if (open == null) {
            open = new Gauges(roots, device);
            gauges = open;
        }
        GpuMetrics metrics = open.metrics(problems);
        return new CardReading(named(open.read(metrics, problems)), metrics.residencies());
    }

    private Gpu named(GpuBuilder row) {
        return row.uuid(uuid)
                .vendor("AMD")
                .deviceType(DeviceType.GPU)
                .pciBusId(address)
                .build();
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
