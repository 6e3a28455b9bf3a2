package io.smi.core.cpu;

import io.smi.core.Problems;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.KernelFormatException;
import java.io.IOException;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** Sets of CPUs as the kernel writes them: {@code 0-3,8,10-11} and a newline. */
final class CpuList {
    /** No CPU has a number as large; the largest kernels are built for 8192 CPUs. */
    static final int MOST = 1 << 16;

    private CpuList() {}

    /** The list in a file; null when there is no such file, or, with a problem, when it holds no list. */
    static @Nullable BitSet read(KernelFiles files, String path, Problems problems) {
        try (KernelFile file = files.file(path)) {
            Cursor text = KernelFiles.attribute(file, problems);
            return text == null ? null : parse(file.path(), text.all());
        } catch (KernelFormatException e) {
            problems.failed(String.valueOf(e.getMessage()));
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /**
     * Reads a whole file's text.
     *
     * @param path for the message
     * @throws KernelFormatException also when the newline is missing: the last number may have been cut short
     */
    static BitSet parse(String path, String text) throws KernelFormatException {
        BitSet cpus = new BitSet();
        String list = text.strip();
        if (!text.endsWith("\n")) {
            throw new KernelFormatException(path, "a list of CPUs and a newline", list);
        }
        if (list.isEmpty()) {
            return cpus;
        }
        for (String range : list.split(",", -1)) {
            int dash = range.indexOf('-');
            int first = number(range, 0, dash < 0 ? range.length() : dash);
            int last = number(range, dash + 1, range.length());
            if (first < 0 || last < first) {
                throw new KernelFormatException(path, "a list of CPUs", list);
            }
            cpus.set(first, last + 1);
        }
        return cpus;
    }

    /** The number of a CPU in this part of a text; negative when it is none. */
    static int number(String text, int start, int end) {
        int number = start < end ? 0 : -1;
        for (int i = start; i < end && number >= 0; i++) {
            int digit = text.charAt(i) - '0';
            number = digit < 0 || digit > 9 ? -1 : number * 10 + digit;
            number = number < MOST ? number : -1;
        }
        return number;
    }
}
