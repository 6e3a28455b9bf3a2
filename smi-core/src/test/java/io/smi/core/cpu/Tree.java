package io.smi.core.cpu;

import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A procfs and a sysfs in a folder, to be filled as the kernel would. */
final class Tree {
    private final Path root;

    Tree(Path root) {
        this.root = root;
    }

    Roots roots() {
        return Roots.of(root.resolve("proc").toFile(), root.resolve("sys").toFile(), root.toFile());
    }

    Tree proc(String path, String text) {
        return write(root.resolve("proc").resolve(path), text);
    }

    Tree sys(String path, String text) {
        return write(root.resolve("sys").resolve(path), text);
    }

    Tree online(String list) {
        return sys("devices/system/cpu/online", list + "\n");
    }

    Tree cpu(int cpu, String file, Object value) {
        return sys("devices/system/cpu/cpu" + cpu + "/" + file, value + "\n");
    }

    /** The topology files of one CPU, as Linux writes them since 5.3. */
    Tree topology(int cpu, int packageId, int coreId, String siblings) {
        return cpu(cpu, "topology/physical_package_id", packageId)
                .cpu(cpu, "topology/core_id", coreId)
                .cpu(cpu, "topology/core_cpus_list", siblings)
                .cpu(cpu, "topology/thread_siblings_list", siblings);
    }

    Tree cache(int cpu, int index, int level, String size, String sharers) {
        String folder = "cache/index" + index + "/";
        return cpu(cpu, folder + "level", level)
                .cpu(cpu, folder + "size", size)
                .cpu(cpu, folder + "shared_cpu_list", sharers);
    }

    Tree delete(String path) {
        try {
            Files.delete(root.resolve(path));
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Tree write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
