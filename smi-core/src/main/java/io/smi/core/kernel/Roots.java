package io.smi.core.kernel;

import java.io.File;

/**
 * Where the machine's files are: its own, or a tree of another machine that was mounted or made for a test.
 *
 * @param proc {@code /proc}, set by {@code --path.procfs}
 * @param sys {@code /sys}, set by {@code --path.sysfs}
 * @param root {@code /}, set by {@code --path.rootfs}: for {@code /etc} and {@code /usr/lib}
 */
public record Roots(KernelFiles proc, KernelFiles sys, KernelFiles root) {
    /** Files under these folders. */
    public static Roots of(File proc, File sys, File root) {
        return new Roots(new KernelFiles(proc), KernelFiles.ofSysfs(sys), new KernelFiles(root));
    }

    /** The running machine's own. */
    public static Roots system() {
        return of(new File("/proc"), new File("/sys"), new File("/"));
    }
}
