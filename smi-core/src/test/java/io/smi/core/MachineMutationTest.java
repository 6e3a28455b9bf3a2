package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks every file of every fixture machine in every way, one at a time: what cannot be read is null and perhaps an
 * error, never another number, least of all a zero, and never a stack trace.
 */
class MachineMutationTest {
    /** In which of the two samples a file is broken. */
    private enum When {
        ALWAYS,
        AT_FIRST,
        LATER
    }

    private static final When[] UNCHANGING = {When.ALWAYS};

    /** All that a reader can notice of a file that it does not open. */
    private static final Mutation[] NOT_THERE = {Mutation.MISSING};

    static List<Machine> machines() throws IOException {
        return Machine.all();
    }

    @ParameterizedTest
    @MethodSource("machines")
    void aBrokenFileGivesNoWrongNumber(Machine machine, @TempDir Path temp) throws IOException {
        Path folder = temp.toRealPath().resolve("tree");
        FixtureTree tree = machine.unpack(folder);
        machine.later(tree);
        Map<Path, byte[]> later = MemoryFiles.read(folder);
        tree.apply(machine.home().resolve("tree.txt"));
        Map<Path, byte[]> first = MemoryFiles.read(folder);
        SnapshotFrame fromDisk = Machine.frame(tree.roots(), () -> machine.later(tree));

        MemoryFiles files = new MemoryFiles(folder, first, later);
        SnapshotFrame intact = Machine.frame(files.roots(), () -> files.now(true));
        assertThat(intact).as("readers open files through their roots only").isEqualTo(fromDisk);
        BrokenFrames frames = new BrokenFrames(intact);
        for (Path path : first.keySet()) {
            boolean changes = !Arrays.equals(first.get(path), later.get(path));
            for (Mutation mutation : files.wasOpened(path) ? Mutation.values() : NOT_THERE) {
                for (When when : changes ? When.values() : UNCHANGING) {
                    SnapshotFrame frame = frame(files, path, mutation, when);
                    frames.check(folder.relativize(path).toString(), mutation + " " + when, frame);
                }
            }
        }
        assertThat(frames.wrong()).isEmpty();
    }

    private static SnapshotFrame frame(MemoryFiles files, Path path, Mutation mutation, When when) throws IOException {
        files.now(false);
        if (when != When.LATER) {
            files.breakFile(path, mutation);
        }
        SnapshotFrame frame = Machine.frame(files.roots(), () -> {
            files.now(true);
            if (when == When.AT_FIRST) {
                files.mend();
            } else if (when == When.LATER) {
                files.breakFile(path, mutation);
            }
        });
        files.mend();
        return frame;
    }
}
