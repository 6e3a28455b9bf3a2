package io.smi.cli;

import io.smi.core.Readers;
import io.smi.core.kernel.Roots;
import io.smi.core.process.CmdlineMode;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** What reads the machine: {@code --reader}. */
enum ReaderChoice {
    LINUX,
    OSHI;

    /** The best that there is for this system. */
    static ReaderChoice auto() {
        return parse("auto", System.getProperty("os.name"));
    }

    /**
     * The choice of this name; auto is the best that there is for this system.
     *
     * @param os the system's name, as Java calls it
     */
    static ReaderChoice parse(String name, String os) {
        boolean linux = os.equals("Linux");
        if (name.equals("auto")) {
            return linux ? LINUX : OSHI;
        }
        for (ReaderChoice choice : values()) {
            if (choice.label().equals(name)) {
                if (choice == LINUX && !linux) {
                    throw new TypeConversionException("linux is not for " + os + ", auto and oshi are");
                }
                return choice;
            }
        }
        throw new TypeConversionException("'" + name + "' is not one of auto, "
                + Arrays.stream(values()).map(ReaderChoice::label).collect(Collectors.joining(", ")));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** For a frame or a few. */
    Readers readers(Roots roots, CmdlineMode cmdline) {
        return this == OSHI ? Readers.oshi(cmdline) : Readers.linux(roots, cmdline);
    }

    /** For a program that stays. */
    Readers live(Roots roots, CmdlineMode cmdline) {
        return this == OSHI ? Readers.oshi(cmdline) : Readers.live(roots, cmdline);
    }
}
