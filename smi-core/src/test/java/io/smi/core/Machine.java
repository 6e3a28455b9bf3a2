package io.smi.core;

import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A fixture machine: a folder of {@code src/test/resources/machines} with {@code tree.txt}, its files ({@link
 * FixtureTree}); {@code later.txt}, those that differ one second later; {@code expected.json}, the frame of that second;
 * and {@code ABOUT.md}.
 */
record Machine(Path home) {
    /** What the fixture machines have files for. */
    static final Set<Section> SECTIONS =
            EnumSet.of(Section.GPU, Section.CPU, Section.MEMORY, Section.CHASSIS, Section.PROCESS);

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
        AtomicLong nanos = new AtomicLong();
        try (Collector collector = new Collector(
                Readers.linux(roots, CmdlineMode.REDACTED),
                1,
                Duration.ofMinutes(1),
                InstantSource.fixed(NOW),
                nanos::get)) {
            collector.sample(SECTIONS);
            between.make();
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            return collector.collect(SECTIONS);
        }
    }

    @Override
    public String toString() {
        return home.getFileName().toString();
    }
}
