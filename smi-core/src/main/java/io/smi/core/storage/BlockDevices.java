package io.smi.core.storage;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What sysfs says of block devices: {@code /sys/class/block} and {@code /sys/dev/block}. */
final class BlockDevices {
    private static final String CLASS = "class/block/";
    private static final String MULTIPATH = "/nvme-subsystem/";
    /** Mapped devices on mapped devices, more deeply than anyone would. */
    private static final int DEEPEST = 8;

    private final KernelFiles sys;

    BlockDevices(KernelFiles sys) {
        this.sys = sys;
    }

    /**
     * The device that a file system is on: as its mount says, or, where it has a number of its own as btrfs has, as the
     * name of its source does. Null when it is on none.
     */
    @Nullable
    Long disk(MountLine mount, Problems problems) {
        if (mount.device() >> 32 != 0) {
            return mount.device();
        }
        String name = mount.source().startsWith("/dev/") ? name(mount.source(), problems) : null;
        String number = name == null ? null : sys.text(CLASS + name + "/dev", problems);
        return number == null ? null : MountLine.number(number);
    }

    private @Nullable String name(String source, Problems problems) {
        String mapped = "/dev/mapper/";
        if (!source.startsWith(mapped)) {
            return source.substring("/dev/".length()).replace('/', '!');
        }
        String label = source.substring(mapped.length());
        for (String name : sys.list(CLASS)) {
            if (name.startsWith("dm-") && label.equals(sys.text(CLASS + name + "/dm/name", problems))) {
                return name;
            }
        }
        return null;
    }

    /** {@link Mount#drive} of a device. */
    @Nullable
    String drive(long disk) {
        try {
            String path = sys.linkText("dev/block/" + (disk >> 32) + ":" + (int) disk);
            for (int depth = 0; depth < DEEPEST; depth++) {
                List<String> below = sys.list(CLASS + lastName(path) + "/slaves");
                if (below.isEmpty()) {
                    return path.contains(MULTIPATH) ? controller(path) : path;
                } else if (below.size() > 1) {
                    return null;
                }
                path = sys.linkText(CLASS + below.getFirst());
            }
        } catch (IOException e) {
            // No such link: a device that sysfs does not show here.
        }
        return null;
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** A drive that could have several controllers lies below none of them. */
    private @Nullable String controller(String path) {
        int start = path.indexOf(MULTIPATH) + MULTIPATH.length();
        int end = path.indexOf('/', start);
        List<String> controllers = new ArrayList<>();
        for (String name : end < 0 ? List.<String>of() : sys.list("class" + MULTIPATH + path.substring(start, end))) {
            if (name.startsWith("nvme") && KernelFiles.number(name, "nvme".length()) >= 0) {
                controllers.add(name);
            }
        }
        return controllers.size() == 1 ? "/" + controllers.getFirst() + "/" : null;
    }
}
