package io.smi.core.memory;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the control group of this process is that its memory is charged to.
 *
 * @param unified whether it is one of version 2
 * @param mount where the hierarchy is mounted, in sysfs
 * @param below the group's folder in it: empty or with a slash in front
 */
record CgroupPath(boolean unified, String mount, String below) {
    private static final String SYSFS = "/sys/";

    /** Null where control groups do not account for memory, or are mounted elsewhere. */
    static @Nullable CgroupPath ofMemory(KernelFiles proc, Problems problems) {
        try (KernelFile groups = proc.file("self/cgroup");
                KernelFile mounts = proc.file("self/mountinfo")) {
            Cursor ofGroups = KernelFiles.attribute(groups, problems);
            Cursor ofMounts = KernelFiles.attribute(mounts, problems);
            return ofGroups == null || ofMounts == null ? null : find(ofGroups, ofMounts);
        } catch (IOException e) {
            return null;
        }
    }

    static @Nullable CgroupPath find(Cursor groups, Cursor mounts) {
        String legacy = null;
        String unified = null;
        do {
            // 4:memory:/user.slice, of version 2 0::/user.slice
            String line = groups.rest();
            int first = line.indexOf(':');
            int second = line.indexOf(':', first + 1);
            if (first >= 0 && second >= 0) {
                String controllers = line.substring(first + 1, second);
                String path = line.substring(second + 1);
                if (controllers.isEmpty()) {
                    unified = path;
                } else if (isListed("memory", controllers)) {
                    legacy = path;
                }
            }
        } while (groups.nextLine());
        if (legacy != null) {
            return mounted(false, legacy, mounts);
        }
        return unified == null ? null : mounted(true, unified, mounts);
    }

    /** Such as {@code 35 31 0:32 / /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory}. */
    private static @Nullable CgroupPath mounted(boolean unified, String group, Cursor mounts) {
        do {
            for (int before = 0; before < 3; before++) {
                mounts.skipPast(' ');
            }
            String root = mounts.word();
            String mount = mounts.word();
            while (!mounts.accept("- ") && mounts.skipPast(' ')) {
                // options, of which there may be any number
            }
            String type = mounts.word();
            mounts.word();
            boolean fits =
                    unified ? type.equals("cgroup2") : type.equals("cgroup") && isListed("memory", mounts.word());
            if (fits && mount.startsWith(SYSFS)) {
                return new CgroupPath(unified, mount.substring(SYSFS.length()), below(root, group));
            }
        } while (mounts.nextLine());
        return null;
    }

    private static boolean isListed(String word, String commaList) {
        return ("," + commaList + ",").contains("," + word + ",");
    }

    /** A container often sees but a part of the hierarchy, or its group by the path that the host knows it by. */
    private static String below(String root, String group) {
        String within = root.equals("/") ? "" : root;
        if (!group.startsWith(within) || group.contains("/..")) {
            return "";
        }
        String below = group.substring(within.length());
        return below.startsWith("/") && below.length() > 1 ? below : "";
    }

    /** The group's folder and those above it, as far up as they are mounted. */
    List<String> upwards(KernelFiles sys) {
        List<String> folders = new ArrayList<>();
        String path = sys.exists(mount + below) ? below : "";
        while (!path.isEmpty()) {
            folders.add(mount + path);
            path = path.substring(0, path.lastIndexOf('/'));
        }
        folders.add(mount);
        return folders;
    }
}
