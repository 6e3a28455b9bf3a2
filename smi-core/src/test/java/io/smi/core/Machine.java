package io.smi.core;

import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.core.storage.Space;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A fixture machine: a folder of {@code src/test/resources/machines} with {@code tree.txt}, its files ({@link
 * FixtureTree}); {@code later.txt}, those that differ one second later; {@code expected.json}, the frame of that second;
 * {@code sources.txt}, from which file each number about an accelerator is ({@link SourcesTest}); and {@code ABOUT.md}.
 */
record Machine(Path home) {
    /** What the fixture machines have files for. */
    static final Set<Section> SECTIONS = EnumSet.allOf(Section.class);

    private static final long GIB = 1 << 30;

    /** What their file systems say when they are asked, by where they are mounted. */
    private static final Map<String, Space> SPACES = Map.of(
            "/", new Space(468 * GIB, 121 * GIB, 323 * GIB, 31_227_904L, 29_511_130L),
            "/boot/efi", new Space(GIB / 2, GIB / 16, GIB / 16 * 7, null, null),
            "/dev/shm", new Space(2 * GIB, GIB / 8, GIB / 8 * 15, 503_000L, 502_998L),
            "/data", new Space(30_720 * GIB, 20_010 * GIB, 10_710 * GIB, 3_221_225_472L, 3_220_000_000L),
            "/mnt/data sets", new Space(102_400 * GIB, 66_000 * GIB, 36_400 * GIB, 999_999L, 888_888L));

    /** When the second sample is taken. */
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final Path MACHINES = Path.of("src/test/resources/machines");

    /** All of them. */
    static List<Machine> all() throws IOException {
        try (Stream<Path> folders = Files.list(MACHINES)) {
            return folders.filter(Files::isDirectory).sorted().map(Machine::new).toList();
        }
    }

    static Machine named(String name) {
        return new Machine(MACHINES.resolve(name));
    }

    /** Its files in the first sample. */
    FixtureTree unpack(Path folder) throws IOException {
        return FixtureTree.unpack(home.resolve("tree.txt"), folder);
    }

    /** Makes of its files those of the second sample. */
    void later(FixtureTree tree) throws IOException {
        Path archive = home.resolve("later.txt");
        if (Files.exists(archive)) {
            tree.apply(archive);
        }
    }

    /** Something done to the files. */
    interface Change {
        void make() throws IOException;
    }

    /** The frame of two samples, a second of a made-up clock apart. */
    static SnapshotFrame frame(Roots roots, Change between) throws IOException {
        return frame(roots, SECTIONS, between);
    }

    /** The same, of these sections only. */
    static SnapshotFrame frame(Roots roots, Set<Section> sections, Change between) throws IOException {
        AtomicLong nanos = new AtomicLong();
        try (Collector collector = new Collector(
                Readers.linux(roots, CmdlineMode.REDACTED, () -> path -> space(roots, path)),
                1,
                Duration.ofMinutes(1),
                InstantSource.fixed(NOW),
                nanos::get)) {
            collector.sample(sections);
            between.make();
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            return collector.collect(sections);
        }
    }

    private static Space space(Roots roots, String path) throws IOException {
        Space space = SPACES.get(path.substring(roots.root().path("").length()));
        if (space == null) {
            throw new NoSuchFileException(path, null, "no such file");
        }
        return space;
    }

    @Override
    public String toString() {
        return home.getFileName().toString();
    }
}
