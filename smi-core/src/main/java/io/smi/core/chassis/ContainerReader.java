package io.smi.core.chassis;

import io.smi.core.Problems;
import io.smi.core.StaticReader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The container that this process runs in. What the kernel says goes first: the names of control groups and the
 * sources of mounts, which only the engine can have set. Then what the engine says itself; last the marker files that
 * it leaves, which also survive in virtual machines that were made from an image.
 */
public final class ContainerReader extends StaticReader<String> {
    /** Shorter than any engine's short form of a container id. */
    private static final int ID_DIGITS = 12;

    private final KernelFiles proc;
    private final KernelFiles root;

    /** Looks for the traces that container engines leave in these. */
    public ContainerReader(Roots roots) {
        this.proc = roots.proc();
        this.root = roots.root();
    }

    @Override
    protected @Nullable String readOnce(Problems problems) {
        String group = ofGroup(proc.text("self/cgroup", problems));
        String mount = mountedFrom(problems);
        if ("kubernetes".equals(group)
                || "kubernetes".equals(mount)
                || root.exists("run/secrets/kubernetes.io")
                || root.exists("var/run/secrets/kubernetes.io")) {
            return "kubernetes";
        }
        if (group != null || mount != null) {
            return mount == null ? group : mount;
        }
        String manager = manager(problems);
        return manager == null && isolated(problems) ? ofMarkers(problems) : manager;
    }

    /** By the path of its control group; null for services and sessions, those of an engine's own daemon included. */
    static @Nullable String ofGroup(@Nullable String groups) {
        if (groups == null) {
            return null;
        } else if (groups.contains("/kubepods")) {
            return "kubernetes";
        } else if (hasId(groups, "/docker/") || hasId(groups, "/docker-")) {
            return "docker";
        } else if (hasId(groups, "/libpod-")) {
            return "podman";
        } else if (hasId(groups, "/cri-containerd-") || hasId(groups, "/nerdctl-")) {
            return "containerd";
        } else if (groups.contains("/lxc/") || groups.contains("/lxc.payload")) {
            return "lxc";
        }
        return null;
    }

    private static boolean hasId(String text, String prefix) {
        for (int at = text.indexOf(prefix); at >= 0; at = text.indexOf(prefix, at + 1)) {
            int end = at + prefix.length();
            int digits = 0;
            while (end + digits < text.length() && Character.digit(text.charAt(end + digits), 16) >= 0) {
                digits++;
            }
            if (digits >= ID_DIGITS) {
                return true;
            }
        }
        return false;
    }

    private @Nullable String mountedFrom(Problems problems) {
        try (KernelFile file = proc.file("self/mountinfo")) {
            Cursor text = KernelFiles.attribute(file, problems);
            return text == null ? null : ofMounts(text);
        } catch (IOException e) {
            return null;
        }
    }

    /** By where the root, and the files that an engine makes for each container, are mounted from. */
    static @Nullable String ofMounts(Cursor mounts) {
        StringBuilder sources = new StringBuilder();
        do {
            for (int before = 0; before < 3; before++) {
                mounts.skipPast(' ');
            }
            String source = mounts.word();
            String target = mounts.word();
            if (target.equals("/") || target.equals("/etc/hosts") || target.equals("/etc/hostname")) {
                sources.append(source).append(mounts.rest());
            }
        } while (mounts.nextLine());
        if (sources.indexOf("/kubelet/pods/") >= 0) {
            return "kubernetes";
        } else if (sources.indexOf("/docker/") >= 0) {
            return "docker";
        } else if (sources.indexOf("/containers/storage/") >= 0) {
            return "podman";
        }
        return sources.indexOf("/io.containerd.") >= 0 ? "containerd" : null;
    }

    /** What the engine told the first process; its environment is private to root, and one trace of several. */
    private @Nullable String manager(Problems problems) {
        String manager = root.text("run/host/container-manager", problems);
        if (manager == null) {
            manager = root.text("run/systemd/container", problems);
        }
        if (manager == null) {
            manager = variable(proc.text("1/environ", new Problems()), "container=");
        }
        return "oci".equals(manager) ? null : manager;
    }

    /** The value of a variable in the text of an environment, where each ends in a zero byte. */
    static @Nullable String variable(@Nullable String environment, String assignment) {
        int at = 0;
        while (environment != null && at < environment.length()) {
            int end = environment.indexOf('\0', at);
            end = end < 0 ? environment.length() : end;
            int value = at + assignment.length();
            if (value < end && environment.startsWith(assignment, at)) {
                return environment.substring(value, end);
            }
            at = end + 1;
        }
        return null;
    }

    /**
     * Whether this process has process ids or control groups of its own: it cannot see the kernel's threads, or sees
     * that the first process is in a group above its own.
     */
    private boolean isolated(Problems problems) {
        String groupOfFirst = proc.text("1/cgroup", problems);
        return !"kthreadd".equals(proc.text("2/comm", problems))
                || (groupOfFirst != null && groupOfFirst.contains(":/.."));
    }

    private @Nullable String ofMarkers(Problems problems) {
        if (root.exists("run/.containerenv")) {
            return engine(root.text("run/.containerenv", problems));
        }
        return root.exists(".dockerenv") ? "docker" : null;
    }

    /** The engine that wrote the file of podman's family, which may say {@code engine="podman-4.3.1"}. */
    static String engine(@Nullable String containerenv) {
        String key = "engine=\"";
        int start = containerenv == null ? -1 : containerenv.indexOf(key);
        if (containerenv == null || start < 0) {
            return "podman";
        }
        int end = start + key.length();
        while (end < containerenv.length() && Character.isLetter(containerenv.charAt(end))) {
            end++;
        }
        return containerenv.substring(start + key.length(), end);
    }
}
