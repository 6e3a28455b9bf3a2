package io.smi.core;

import io.smi.core.kernel.FileOpener;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import io.smi.schema.Section;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final List<Content> files = new ArrayList<>();
    private final Map<Path, Content> byRealPath = new HashMap<>();
    private final Map<String, Content> byPath = new ConcurrentHashMap<>();
    private final Content missing;
    private volatile boolean isLater;
    private volatile @Nullable Breakage breakage;

    /** One of the files. */
    static final class Content {
        private final Path path;
        private final byte[] first;
        private final byte[] later;
        private volatile boolean opened;
        private final Set<Section> sections = new TreeSet<>();

        private Content(Path path, byte[] first, byte[] later) {
            this.path = path;
            this.first = first;
            this.later = later;
        }

        /** Whether it differs in the second sample. */
        boolean changes() {
            return !Arrays.equals(first, later);
        }

        /** Whether any reader ever opened it, through whatever links. */
        boolean wasOpened() {
            return opened;
        }

        /** The sections whose readers open it. */
        Set<Section> sections() {
            return sections;
        }
    }

    private record Breakage(Content file, Mutation mutation) {}

    /** Takes over this tree, and empties its files. */
    MemoryFiles(Path folder, Map<Path, byte[]> first, Map<Path, byte[]> later) throws IOException {
        this.folder = folder;
        this.aside = Files.createDirectories(folder.resolveSibling("aside"));
        this.missing = new Content(aside, new byte[0], new byte[0]);
        Files.createDirectory(aside.resolve("folder"));
        for (Map.Entry<Path, byte[]> entry : first.entrySet()) {
            Path path = entry.getKey();
            Content file = new Content(path, entry.getValue(), later.getOrDefault(path, entry.getValue()));
            files.add(file);
            byRealPath.put(path, file);
            Files.write(path, new byte[0]);
        }
    }

    /** The regular files of a tree, by their real paths, in order. */
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
        return new Roots(root("proc"), root("sys"), root("root"));
    }

    private KernelFiles root(String name) {
        return new KernelFiles(folder.resolve(name).toFile(), this);
    }

    List<Content> files() {
        return files;
    }

    /** The first, the middle and the last of files whose paths are alike but for their numbers. */
    Set<Content> samples() {
        Map<String, List<Content>> alike = new TreeMap<>();
        for (Content file : files) {
            alike.computeIfAbsent(name(file).replaceAll("[0-9]+", "#"), name -> new ArrayList<>())
                    .add(file);
        }
        Set<Content> samples = new LinkedHashSet<>();
        for (List<Content> group : alike.values()) {
            samples.add(group.getFirst());
            samples.add(group.get(group.size() / 2));
            samples.add(group.getLast());
        }
        return samples;
    }

    /** The file's path within the tree. */
    String name(Content file) {
        return folder.relativize(file.path).toString();
    }

    /** Finds out, by frames of one section each, which sections' readers open which files. */
    void findSections() throws IOException {
        for (Section section : Section.values()) {
            later(false);
            files.forEach(file -> file.opened = false);
            Machine.frame(roots(), Set.of(section), () -> later(true));
            files.stream().filter(Content::wasOpened).forEach(file -> file.sections.add(section));
        }
        files.forEach(file -> file.opened = !file.sections.isEmpty());
    }

    /** Goes to the time of the second sample, or back to that of the first. */
    void later(boolean second) {
        isLater = second;
    }

    /** Breaks one file, in a folder listing too. Moves what there is: making files and folders costs more. */
    void breakFile(Content file, Mutation mutation) throws IOException {
        breakage = new Breakage(file, mutation);
        if (mutation.isSeenInFolder()) {
            Files.move(file.path, aside.resolve("file"));
        }
        if (mutation == Mutation.DIRECTORY) {
            Files.move(aside.resolve("folder"), file.path);
        }
    }

    /** Mends what was broken, if anything. */
    void mend() throws IOException {
        Breakage broken = breakage;
        breakage = null;
        if (broken == null) {
            return;
        }
        if (broken.mutation() == Mutation.DIRECTORY) {
            Files.move(broken.file().path, aside.resolve("folder"));
        }
        if (broken.mutation().isSeenInFolder()) {
            Files.move(aside.resolve("file"), broken.file().path);
        }
    }

    @Override
    public FileOpener.Handle open(File path) throws IOException {
        Content file = byPath.computeIfAbsent(path.getPath(), this::find);
        file.opened = true;
        if (mutation(file) == Mutation.OPEN_FAILS) {
            throw new IOException("Input/output error");
        }
        if (text(file) == null) {
            throw new FileNotFoundException(path.getPath());
        }
        return new OpenFile(file);
    }

    private Content find(String path) {
        try {
            return byRealPath.getOrDefault(new File(path).getCanonicalFile().toPath(), missing);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable Mutation mutation(Content file) {
        Breakage broken = breakage;
        return broken != null && broken.file() == file ? broken.mutation() : null;
    }

    private byte @Nullable [] text(Content file) {
        if (file == missing) {
            return null;
        }
        byte[] text = isLater ? file.later : file.first;
        Mutation mutation = mutation(file);
        return mutation == null ? text : mutation.of(text);
    }

    private final class OpenFile implements FileOpener.Handle {
        private final Content file;
        private int at;

        OpenFile(Content file) {
            this.file = file;
        }

        @Override
        public void rewind() {
            at = 0;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            byte[] text = text(file);
            if (text == null) {
                throw new IOException("No such device");
            }
            if (mutation(file) == Mutation.READ_FAILS) {
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
