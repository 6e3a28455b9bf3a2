package io.smi.core.drm;

import io.smi.core.Problems;
import io.smi.core.amd.UniqueId;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.RuntimeStatus;
import io.smi.core.kernel.RuntimeStatus.Power;
import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One node of a GPU, {@code card0} or {@code renderD128}, through which programs use it: {@code /sys/class/drm/*}. What
 * has no node {@code renderD*} only drives a display.
 */
final class DrmNode implements Closeable {
    /**
     * Drivers without a word in fdinfo: those of guests; NVIDIA's, whose library says more than it would there; and those of
     * a Tegra's display and video units (tegra-drm, nvidia-drm), which are no GPU.
     */
    private static final Set<String> SILENT = Set.of("nvidia", "virtio_gpu", "vmwgfx", "drm", "nv_platform");

    /** To tell what its clients use, this driver wakes the GPU to read its clock; all others only tell what they know. */
    private static final String WAKES = "xe";

    private final String name;
    private final String device;
    private final @Nullable String uuid;
    private final @Nullable String driver;
    private final RuntimeStatus runtime;

    private DrmNode(String name, String device, @Nullable String uuid, @Nullable String driver, RuntimeStatus runtime) {
        this.name = name;
        this.device = device;
        this.uuid = uuid;
        this.driver = driver;
        this.runtime = runtime;
    }

    /** The node in this folder; null when it is a connector or so, of no GPU, or of a driver that is not asked for. */
    static @Nullable DrmNode open(KernelFiles sys, String path, String name, Predicate<@Nullable String> drivers) {
        boolean node = isNumbered(name, "card") || isNumbered(name, "renderD");
        String device = node ? sys.linkName(path + "/device") : null;
        if (device == null || !renders(sys, path)) {
            return null;
        }
        String driver = sys.linkName(path + "/device/driver");
        if (!drivers.test(driver)) {
            return null;
        }
        String folder = path + "/device";
        String uuid = UniqueId.of(sys, folder, new Problems());
        return new DrmNode(name, device, uuid, driver, RuntimeStatus.of(sys, folder));
    }

    /** Whether this driver may say what its clients use. */
    static boolean tells(@Nullable String driver) {
        return driver == null || !SILENT.contains(driver);
    }

    private static boolean renders(KernelFiles sys, String path) {
        for (String name : sys.list(path + "/device/drm")) {
            if (isNumbered(name, "renderD")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isNumbered(String name, String kind) {
        return name.startsWith(kind) && KernelFiles.number(name, kind.length()) >= 0;
    }

    /** As in {@code /dev/dri}. */
    String name() {
        return name;
    }

    /** Its PCI address, or its name in sysfs where it is no PCI device. */
    String device() {
        return device;
    }

    /** What {@code gpus[]} calls it; null when that is its address or name. */
    @Nullable
    String uuid() {
        return uuid;
    }

    /** The kernel module's name; null when not known. */
    @Nullable
    String driver() {
        return driver;
    }

    /** Whether to ask what its clients use would, or could, wake the GPU up. */
    boolean wouldWake(Problems problems) {
        return WAKES.equals(driver) && runtime.read(problems) != Power.AWAKE;
    }

    @Override
    public void close() throws IOException {
        runtime.close();
    }
}
