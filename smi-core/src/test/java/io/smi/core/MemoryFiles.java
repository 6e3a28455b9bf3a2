package io.smi.core;

import io.smi.core.kernel.FileOpener;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of a tree from memory, at two times, with one of them broken. What is on the disk under it only has
 * the names: a reader that opens a file by itself finds it empty.
 */
final class MemoryFiles implements FileOpener {
    private final Path folder;
    private final Path aside;
    private final Map<Path, byte[]> first;
    private final Map<Path, byte[]> later;
    private final Map<String, Path> realPaths = new ConcurrentHashMap<>();
    private final Set<Path> opened = ConcurrentHashMap.newKeySet();
    private volatile Map<Path, byte[]> now;
    private volatile @Nullable Breakage breakage;

    private record Breakage(Path path, Mutation mutation) {}

    /** Takes over this tree, and empties its files. */
    MemoryFiles(Path folder, Map<Path, byte[]> first, Map<Path, byte[]> later) throws IOException {
        this.folder = folder;
        this.aside = Files.createDirectories(folder.resolveSibling("aside"));
        Files.createDirectory(aside.resolve("folder"));
        for (Path path : first.keySet()) {
            Files.write(path, new byte[0]);
        }
        this.first = new HashMap<>(first);
        this.later = new HashMap<>(later);
        this.now = this.first;
    }

    /** The regular files of a tree, by their real paths. */
    static Map<Path, byte[]> read(Path folder) throws IOException {
        Map<Path, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.filter(Files::isRegularFile)::iterator) {
                if (!Files.isSymbolicLink(path)) {
                    files.put(path, Files.readAllBytes(path));
                }
            }
        }
        return files;
    }

    Roots roots() {
        return new Roots(files("proc"), files("sys"), files("root"));
    }

    private KernelFiles files(String root) {
        return new KernelFiles(folder.resolve(root).toFile(), this);
    }

    void now(boolean second) {
        now = second ? later : first;
    }

    /** Breaks one file, in a folder listing too. Moves what there is: making files and folders costs more. */
    void breakFile(Path path, Mutation mutation) throws IOException {
        breakage = new Breakage(path, mutation);
        if (mutation == Mutation.MISSING || mutation == Mutation.DIRECTORY) {
            Files.move(path, aside.resolve("file"));
        }
        if (mutation == Mutation.DIRECTORY) {
            Files.move(aside.resolve("folder"), path);
        }
    }

    /** Mends what was broken. */
    void mend() throws IOException {
        Breakage broken = breakage;
        breakage = null;
        if (broken != null && broken.mutation() == Mutation.DIRECTORY) {
            Files.move(broken.path(), aside.resolve("folder"));
        }
        if (broken != null && Files.exists(aside.resolve("file"))) {
            Files.move(aside.resolve("file"), broken.path());
        }
    }

    /** Whether any file was opened under this path, through whatever links. */
    boolean wasOpened(Path path) {
        return opened.contains(path);
    }

    @Override
    public FileOpener.Handle open(File file) throws IOException {
        Path path = realPaths.computeIfAbsent(file.getPath(), MemoryFiles::realPath);
        opened.add(path);
        if (mutation(path) == Mutation.OPEN_FAILS) {
            throw new IOException("Input/output error");
        }
        if (text(path) == null) {
            throw new FileNotFoundException(file.getPath());
        }
        return new OpenFile(path);
    }

    private static Path realPath(String path) {
        try {
            return new File(path).getCanonicalFile().toPath();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private @Nullable Mutation mutation(Path path) {
        Breakage broken = breakage;
        return broken != null && broken.path().equals(path) ? broken.mutation() : null;
    }

    private byte @Nullable [] text(Path path) {
        byte[] text = now.get(path);
        Mutation mutation = mutation(path);
        return text == null || mutation == null ? text : mutation.of(text);
    }

    private final class OpenFile implements FileOpener.Handle {
        private final Path path;
        private int at;

        OpenFile(Path path) {
            this.path = path;
        }

        @Override
        public void rewind() {
            at = 0;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            byte[] text = text(path);
            if (text == null) {
                throw new IOException("No such device");
            }
            if (mutation(path) == Mutation.READ_FAILS) {
                throw new IOException("Input/output error");
            }
            int count = Math.min(length, text.length - at);
            if (count <= 0) {
                return -1;
            }
            System.arraycopy(text, at, buffer, offset, count);
            at += count;
            return count;
        }

        @Override
        public void close() {}
    }
}
