package io.smi.core.network;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.HostFile;
import io.smi.core.kernel.KernelFormatException;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /proc/net/dev}: the counters of every interface, of 64 bits, in one file. Of another procfs than {@code /proc}
 * that of its first process, {@code 1/net/dev}, for {@code net} is what the reading process sees, which in a container
 * is not the host's.
 */
public final class TrafficReader implements Reader<Map<String, Traffic>> {
    private static final int HEADINGS = 2;

    private final HostFile file;
    private final List<Head> heads = new ArrayList<>();

    /** How a line begins, such as {@code eth0:}. */
    private record Head(String text, String name) {}

    /** Reads this procfs. */
    public TrafficReader(Roots roots) {
        boolean isHost = roots.proc().path("").equals("/proc");
        this.file = new HostFile(roots.proc(), "net/dev", isHost, "1/net/dev");
    }

    @Override
    public @Nullable Map<String, Traffic> read(Problems problems) throws IOException {
        Cursor text = file.read();
        return text == null ? null : parse(text);
    }

    /** By name, in the order of the kernel. */
    Map<String, Traffic> parse(Cursor text) throws KernelFormatException {
        Map<String, Traffic> traffic = new LinkedHashMap<>();
        for (int line = -HEADINGS; !text.atEnd(); line++) {
            if (line >= 0) {
                String name = name(text, line);
                traffic.put(name, counters(text));
            }
            text.nextLine();
        }
        return traffic;
    }

    /** Nearly every line of every reading begins as it did in the one before. */
    private String name(Cursor text, int line) throws KernelFormatException {
        text.skipSpaces();
        if (line < heads.size() && text.accept(heads.get(line).text())) {
            return heads.get(line).name();
        }
        String head = text.word();
        if (head.length() < 2 || !head.endsWith(":")) {
            throw text.expected("an interface");
        }
        String name = head.substring(0, head.length() - 1);
        heads.subList(line, heads.size()).clear();
        heads.add(new Head(head, name));
        return name;
    }

    private static Traffic counters(Cursor text) throws KernelFormatException {
        long rxBytes = text.number();
        text.skipWords(1);
        long rxErrors = text.number();
        long rxDropped = text.number();
        text.skipWords(4);
        long txBytes = text.number();
        text.skipWords(1);
        long txErrors = text.number();
        long txDropped = text.number();
        // What follows tells that this one was not cut.
        text.number();
        return new Traffic(rxBytes, rxErrors, rxDropped, txBytes, txErrors, txDropped);
    }
}
