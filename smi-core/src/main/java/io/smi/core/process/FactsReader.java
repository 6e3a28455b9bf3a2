package io.smi.core.process;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.core.kernel.TextBuffer;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads what seldom changes of a process: three files that are opened for it and closed again. */
final class FactsReader {
    private final KernelFiles proc;
    private final TextBuffer buffer;
    private final TextBuffer arguments = new TextBuffer(CommandLine.ENOUGH);
    private final CmdlineMode mode;
    private final Users users;

    FactsReader(Roots roots, TextBuffer buffer, CmdlineMode mode) {
        this.proc = roots.proc();
        this.buffer = buffer;
        this.mode = mode;
        this.users = new Users(roots.root());
    }

    /** To be called before a pass. */
    void refreshUsers(Problems problems) {
        users.refresh(problems);
    }

    /** The facts as they are now, null where they cannot be read. */
    ProcessFacts read(Scan scan, int pid, ProcessStat stat) {
        String command = stat.kernelThread() || mode == CmdlineMode.NONE ? null : command(scan, pid);
        return new ProcessFacts(user(scan, pid), command, cgroup(scan, pid));
    }

    /**
     * The effective user. The owner of the folder would tell it cheaper, but is somebody else in a tree that was
     * copied.
     */
    private @Nullable String user(Scan scan, int pid) {
        try {
            Cursor text = text(pid + "/status", buffer);
            do {
                if (text.accept("Uid:")) {
                    text.skipWords(1);
                    long effective = text.number();
                    if (!text.accept("\t")) {
                        throw text.expected("more after the effective user");
                    }
                    return users.name(effective);
                }
            } while (text.nextLine());
            throw text.expected("a line Uid: before this one");
        } catch (IOException e) {
            scan.unreadable(pid, e);
            return null;
        }
    }

    private @Nullable String command(Scan scan, int pid) {
        try {
            return CommandLine.of(text(pid + "/cmdline", arguments).all(), mode);
        } catch (IOException e) {
            scan.unreadable(pid, e);
            return null;
        }
    }

    private @Nullable Cgroup cgroup(Scan scan, int pid) {
        try {
            return Cgroup.parse(text(pid + "/cgroup", buffer));
        } catch (IOException e) {
            scan.unreadable(pid, e);
            return null;
        }
    }

    private Cursor text(String path, TextBuffer buffer) throws IOException {
        try (KernelFile file = proc.small(path, buffer)) {
            return file.read();
        }
    }
}
