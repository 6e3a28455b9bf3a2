package io.smi.core.drm;

import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.TextBuffer;
import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One pid from pass to pass, and which of its open files are GPUs. Where a file descriptor leads is read once; all of
 * them are read again every {@value #LINKS_LAST}th pass, as a number can come to mean another file without a sign. A
 * process that has no GPU open is looked at every {@value #IDLE_LASTS}th pass only, once its first are over.
 */
final class DrmHolder {
    private static final int LINKS_LAST = 16;
    private static final int IDLE_LASTS = 4;
    private static final String NODES = "/dev/dri/";

    private final int pid;
    private final KernelFiles proc;
    private final TextBuffer buffer;
    private final Map<Integer, String> nodes = new HashMap<>(0);
    private BitSet others = new BitSet();
    private @Nullable String denied;
    private int passes;

    DrmHolder(int pid, KernelFiles proc, TextBuffer buffer) {
        this.pid = pid;
        this.proc = proc;
        this.buffer = buffer;
    }

    int pid() {
        return pid;
    }

    /** Looks at what it has open now. */
    void read(DrmScan scan) {
        long turn = scan.number() + pid;
        if (turn % LINKS_LAST == 0) {
            nodes.clear();
            others = new BitSet();
        }
        if (passes++ >= IDLE_LASTS && nodes.isEmpty() && turn % IDLE_LASTS != 0) {
            if (denied != null) {
                scan.denied(pid, denied);
            }
            return;
        }
        denied = null;
        int[] descriptors = proc.numbers(pid + "/fd");
        if (descriptors.length == 0) {
            noticeDenied(scan);
        }
        BitSet now = new BitSet();
        for (int fd : descriptors) {
            now.set(fd);
            look(scan, fd);
            if (denied != null) {
                // What one file may not be asked, no other of this process may.
                return;
            }
        }
        others.and(now);
        nodes.keySet().removeIf(fd -> !now.get(fd));
    }

    /** A folder that may not be listed is as good as an empty one. So is one in a folder that may not be searched. */
    private void noticeDenied(DrmScan scan) {
        File process = new File(proc.path(Integer.toString(pid)));
        File folder = new File(process, "fd");
        if (process.exists() && (!process.canExecute() || (folder.exists() && !folder.canRead()))) {
            deny(scan, folder.getPath() + ": permission denied");
        }
    }

    private void deny(DrmScan scan, String message) {
        denied = message;
        scan.denied(pid, message);
    }

    private void look(DrmScan scan, int fd) {
        if (others.get(fd)) {
            return;
        }
        String name = nodes.get(fd);
        if (name == null) {
            name = link(scan, fd);
            if (name == null) {
                return;
            }
        }
        DrmNode node = scan.node(name);
        if (node == null) {
            others.set(fd);
            return;
        }
        nodes.put(fd, name);
        if (scan.mayAsk(node)) {
            ask(scan, fd, node);
        } else {
            scan.found(new DrmFile(pid, node.device(), null));
        }
    }

    /** The name of the node that a file descriptor leads to, empty when it leads elsewhere; null when it is closed. */
    private @Nullable String link(DrmScan scan, int fd) {
        try {
            String target = proc.linkText(pid + "/fd/" + fd);
            int start = target.indexOf(NODES);
            return start < 0 ? "" : target.substring(start + NODES.length());
        } catch (AccessDeniedException e) {
            deny(scan, proc.path(pid + "/fd/" + fd) + ": permission denied");
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    private void ask(DrmScan scan, int fd, DrmNode node) {
        DrmClient client = null;
        IOException failure = null;
        try (KernelFile file = proc.small(pid + "/fdinfo/" + fd, buffer)) {
            client = DrmClient.parse(file.read());
        } catch (IOException e) {
            failure = e;
        }
        if (client == null && !node.name().equals(link(scan, fd))) {
            // It was closed meanwhile, and what has its number now is for the next pass.
            nodes.remove(fd);
            return;
        }
        if (failure instanceof AccessDeniedException) {
            deny(scan, String.valueOf(failure.getMessage()));
        } else if (failure != null) {
            scan.failed(pid, String.valueOf(failure.getMessage()));
        }
        String pdev = client == null ? null : client.pdev();
        scan.found(new DrmFile(pid, pdev == null ? node.device() : pdev, client));
    }
}
