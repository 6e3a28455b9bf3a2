package io.smi.cli.doctor;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import io.smi.schema.Chassis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The system that smi runs on. */
final class SystemChecks {
    private SystemChecks() {}

    static Finding platform(Machine machine) {
        String about = "smi " + machine.version() + ", Java " + Runtime.version() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch");
        return System.getProperty("os.name").equals("Linux")
                ? Finding.pass(about)
                : Finding.warn(about + ": read by OSHI, and never tried on this system", null);
    }

    /** What helps where a permission is lacking. */
    static String permissionFix(Machine machine) {
        String where = "docs/hardware.md names the source and the permission of each key";
        return "0".equals(uid(machine)) ? "even root is denied it here; " + where : "run as root; " + where;
    }

    /** Of the process, from the {@code Uid} line of {@code /proc/self/status}: real, effective, saved, file system. */
    static Finding user(Machine machine) {
        String uid = uid(machine);
        if (uid == null) {
            return Finding.skip("not told by " + machine.roots().proc().path("self/status"));
        }
        return Finding.pass(uid.equals("0") ? "root" : "uid " + uid + "; what needs root is told below");
    }

    private static @Nullable String uid(Machine machine) {
        String status = machine.roots().proc().text("self/status", new Problems());
        if (status == null) {
            return null;
        }
        for (String line : status.split("\n", -1)) {
            if (line.startsWith("Uid:")) {
                String[] ids = line.split("\t", -1);
                return ids.length > 2 ? ids[2] : null;
            }
        }
        return null;
    }

    static Finding container(Machine machine) {
        List<Chassis> chassis = machine.frame().chassis();
        String container =
                chassis == null || chassis.isEmpty() ? null : chassis.getFirst().container();
        return container == null
                ? Finding.pass("none")
                : Finding.pass(
                        container + ": what the host shows is read; --path.* reads mounts of the host's own files");
    }

    static Finding cgroup(Machine machine) {
        KernelFiles sys = machine.roots().sys();
        String controllers = sys.text("fs/cgroup/cgroup.controllers", new Problems());
        if (controllers != null) {
            return Finding.pass("version 2: " + controllers);
        }
        return sys.exists("fs/cgroup/memory")
                ? Finding.pass("version 1")
                : Finding.skip("none below " + sys.path("fs/cgroup"));
    }

    static Finding config(Machine machine) {
        List<String> files = machine.settings().files();
        List<String> faults = machine.settings().faults();
        if (!faults.isEmpty()) {
            return Finding.warn(String.join("; ", faults), "smi config validate");
        }
        return files.isEmpty() ? Finding.skip("no file") : Finding.pass(String.join(", ", files));
    }
}
