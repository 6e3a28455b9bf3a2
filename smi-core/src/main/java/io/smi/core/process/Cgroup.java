package io.smi.core.process;

import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFormatException;
import org.jspecify.annotations.Nullable;

/**
 * Where a process is among the control groups.
 *
 * @param path in the hierarchy that says most
 * @param containerId the innermost container that the path names, null when it names none
 */
record Cgroup(String path, @Nullable String containerId) {
    private static final int ID_LENGTH = 64;

    /**
     * The lines of {@code /proc/[pid]/cgroup}. Of several hierarchies the first counts where the process is not in
     * the root: v2's, systemd's own, the memory controller's, the cpu controller's.
     */
    static @Nullable Cgroup parse(Cursor text) throws KernelFormatException {
        @Nullable String[] paths = new @Nullable String[4];
        while (!text.atEnd()) {
            String line = text.rest();
            if (!text.accept("\n")) {
                throw text.expected("a whole line");
            }
            int controllers = line.indexOf(':') + 1;
            int path = line.indexOf(':', controllers) + 1;
            if (controllers == 0 || path == 0) {
                throw text.expected("hierarchy:controllers:path before this line");
            }
            int rank = rank(line.substring(controllers, path - 1));
            if (rank < paths.length) {
                paths[rank] = line.substring(path);
            }
        }
        return choose(paths);
    }

    private static int rank(String controllers) {
        return switch (controllers) {
            case "" -> 0;
            case "name=systemd" -> 1;
            case "memory" -> 2;
            default -> controllers.equals("cpu") || controllers.startsWith("cpu,") ? 3 : Integer.MAX_VALUE;
        };
    }

    private static @Nullable Cgroup choose(@Nullable String[] paths) {
        String root = null;
        for (String path : paths) {
            if (path != null && !path.equals("/")) {
                return new Cgroup(CommandLine.printable(path), container(path));
            }
            root = root == null ? path : root;
        }
        return root == null ? null : new Cgroup(root, null);
    }

    private static @Nullable String container(String path) {
        int end = path.length();
        while (end > 0) {
            int slash = path.lastIndexOf('/', end - 1);
            String id = container(path.substring(0, Math.max(0, slash)), path.substring(slash + 1, end));
            if (id != null) {
                return id;
            }
            end = slash;
        }
        return null;
    }

    /** The container that this step of the path stands for. */
    private static @Nullable String container(String parent, String step) {
        String name = withoutSuffix(withoutSuffix(step, ".scope"), ".service");
        int hex = name.length() - ID_LENGTH;
        if (hex >= 0 && isHex(name, hex)) {
            return hex == 0 || isEngine(name.substring(0, hex)) ? name.substring(hex) : null;
        }
        if (name.startsWith("lxc.payload.")) {
            return name.substring("lxc.payload.".length());
        }
        if (parent.endsWith("/lxc") || parent.endsWith("/lxc.payload")) {
            return name;
        }
        if (name.startsWith("systemd-nspawn@")) {
            return unescape(name.substring("systemd-nspawn@".length()));
        }
        if (name.startsWith("machine-") && step.endsWith(".scope") && !name.startsWith("machine-qemu")) {
            return unescape(name.substring("machine-".length()));
        }
        return null;
    }

    /** Docker, containerd, CRI-O and Podman write docker-ID, cri-containerd:ID ...; conmon is a container's guard. */
    private static boolean isEngine(String prefix) {
        return (prefix.endsWith("-") || prefix.endsWith(":")) && !prefix.endsWith("conmon-");
    }

    private static boolean isHex(String name, int from) {
        for (int i = from; i < name.length(); i++) {
            if (Character.digit(name.charAt(i), 16) < 0) {
                return false;
            }
        }
        return true;
    }

    private static String withoutSuffix(String name, String suffix) {
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
    }

    /** In unit names systemd writes a dash for a slash; of the characters of a machine's name it escapes this one. */
    private static String unescape(String name) {
        return name.replace("\\x2d", "-");
    }
}
