package io.smi.core.nvidia;

import io.smi.core.Problems;
import io.smi.core.gpu.Absent;
import io.smi.core.gpu.Absent.Cause;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one pass has to tell beside its data: problems, each once, and why keys are null. */
final class Told {
    private final Problems problems;
    private final Set<String> lines = new HashSet<>();
    private final List<Absent> absent = new ArrayList<>();

    Told(Problems problems) {
        this.problems = problems;
    }

    Problems problems() {
        return problems;
    }

    /** A permission is lacking for this function, on one device or on all. */
    void denied(String function) {
        String line = function + ": " + NvmlReturn.word(NvmlReturn.NO_PERMISSION);
        if (lines.add(line)) {
            problems.denied(line);
        }
    }

    /** The function does not work on this device. */
    void failed(String device, String function, int code) {
        String line = function + ": " + NvmlReturn.word(code) + " (" + device + ")";
        if (lines.add(line)) {
            problems.failed(line);
        }
    }

    void absent(String device, @Nullable String key, Cause cause, String detail) {
        absent.add(new Absent(device, key, cause, detail));
    }

    /** Tells again what was found when facts that are kept were read. */
    void again(Told facts) {
        problems.addAll(facts.problems);
        absent.addAll(facts.absent);
    }

    List<Absent> absent() {
        return absent;
    }
}
