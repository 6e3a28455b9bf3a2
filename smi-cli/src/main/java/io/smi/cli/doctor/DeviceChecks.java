package io.smi.cli.doctor;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.nvidia.Nvidia;
import io.smi.schema.Gpu;
import io.smi.schema.GpuState;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Drivers, libraries and files of devices: whether they are there, and whether this user may read them. */
final class DeviceChecks {
    private static final String PCI = "bus/pci/devices";
    private static final String POWERCAP = "class/powercap";
    private static final String DRM = "class/drm";
    private static final String NVIDIA_VENDOR = "0x10de";

    private DeviceChecks() {}

    static Finding nvidia(Machine machine) {
        int cards = nvidiaCards(machine.roots().sys());
        File library = Nvidia.library(machine.roots(), machine.environment().get("LD_LIBRARY_PATH"));
        String driver = driver(machine);
        if (library == null) {
            return cards == 0
                    ? Finding.skip("no such GPU on the PCI bus, no libnvidia-ml.so.1")
                    : Finding.warn(
                            "no libnvidia-ml.so.1 for " + cards + " on the PCI bus",
                            "install the driver's libnvidia-ml; in a container, NVIDIA_DRIVER_CAPABILITIES=utility");
        }
        if (driver == null) {
            return cards == 0
                    ? Finding.skip(library + ", no GPU")
                    : Finding.warn(
                            library + ", no answer of a driver", "is the kernel module loaded? lsmod | grep nvidia");
        }
        return Finding.pass(library + ", driver " + driver);
    }

    private static int nvidiaCards(KernelFiles sys) {
        int cards = 0;
        for (String device : sys.list(PCI)) {
            String vendor = sys.text(PCI + "/" + device + "/vendor", new Problems());
            String type = sys.text(PCI + "/" + device + "/class", new Problems());
            cards += NVIDIA_VENDOR.equals(vendor) && type != null && type.startsWith("0x03") ? 1 : 0;
        }
        return cards;
    }

    private static @Nullable String driver(Machine machine) {
        for (Gpu gpu : gpus(machine)) {
            if ("nvidia".equalsIgnoreCase(String.valueOf(gpu.vendor())) && gpu.driverVersion() != null) {
                return gpu.driverVersion();
            }
        }
        return null;
    }

    private static List<Gpu> gpus(Machine machine) {
        return Objects.requireNonNullElse(machine.frame().gpus(), List.of());
    }

    static Finding amd(Machine machine) {
        return drivers(machine, "AMD", "is amdgpu loaded, and new enough for it? dmesg | grep amdgpu");
    }

    static Finding intel(Machine machine) {
        return drivers(
                machine,
                "Intel",
                "is i915 or xe, for an NPU intel_vpu, loaded, and new enough for it? dmesg | grep -E 'i915|xe|vpu'");
    }

    /** Drivers that come with the kernel, and have a version of their own only where they do not. */
    private static Finding drivers(Machine machine, String vendor, String advice) {
        KernelFiles sys = machine.roots().sys();
        List<String> devices = new ArrayList<>();
        List<String> without = new ArrayList<>();
        for (Gpu gpu : gpus(machine)) {
            String address = gpu.pciBusId();
            if (vendor.equals(gpu.vendor()) && address != null) {
                String driver = sys.linkName(PCI + "/" + address + "/driver");
                (driver == null ? without : devices)
                        .add(driver == null ? address : address + " " + driver(gpu, driver));
            }
        }
        if (!without.isEmpty()) {
            return Finding.warn("no driver for " + String.join(", ", without), advice);
        }
        return devices.isEmpty()
                ? Finding.skip("no such device on the PCI bus")
                : Finding.pass(String.join(", ", devices));
    }

    private static String driver(Gpu gpu, String driver) {
        return "(" + driver + " " + (gpu.driverVersion() == null ? "of this kernel" : gpu.driverVersion()) + ")";
    }

    static Finding drm(Machine machine) {
        KernelFiles sys = machine.roots().sys();
        List<String> nodes = new ArrayList<>();
        for (String name : sys.list(DRM)) {
            if (name.startsWith("renderD")) {
                String driver = sys.linkName(DRM + "/" + name + "/device/driver");
                nodes.add(name + (driver == null ? "" : " (" + driver + ")"));
            }
        }
        return nodes.isEmpty() ? Finding.skip("none") : Finding.pass(String.join(", ", nodes));
    }

    static Finding sleeping(Machine machine) {
        List<String> asleep = new ArrayList<>();
        for (Gpu gpu : gpus(machine)) {
            if (gpu.state() == GpuState.ASLEEP) {
                asleep.add(Objects.requireNonNullElse(gpu.pciBusId(), "one"));
            }
        }
        return asleep.isEmpty() ? Finding.skip("none") : Finding.pass(String.join(", ", asleep) + ": not woken");
    }

    /** The kernel keeps them for root since CVE-2020-8694. */
    static Finding rapl(Machine machine) {
        KernelFiles sys = machine.roots().sys();
        int domains = 0;
        int denied = 0;
        for (String name : sys.list(POWERCAP)) {
            File counter = new File(sys.path(POWERCAP + "/" + name + "/energy_uj"));
            if (counter.exists()) {
                domains++;
                denied += counter.canRead() ? 0 : 1;
            }
        }
        if (domains == 0) {
            return Finding.skip("none below " + sys.path(POWERCAP));
        }
        return denied == 0
                ? Finding.pass(domains + " can be read")
                : Finding.warn(
                        denied + " of " + domains + " cannot be read: no power of processors",
                        "run as root; the kernel hides them from others, for they tell what runs (CVE-2020-8694)");
    }

    static Finding edac(Machine machine) {
        List<String> controllers = new ArrayList<>(machine.roots().sys().list("devices/system/edac/mc"));
        controllers.removeIf(name -> KernelFiles.number(name, "mc".length()) < 0 || !name.startsWith("mc"));
        return controllers.isEmpty()
                ? Finding.skip("no memory controller that reports errors")
                : Finding.pass(String.join(", ", controllers));
    }

    static Finding hwmon(Machine machine) {
        KernelFiles sys = machine.roots().sys();
        List<String> chips = new ArrayList<>();
        for (String name : sys.list("class/hwmon")) {
            String chip = sys.text("class/hwmon/" + name + "/name", new Problems());
            chips.add(chip == null ? name : chip);
        }
        return chips.isEmpty() ? Finding.skip("none") : Finding.pass(String.join(", ", chips));
    }
}
