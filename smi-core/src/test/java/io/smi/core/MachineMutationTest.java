package io.smi.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.smi.core.MemoryFiles.Breakage;
import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameError;
import io.smi.schema.FrameFormatException;
import io.smi.schema.SnapshotFrame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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
        SnapshotFrame fromDisk = Machine.frame(tree.roots(), unchecked(() -> machine.later(tree)));
        for (Path path : first.keySet()) {
            Files.write(path, new byte[0]);
        }

        MemoryFiles files = new MemoryFiles(folder, first, later);
        SnapshotFrame intact = frame(files, null, EnumSet.noneOf(When.class));
        assertThat(intact).as("readers open files through their roots only").isEqualTo(fromDisk);
        Check check = new Check(intact);
        first.forEach((path, text) -> {
            boolean changes = !Arrays.equals(text, later.get(path));
            for (Mutation mutation : Mutation.values()) {
                if (files.wasOpened(path) || mutation.showsInTheFolder()) {
                    for (When when : changes ? EnumSet.allOf(When.class) : EnumSet.of(When.ALWAYS)) {
                        String what = folder.relativize(path) + " " + mutation + " " + when;
                        check.frame(what, frame(files, new Breakage(path, mutation), EnumSet.of(when)));
                    }
                }
            }
        });
        assertThat(check.wrong).isEmpty();
    }

    private static SnapshotFrame frame(MemoryFiles files, @Nullable Breakage breakage, Set<When> when) {
        Runnable breakIt = unchecked(() -> {
            files.breakage(breakage);
            if (breakage != null) {
                breakage.mutation().breakOnDisk(breakage.path());
            }
        });
        Runnable mendIt = unchecked(() -> {
            files.breakage(null);
            if (breakage != null) {
                breakage.mutation().mendOnDisk(breakage.path());
            }
        });
        files.now(false);
        if (!when.contains(When.LATER)) {
            breakIt.run();
        }
        SnapshotFrame frame = Machine.frame(files.roots(), () -> {
            files.now(true);
            if (when.contains(When.AT_FIRST)) {
                mendIt.run();
            } else if (when.contains(When.LATER)) {
                breakIt.run();
            }
        });
        if (!when.contains(When.AT_FIRST)) {
            mendIt.run();
        }
        return frame;
    }

    private interface Action {
        void run() throws IOException;
    }

    private static Runnable unchecked(Action action) {
        return () -> {
            try {
                action.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
    }

    /** Compares frames of broken machines with that of the intact one. */
    private static final class Check {
        private final List<String> wrong = new ArrayList<>();
        private final Map<String, List<Object>> intact;

        Check(SnapshotFrame intact) {
            this.intact = FrameValues.of(intact);
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
            FrameValues.of(frame).forEach((path, values) -> {
                for (Object value : values) {
                    if ((value instanceof Number || value instanceof Boolean || value instanceof Instant)
                            && !isRight(path, value)
                            && !startsAnew(what, path)) {
                        wrong.add(what + ": " + path + " is " + value + ", not " + intact.get(path));
                    }
                }
            });
        }

        /** Of a counter that wraps, only those who read it before the wrap know. */
        private static boolean startsAnew(String what, String path) {
            return path.endsWith("energyJoulesTotal") && what.endsWith(When.AT_FIRST.name());
        }

        private boolean isRight(String path, Object value) {
            List<Object> expected = intact.get(path);
            return expected != null && expected.contains(value);
        }
    }
}
