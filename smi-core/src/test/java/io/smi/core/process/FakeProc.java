package io.smi.core.process;

import io.smi.core.kernel.FileOpener;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A procfs of files that behaves as the kernel's: what is open of a process that has ended cannot be read any more. */
final class FakeProc implements FileOpener {
    private final Path proc;
    private final Path root;
    private final Set<String> denied = new HashSet<>();
    private final Map<String, Runnable> onOpen = new HashMap<>();
    private final List<String> opened = new ArrayList<>();
    private final Map<String, Integer> lives = new HashMap<>();
    private int open;
    private String counted = "";
    private int countedBytes;

    FakeProc(Path folder) throws IOException {
        proc = Files.createDirectories(folder.resolve("proc"));
        root = folder.resolve("root");
        Files.createDirectories(root.resolve("etc"));
        Files.writeString(root.resolve("etc/passwd"), "root:x:0:0::/:/bin/sh\nbob:x:1000:1000::/:/bin/sh\n");
        write("stat", "cpu  1 2 3 4\ncpu0 1 1 1 1\ncpu1 1 1 1 1\nintr 1\nbtime 1700000000\nprocesses 1\n");
        write("self/limits", "Limit\nMax open files            6000                 6000                 files\n");
    }

    Roots roots() {
        return new Roots(
                new KernelFiles(proc.toFile(), this),
                new KernelFiles(proc.toFile()),
                new KernelFiles(root.toFile(), this));
    }

    /** Starts a process, with 1000 pages of 4 KiB and 250 of them resident. */
    void start(int pid, String name, long startTicks, String... command) {
        write(pid + "/stat", stat(pid, name, startTicks, 0, 0));
        write(pid + "/statm", "1000 250 100 5 0 123 0\n");
        write(pid + "/status", "Name:\t" + name + "\nUid:\t0\t1000\t1000\t1000\nGid:\t0\t0\t0\t0\n");
        write(pid + "/io", """
                rchar: 7
                wchar: 8
                syscr: 1
                syscw: 1
                read_bytes: 4096
                write_bytes: 8192
                cancelled_write_bytes: 0
                """);
        write(pid + "/cgroup", "0::/user.slice\n");
        write(pid + "/cmdline", command.length == 0 ? "" : String.join("\0", command) + "\0");
    }

    /** One line of {@code stat}. */
    static String stat(int pid, String name, long startTicks, long cpuTicks, long flags) {
        return pid + " (" + name + ") S 1 1 1 0 -1 " + flags + " 0 0 0 0 " + cpuTicks + " 0 0 0 20 0 2 0 " + startTicks
                + " 4096000 240 18446744073709551615 1 1 0\n";
    }

    void end(int pid) {
        lives.merge(Integer.toString(pid), 1, Integer::sum);
        File folder = proc.resolve(Integer.toString(pid)).toFile();
        for (File file : folder.listFiles()) {
            delete(file);
        }
        delete(folder);
    }

    private static void delete(File file) {
        if (!file.delete()) {
            throw new IllegalStateException(file + " cannot be deleted");
        }
    }

    void write(String path, String text) {
        try {
            Path file = proc.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void remove(String path) {
        delete(proc.resolve(path).toFile());
    }

    /** From now on this file can be opened, but not read. */
    void deny(String path) {
        denied.add(path);
    }

    void allow(String path) {
        denied.remove(path);
    }

    /** From now on what is read of this file is counted. */
    void countBytes(String path) {
        counted = path;
        countedBytes = 0;
    }

    int countedBytes() {
        return countedBytes;
    }

    /** Something happens just before this file is opened. */
    void onOpen(String path, Runnable event) {
        onOpen.put(path, event);
    }

    /** What has been opened since the last call. */
    List<String> opened() {
        List<String> paths = List.copyOf(opened);
        opened.clear();
        return paths;
    }

    /** How many files are open. */
    int open() {
        return open;
    }

    @Override
    public Handle open(File file) throws IOException {
        if (!file.toPath().startsWith(proc)) {
            return REAL.open(file);
        }
        String path = proc.relativize(file.toPath()).toString();
        opened.add(path);
        onOpen.getOrDefault(path, () -> {}).run();
        String pid = path.substring(0, Math.max(0, path.indexOf('/')));
        int life = lives.getOrDefault(pid, 0);
        Handle real = REAL.open(file);
        open++;
        return new Handle() {
            @Override
            public void rewind() throws IOException {
                real.rewind();
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                if (life != lives.getOrDefault(pid, 0)) {
                    throw new IOException("No such process");
                }
                if (denied.contains(path)) {
                    throw new IOException("Permission denied");
                }
                int count = real.read(buffer, offset, length);
                countedBytes += path.equals(counted) ? Math.max(0, count) : 0;
                return count;
            }

            @Override
            public void close() throws IOException {
                open--;
                real.close();
            }
        };
    }
}
