package io.smi.core;

import io.smi.schema.EncodedFrame;
import io.smi.schema.FrameDecoder;
import io.smi.schema.FrameError;
import io.smi.schema.FrameFormatException;
import io.smi.schema.Section;
import io.smi.schema.SnapshotFrame;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Holds the frames of a machine with one broken file against the frame of the intact machine. */
final class BrokenFrames {
    /** No single file is all that these are made of. */
    private static final List<Section> SECTIONS = List.of(Section.CPU, Section.CHASSIS, Section.PROCESS);

    private static final String POWER_SOURCE = "chassis[0].powerSource";

    private final Map<String, List<Object>> intact;
    private final Map<String, Set<Object>> ofAnyRow = new HashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private final Set<SnapshotFrame> checked = new HashSet<>();

    BrokenFrames(SnapshotFrame intact) {
        this.intact = FrameValues.of(intact);
        this.intact.forEach((path, values) ->
                ofAnyRow.computeIfAbsent(anyRow(path), none -> new HashSet<>()).addAll(values));
    }

    /** What was found wrong so far. */
    List<String> wrong() {
        return wrong;
    }

    /** Checks a frame; the many that are as one before are known. */
    void check(String file, String how, SnapshotFrame frame) {
        if (!checked.add(frame)) {
            return;
        }
        String what = file + " " + how + ": ";
        try {
            if (!frame.equals(FrameDecoder.decode(EncodedFrame.of(frame).bytes()))) {
                wrong.add(what + "is not what its JSON says");
            }
        } catch (FrameFormatException e) {
            wrong.add(what + e);
        }
        for (FrameError error : frame.errors()) {
            String message = error.message();
            if (message.isBlank() || message.contains("java.") || message.contains("Exception")) {
                wrong.add(what + "says " + error);
            }
        }
        Map<String, List<Object>> values = FrameValues.of(frame);
        values.forEach((path, all) -> {
            for (Object value : all) {
                if (isNumber(value)
                        && !isRight(path, value)
                        && !isAboutWhatIsLeft(path, value, values)
                        && !isOfALinkTakenForAwake(path, what)) {
                    wrong.add(what + path + " is " + value + ", not " + intact.get(path));
                }
            }
        });
        for (Section section : SECTIONS) {
            String rows = section.key();
            if (frame.sections().contains(section) && hasRows(intact, rows) && !hasRows(values, rows)) {
                wrong.add(what + "takes all of " + rows + " with it");
            }
        }
    }

    private static boolean hasRows(Map<String, List<Object>> values, String section) {
        return values.keySet().stream().anyMatch(path -> path.startsWith(section));
    }

    /** A text that was cut is another text, and nobody can tell; of anything else it would be a lie. */
    private static boolean isNumber(Object value) {
        return !(value instanceof String || value instanceof Enum);
    }

    private boolean isRight(String path, Object value) {
        List<Object> expected = intact.get(path);
        // Where the row's own name is broken, it still holds the numbers of one of the rows.
        return expected == null
                ? ofAnyRow.getOrDefault(anyRow(path), Set.of()).contains(value)
                : expected.contains(value);
    }

    private static String anyRow(String path) {
        return path.replaceAll("\\[[^]]*]", "[*]");
    }

    /** The few numbers that say something about what could be read, and so may differ when less could. */
    private boolean isAboutWhatIsLeft(String path, Object value, Map<String, List<Object>> broken) {
        Object expected = intact.getOrDefault(path, List.of(value)).getFirst();
        return switch (anyRow(path)) {
            // A place among the devices that are left.
            case "gpus[*].index" -> (Integer) value < (Integer) expected;
            case "cpus[*].energyJoulesTotal" -> isShortOfAWrap((Double) value, (Double) expected);
            // Of the next source, when the best one has none; and it says which one it is.
            case "chassis[*].powerWatts", "chassis[*].energyJoulesTotal" ->
                !Objects.equals(intact.get(POWER_SOURCE), broken.get(POWER_SOURCE));
            default -> false;
        };
    }

    /** A device without this file is one that is never put to sleep. */
    private static boolean isOfALinkTakenForAwake(String path, String what) {
        return path.contains("].pcie.") && what.contains("/power/runtime_status " + Mutation.MISSING);
    }

    /** A counter of energy starts with what the hardware says first; that of epyc-2s wraps thereafter, at 65532.61 J. */
    private static boolean isShortOfAWrap(double value, double expected) {
        return Math.abs(expected - value - 65532.610987) < 0.01;
    }
}
