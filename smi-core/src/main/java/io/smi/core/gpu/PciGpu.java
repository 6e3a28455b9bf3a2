package io.smi.core.gpu;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.RuntimeStatus;
import io.smi.core.kernel.RuntimeStatus.Power;
import io.smi.schema.DeviceType;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One accelerator on the PCI bus. */
final class PciGpu implements Closeable {
    private final String address;
    private final String vendor;
    private final DeviceType type;
    private final @Nullable Integer numaNode;
    private final @Nullable String driverVersion;
    private final RuntimeStatus runtime;
    private final @Nullable PciLink link;

    private PciGpu(KernelFiles sys, String path, String address, PciVendor vendor, DeviceType type, Problems problems) {
        this.address = address;
        this.vendor = vendor.name();
        this.type = type;
        this.numaNode = numaNode(sys, path, problems);
        this.driverVersion = driverVersion(sys, path, problems);
        this.runtime = RuntimeStatus.of(sys, path);
        this.link = type == DeviceType.GPU && this.vendor.equals("Intel")
                ? PciLink.ofIntel(sys, path)
                : PciLink.of(sys, path);
    }

    /** The accelerator in this folder; null when the device there is something else, or a part of one. */
    static @Nullable PciGpu open(KernelFiles sys, String path, String address, Problems problems) {
        String kind = sys.text(path + "/class", problems);
        boolean display = PciClass.isDisplay(kind);
        if (!display && !PciClass.isProcessing(kind)) {
            return null;
        }
        String id = sys.text(path + "/vendor", problems);
        PciVendor vendor = id == null ? null : PciVendor.of(id);
        if (vendor == null || sys.exists(path + "/physfn")) {
            return null;
        }
        DeviceType type = display ? DeviceType.GPU : vendor.processing();
        return new PciGpu(sys, path, address, vendor, type, problems);
    }

    /** A machine with one node gives its number to all devices, which tells nothing. */
    private static @Nullable Integer numaNode(KernelFiles sys, String path, Problems problems) {
        int nodes = 0;
        for (String name : sys.list("devices/system/node")) {
            if (name.startsWith("node")) {
                nodes++;
            }
        }
        Long node = nodes > 1 ? sys.number(path + "/numa_node", problems) : null;
        return node == null || node < 0 || node > Integer.MAX_VALUE ? null : Integer.valueOf(node.intValue());
    }

    private static @Nullable String driverVersion(KernelFiles sys, String path, Problems problems) {
        String driver = sys.linkName(path + "/driver");
        return driver == null ? null : sys.text("module/" + driver + "/version", problems);
    }

    Gpu read(int index, Problems problems) {
        Power power = runtime.read(problems);
        return GpuBuilder.builder()
                .index(index)
                .vendor(vendor)
                .deviceType(type)
                .pciBusId(address)
                .numaNode(numaNode)
                .driverVersion(driverVersion)
                .state(PowerState.of(power))
                .pcie(power != Power.AWAKE || link == null ? null : link.read(problems))
                .build();
    }

    @Override
    public void close() throws IOException {
        runtime.close();
        if (link != null) {
            link.close();
        }
    }
}
