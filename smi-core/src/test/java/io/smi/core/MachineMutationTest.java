package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameError;
import io.smi.schema.FrameFormatException;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
        Check check = new Check(intact);
        for (Path path : first.keySet()) {
            boolean changes = !Arrays.equals(first.get(path), later.get(path));
            for (Mutation mutation : files.wasOpened(path) ? Mutation.values() : NOT_THERE) {
                for (When when : changes ? When.values() : UNCHANGING) {
                    SnapshotFrame frame = frame(files, path, mutation, when);
                    check.frame(folder.relativize(path) + " " + mutation + " " + when, frame);
                }
            }
        }
        assertThat(check.wrong).isEmpty();
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

    /** Compares frames of broken machines with that of the intact one. */
    private static final class Check {
        private final List<String> wrong = new ArrayList<>();
        private final Map<String, List<Object>> intact;
        private final Map<String, Set<Object>> ofAnyRow = new HashMap<>();

        Check(SnapshotFrame frame) {
            intact = FrameValues.of(frame);
            intact.forEach((path, values) -> ofAnyRow.computeIfAbsent(anyRow(path), none -> new HashSet<>())
                    .addAll(values));
        }

        void frame(String what, SnapshotFrame frame) {
            try {
                if (!frame.equals(FrameDecoder.decode(EncodedFrame.of(frame).bytes()))) {
                    wrong.add(what + ": is not what its JSON says");
                }
            } catch (FrameFormatException e) {
                wrong.add(what + ": " + e);
            }
            for (FrameError error : frame.errors()) {
                String message = error.message();
                if (message.isBlank() || message.contains("java.") || message.contains("Exception")) {
                    wrong.add(what + ": says " + error);
                }
            }
            Map<String, List<Object>> broken = FrameValues.of(frame);
            broken.forEach((path, values) -> {
                for (Object value : values) {
                    if (!(value instanceof String || value instanceof Enum) && !isRight(path, value, broken)) {
                        wrong.add(what + ": " + path + " is " + value + ", not " + intact.get(path));
                    }
                }
            });
        }

        private boolean isRight(String path, Object value, Map<String, List<Object>> broken) {
            List<Object> expected = intact.get(path);
            if (expected == null) {
                // The row's own name is broken: it still holds the numbers of one of the rows.
                return ofAnyRow.getOrDefault(anyRow(path), Set.of()).contains(value);
            }
            return expected.contains(value) || isAboutWhatIsLeft(path, value, expected, broken);
        }

        private static String anyRow(String path) {
            return path.replaceAll("\\[[^]]*]", "[*]");
        }

        /** The few numbers that say something about what could be read, and so may differ when less could. */
        private boolean isAboutWhatIsLeft(
                String path, Object value, List<Object> expected, Map<String, List<Object>> broken) {
            return switch (anyRow(path)) {
                // A place among the devices that are left.
                case "gpus[*].index" -> (Integer) value < (Integer) expected.getFirst();
                // The mean of the clocks that are known.
                case "cpus[*].clockMhz" -> isBetween((Integer) value, path.replace("clockMhz", "logical["));
                // Of the next source, when the best one has none; and it says which one it is.
                case "chassis[*].powerWatts", "chassis[*].energyJoulesTotal" -> {
                    String source = "chassis[0].powerSource";
                    yield !Objects.equals(intact.get(source), broken.get(source));
                }
                default -> false;
            };
        }

        private boolean isBetween(int value, String clocks) {
            IntSummaryStatistics range = new IntSummaryStatistics();
            intact.forEach((path, values) -> {
                if (path.startsWith(clocks) && path.endsWith("].clockMhz")) {
                    range.accept((Integer) values.getFirst());
                }
            });
            return range.getMin() <= value && value <= range.getMax();
        }
    }
}
