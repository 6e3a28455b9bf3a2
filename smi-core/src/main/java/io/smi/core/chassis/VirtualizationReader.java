package io.smi.core.chassis;

import io.smi.core.Problems;
import io.smi.core.StaticReader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hypervisor that the machine runs on, in the words of systemd-detect-virt and in its order of evidence, save that
 * Java cannot ask the processor: in its place stand the clocks that the kernel offers, which it takes from the same
 * answer, and the {@code hypervisor} flag of {@code /proc/cpuinfo}.
 */
public final class VirtualizationReader extends StaticReader<String> {
    private static final String DMI = "class/dmi/id/";
    private static final String TREE = "firmware/devicetree/base/";

    /** The first lets KVM be told from plain QEMU. */
    private static final String[] DMI_FIELDS = {"product_name", "sys_vendor", "board_vendor", "bios_vendor"};

    /** How a DMI string starts, and who is behind it. Not Oracle Corporation, which also builds real servers. */
    private static final String[][] DMI_STARTS = {
        {"KVM", "kvm"},
        {"OpenStack", "kvm"},
        {"KubeVirt", "kvm"},
        {"Amazon EC2", "amazon"},
        {"QEMU", "qemu"},
        {"VMware", "vmware"},
        {"VMW", "vmware"},
        {"innotek GmbH", "oracle"},
        {"VirtualBox", "oracle"},
        {"Xen", "xen"},
        {"Bochs", "bochs"},
        {"Parallels", "parallels"},
        {"BHYVE", "bhyve"},
        {"Apple Virtualization", "apple"},
        {"Google Compute Engine", "google"},
    };

    /** These use another's hypervisor, or disguise as another: their own word goes first. */
    private static final List<String> SURE_OF_DMI = List.of("oracle", "xen", "amazon", "parallels", "google");

    /** XENFEAT_dom0. */
    private static final int XEN_FIRST_DOMAIN = 1 << 11;

    private final KernelFiles proc;
    private final KernelFiles sys;

    /** Looks for the traces that hypervisors leave in these. */
    public VirtualizationReader(Roots roots) {
        this.proc = roots.proc();
        this.sys = roots.sys();
    }

    @Override
    protected @Nullable String readOnce(Problems problems) {
        if (isWsl(proc.text("sys/kernel/osrelease", problems))) {
            return "wsl";
        }
        String dmi = dmi(problems);
        if (dmi != null && SURE_OF_DMI.contains(dmi)) {
            return isMetal(dmi, problems) ? "none" : dmi;
        }
        String found = xen(problems);
        if (found == null) {
            found = clock("kvm-clock", "kvm", problems);
        }
        if (found == null) {
            found = dmi;
        }
        if (found == null) {
            found = clock("hyperv_clocksource", "microsoft", problems);
        }
        if (found == null) {
            found = deviceTree(problems);
        }
        if (found == null) {
            found = mainframe(problems);
        }
        return found == null ? processor(problems) : found;
    }

    private static boolean isWsl(@Nullable String release) {
        return release != null && (release.contains("Microsoft") || release.contains("WSL"));
    }

    private @Nullable String dmi(Problems problems) {
        if (!sys.exists(DMI)) {
            return null;
        }
        for (String field : DMI_FIELDS) {
            String text = sys.text(DMI + field, problems);
            for (String[] start : DMI_STARTS) {
                if (text != null && text.startsWith(start[0])) {
                    return start[1];
                }
            }
        }
        boolean microsoft = "Microsoft Corporation".equals(sys.text(DMI + "sys_vendor", problems));
        return microsoft && "Virtual Machine".equals(sys.text(DMI + "product_name", problems)) ? "microsoft" : null;
    }

    /** Amazon and Google also let whole machines; Amazon calls them {@code m5.metal}, {@code u-6tb1.metal-56} ... */
    private boolean isMetal(String dmi, Problems problems) {
        if (!dmi.equals("amazon") && !dmi.equals("google")) {
            return false;
        }
        String product = sys.text(DMI + "product_name", problems);
        return (product != null && product.contains(".metal")) || "none".equals(processor(problems));
    }

    private @Nullable String xen(Problems problems) {
        boolean xen = proc.exists("xen") || "xen".equals(sys.text("hypervisor/type", problems));
        return xen ? (isXenHost(problems) ? "none" : "xen") : null;
    }

    /** Xen's first domain owns the hardware, and is no guest. */
    private boolean isXenHost(Problems problems) {
        String path = "hypervisor/properties/features";
        String features = sys.text(path, problems);
        if (features != null) {
            try {
                return (Integer.parseUnsignedInt(features, 16) & XEN_FIRST_DOMAIN) != 0;
            } catch (NumberFormatException e) {
                problems.failed(sys.path(path) + ": expected a hexadecimal number");
            }
        }
        String capabilities = proc.text("xen/capabilities", problems);
        return capabilities != null && capabilities.contains("control_d");
    }

    private @Nullable String clock(String start, String hypervisor, Problems problems) {
        String clocks = sys.text("devices/system/clocksource/clocksource0/available_clocksource", problems);
        return clocks != null && clocks.contains(start) ? hypervisor : null;
    }

    private @Nullable String deviceTree(Problems problems) {
        if (!sys.exists(TREE)) {
            return null;
        }
        String hypervisor = sys.text(TREE + "hypervisor/compatible", problems);
        if (hypervisor != null) {
            return hypervisor.startsWith("linux,kvm")
                    ? "kvm"
                    : hypervisor.contains("xen") ? "xen" : hypervisor.contains("vmware") ? "vmware" : "vm-other";
        }
        if (sys.exists(TREE + "ibm,partition-name")
                && sys.exists(TREE + "hmc-managed?")
                && !sys.exists(TREE + "chosen/qemu,graphic-width")) {
            return "powervm";
        }
        for (String node : sys.list(TREE)) {
            if (node.contains("fw-cfg")) {
                return "qemu";
            }
        }
        String board = sys.text(TREE + "compatible", problems);
        if (board == null) {
            return null;
        }
        return board.startsWith("qemu,pseries") ? "qemu" : board.startsWith("linux,dummy-virt") ? "vm-other" : null;
    }

    /** Only kernels of IBM Z have {@code /proc/sysinfo}; only guests have a line of their control program. */
    private @Nullable String mainframe(Problems problems) {
        String info = proc.text("sysinfo", problems);
        int line = info == null ? -1 : info.indexOf("VM00 Control Program:");
        if (info == null || line < 0) {
            return null;
        }
        int end = info.indexOf('\n', line);
        return info.substring(line, end < 0 ? info.length() : end).contains("z/VM") ? "zvm" : "kvm";
    }

    /** Only x86 processors say whether there is a hypervisor; of others, no trace proves nothing. */
    private @Nullable String processor(Problems problems) {
        try (KernelFile file = proc.file("cpuinfo")) {
            Cursor text = KernelFiles.attribute(file, problems);
            return text == null ? null : ofCpuinfo(text);
        } catch (IOException e) {
            return null;
        }
    }

    static @Nullable String ofCpuinfo(Cursor text) {
        do {
            if (text.accept("vendor_id") && text.rest().endsWith("User Mode Linux")) {
                return "uml";
            }
            if (text.accept("flags")) {
                boolean virtual = (text.rest() + " ").contains(" hypervisor ");
                return virtual ? "vm-other" : text.accept("\n") ? "none" : null;
            }
        } while (text.nextLine());
        return null;
    }
}
