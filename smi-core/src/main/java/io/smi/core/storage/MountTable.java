package io.smi.core.storage;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which mounts are storage. Not those of {@link #NO_STORAGE the kernel's own file systems}, nor, but as the root of what
 * this process sees, those of {@link #ONLY_AS_ROOT layers, images and memory}; memory also at {@code /tmp} and
 * {@code /dev/shm}, where programs put their data. Not those that another mount hides. Of those of one file system, such
 * as bind mounts and subvolumes, one: that of its root, else that with the shortest path.
 */
final class MountTable {
    private static final Set<String> NO_STORAGE = Set.of(
            "anon_inodefs",
            "apparmorfs",
            "autofs",
            "bdev",
            "binder",
            "binfmt_misc",
            "bpf",
            "cgroup",
            "cgroup2",
            "configfs",
            "cpuset",
            "debugfs",
            "devfs",
            "devpts",
            "devtmpfs",
            "dmabuf",
            "efivarfs",
            "functionfs",
            "fuse.gvfsd-fuse",
            "fuse.lxcfs",
            "fuse.portal",
            "fusectl",
            "hugetlbfs",
            "ipathfs",
            "mqueue",
            "nfsd",
            "nsfs",
            "pipefs",
            "proc",
            "pstore",
            "ramfs",
            "resctrl",
            "rpc_pipefs",
            "securityfs",
            "selinuxfs",
            "smackfs",
            "sockfs",
            "spufs",
            "sysfs",
            "tracefs",
            "usbfs",
            "xenfs");

    private static final Set<String> ONLY_AS_ROOT = Set.of(
            "aufs",
            "cramfs",
            "erofs",
            "fuse.fuse-overlayfs",
            "fuse.snapfuse",
            "fuse.squashfuse",
            "overlay",
            "rootfs",
            "squashfs",
            "tmpfs");

    private static final Set<String> DATA_IN_MEMORY = Set.of("/tmp", "/dev/shm");

    private final Map<Long, MountLine> byId = new LinkedHashMap<>();
    private final Map<Long, List<MountLine>> children = new HashMap<>();

    MountTable(List<MountLine> mounts) {
        for (MountLine mount : mounts) {
            byId.put(mount.id(), mount);
            children.computeIfAbsent(mount.parent(), none -> new ArrayList<>()).add(mount);
        }
    }

    /** Those that are storage, in the order of the table. */
    List<MountLine> storage() {
        Map<Long, MountLine> byDevice = new LinkedHashMap<>();
        for (MountLine mount : byId.values()) {
            if (isStorage(mount) && !isHidden(mount)) {
                byDevice.merge(mount.device(), mount, MountTable::better);
            }
        }
        return List.copyOf(byDevice.values());
    }

    private static boolean isStorage(MountLine mount) {
        if (ONLY_AS_ROOT.contains(mount.type())) {
            return mount.point().equals("/")
                    || (mount.type().equals("tmpfs") && DATA_IN_MEMORY.contains(mount.point()));
        }
        return !NO_STORAGE.contains(mount.type());
    }

    private static MountLine better(MountLine first, MountLine second) {
        boolean firstWhole = first.root().equals("/");
        if (firstWhole != second.root().equals("/")) {
            return firstWhole ? first : second;
        }
        return second.point().length() < first.point().length() ? second : first;
    }

    /** Hidden are mounts with another on top of them, and those in a folder that another is mounted on, or above. */
    private boolean isHidden(MountLine mount) {
        for (MountLine child : children.getOrDefault(mount.id(), List.of())) {
            if (child.id() != mount.id() && child.point().equals(mount.point())) {
                return true;
            }
        }
        return isBuried(mount);
    }

    /** The first root of all is its own parent, and no sibling of what is mounted in it. */
    private boolean isBuried(MountLine mount) {
        for (MountLine sibling : children.getOrDefault(mount.parent(), List.of())) {
            if (sibling.id() != mount.parent() && sibling.isAbove(mount)) {
                return true;
            }
        }
        MountLine parent = byId.get(mount.parent());
        return parent != null && parent.id() != mount.id() && isBuried(parent);
    }
}
