package io.smi.core.hwmon;

import io.smi.core.Problems;
import io.smi.core.kernel.KernelFiles;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the inputs of a chip by the names of its files: {@code temp1_input}, {@code temp1_label} ... */
final class InputFinder {
    private static final String INPUT = "_input";
    /** Some power meters have only this. */
    private static final String AVERAGE = "_average";
    /** No chip has nearly as many inputs of one kind. */
    private static final int MOST_DIGITS = 4;

    private final KernelFiles sys;
    private final String folder;
    private final List<String> names;
    private final Problems problems;

    InputFinder(KernelFiles sys, String folder, Problems problems) {
        this.sys = sys;
        this.folder = folder;
        this.names = sys.list(folder);
        this.problems = problems;
    }

    /** The inputs of this kind, in the order of their numbers, which may have gaps. */
    List<Input> find(String kind) {
        BitSet numbers = new BitSet();
        for (String name : names) {
            if (name.endsWith(INPUT) || name.endsWith(AVERAGE)) {
                int number = number(name, kind);
                if (number >= 0) {
                    numbers.set(number);
                }
            }
        }
        List<Input> inputs = new ArrayList<>();
        for (int number = numbers.nextSetBit(0); number >= 0; number = numbers.nextSetBit(number + 1)) {
            inputs.add(input(kind + number));
        }
        return List.copyOf(inputs);
    }

    /** The 12 of {@code temp12_input}; -1 for an attribute of another kind. */
    private static int number(String name, String kind) {
        int end = name.indexOf('_');
        int start = kind.length();
        if (!name.startsWith(kind) || end <= start || end > start + MOST_DIGITS) {
            return -1;
        }
        int number = 0;
        for (int i = start; i < end; i++) {
            int digit = name.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private Input input(String prefix) {
        String label = prefix + "_label";
        String fault = prefix + "_fault";
        return new Input(
                sys.file(path(prefix + (names.contains(prefix + INPUT) ? INPUT : AVERAGE))),
                names.contains(fault) ? sys.file(path(fault)) : null,
                names.contains(label) ? sys.text(path(label), problems) : null,
                limit(prefix + "_max"),
                limit(prefix + "_crit"));
    }

    private @Nullable Long limit(String name) {
        return names.contains(name) ? sys.number(path(name), problems) : null;
    }

    private String path(String name) {
        return folder + "/" + name;
    }
}
