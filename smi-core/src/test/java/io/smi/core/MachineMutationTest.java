package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.MemoryFiles.Content;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Breaks the files of every fixture machine in every way, one at a time: what cannot be read is null and perhaps an error,
 * never another number, least of all a zero, and never a stack trace. Of files that only numbers tell apart, as those of
 * 64 CPUs, three are broken; all of them with {@code -Dmutations.all=true}.
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
        SnapshotFrame intact = Machine.frame(files.roots(), () -> files.later(true));
        assertThat(intact).as("readers open files through their roots only").isEqualTo(fromDisk);
        files.findSections();
        BrokenFrames frames = new BrokenFrames(intact);
        Collection<Content> broken = Boolean.getBoolean("mutations.all") ? files.files() : files.samples();
        for (Content file : broken) {
            for (Mutation mutation : file.wasOpened() ? Mutation.values() : NOT_THERE) {
                for (When when : file.changes() ? When.values() : UNCHANGING) {
                    SnapshotFrame frame = frame(files, file, mutation, when);
                    frames.check(files.name(file), mutation + " " + when, frame);
                }
            }
        }
        assertThat(frames.wrong()).isEmpty();
    }

    private static SnapshotFrame frame(MemoryFiles files, Content file, Mutation mutation, When when)
            throws IOException {
        files.later(false);
        if (when != When.LATER) {
            files.breakFile(file, mutation);
        }
        Set<Section> concerned = mutation.isSeenInFolder() ? Machine.SECTIONS : file.sections();
        SnapshotFrame frame = Machine.frame(files.roots(), concerned, () -> {
            files.later(true);
            if (when == When.AT_FIRST) {
                files.mend();
            } else if (when == When.LATER) {
                files.breakFile(file, mutation);
            }
        });
        files.mend();
        return frame;
    }
}
