package io.smi.core.nvidia;

import io.smi.core.Problems;
import io.smi.core.gpu.PciClass;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.RuntimeStatus;
import io.smi.core.kernel.RuntimeStatus.Power;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One NVIDIA GPU on the PCI bus: what is known of its sleep without waking it. */
final class PciFunction implements Closeable {
    private static final String VENDOR = "0x10de";

    private final String address;
    private final RuntimeStatus status;
    private final KernelFile control;

    private PciFunction(KernelFiles sys, String path, String address) {
        this.address = address;
        this.status = RuntimeStatus.of(sys, path);
        this.control = sys.file(path + "/power/control");
    }

    /** The GPU in this folder of sysfs; null when it is another device, or a part that a virtual machine was given. */
    static @Nullable PciFunction open(KernelFiles sys, String path, String address, Problems problems) {
        if (!PciClass.isDisplay(sys.text(path + "/class", problems))
                || !VENDOR.equals(sys.text(path + "/vendor", problems))
                || sys.exists(path + "/physfn")) {
            return null;
        }
        return new PciFunction(sys, path, address);
    }

    String address() {
        return address;
    }

    Power power(Problems problems) {
        return status.read(problems);
    }

    /** Whether the kernel puts it to sleep once nobody uses it: its {@code power/control} says {@code auto}. */
    boolean sleepsWhenUnused(Problems problems) {
        Cursor text = KernelFiles.attribute(control, problems);
        return text != null && text.accept("auto\n");
    }

    @Override
    public void close() throws IOException {
        status.close();
        control.close();
    }
}
