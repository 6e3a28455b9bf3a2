package io.smi.core.cpu;

import io.smi.core.Problems;
import io.smi.core.StaticReader;
import io.smi.core.kernel.Cursor;
import io.smi.core.kernel.KernelFile;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the processor is, from {@code /proc/cpuinfo}. Read once. */
public final class CpuinfoReader extends StaticReader<CpuinfoReader.Identity> {
    private final Roots roots;

    /** Reads these roots' procfs, and the device tree in sysfs. */
    public CpuinfoReader(Roots roots) {
        this.roots = roots;
    }

    /**
     * What the processor is, the same for every package.
     *
     * @param model such as AMD EPYC 7763 64-Core Processor, or Cortex-A76 + Cortex-A55
     * @param vendor such as AMD
     * @param architecture as {@code uname -m} prints it
     */
    public record Identity(
            @Nullable String model,
            @Nullable String vendor,
            @Nullable String architecture) {}

    @Override
    protected Identity readOnce(Problems problems) throws IOException {
        String architecture = architecture(problems);
        String compatible = roots.sys().text("firmware/devicetree/base/cpus/cpu@0/compatible", problems);
        try (KernelFile file = roots.proc().file("cpuinfo")) {
            return parse(Cpuinfo.read(file), architecture, compatible);
        }
    }

    /** What the kernel calls it since Linux 6.1. */
    private @Nullable String architecture(Problems problems) throws IOException {
        try (KernelFile file = roots.proc().file("sys/kernel/arch")) {
            Cursor text = KernelFiles.attribute(file, problems);
            if (text == null) {
                return null;
            }
            String word = text.word();
            boolean whole = text.atLineEnd() && !text.atEnd();
            return word.isEmpty() || !whole ? null : word;
        }
    }

    /**
     * Reads what the architectures tell, each in its own words.
     *
     * @param architecture what the kernel calls it, if it does
     * @param compatible what the device tree calls the first CPU: names ended by NUL, the most exact first
     */
    static Identity parse(Cursor text, @Nullable String architecture, @Nullable String compatible) {
        Facts facts = new Facts(architecture);
        do {
            facts.line(text);
        } while (!facts.complete() && text.nextLine());
        return facts.identity(compatible);
    }

    /** What the lines told so far. */
    private static final class Facts {
        private @Nullable String model;
        private @Nullable String vendor;
        private @Nullable String architecture;
        private @Nullable Integer implementer;
        private final Set<ArmParts.Id> kinds = new LinkedHashSet<>();

        Facts(@Nullable String architecture) {
            this.architecture = architecture;
        }

        /** So that the first of the many blocks of an x86 machine is enough. */
        boolean complete() {
            return model != null && vendor != null && architecture != null;
        }

        void line(Cursor text) {
            if (Cpuinfo.key(text, "vendor_id")) {
                vendor = Cpuinfo.value(text);
            } else if (Cpuinfo.key(text, "model name") || Cpuinfo.key(text, "Model Name")) {
                model(Cpuinfo.value(text));
            } else if (Cpuinfo.key(text, "flags")) {
                architecture(hasWord(text, "lm") ? "x86_64" : null);
            } else if (Cpuinfo.key(text, "CPU implementer")) {
                implementer = hex(Cpuinfo.value(text));
            } else if (Cpuinfo.key(text, "CPU architecture")) {
                architecture("8".equals(Cpuinfo.value(text)) ? "aarch64" : null);
            } else if (Cpuinfo.key(text, "CPU part")) {
                part(hex(Cpuinfo.value(text)));
            } else if (Cpuinfo.key(text, "uarch")) {
                model(Cpuinfo.value(text));
            } else if (Cpuinfo.key(text, "isa")) {
                text.skipSpaces();
                architecture(text.accept("rv64") ? "riscv64" : null);
            } else if (text.accept("processor 0:")) {
                mainframe(Cpuinfo.value(text));
            } else if (Cpuinfo.key(text, "cpu")) {
                power(Cpuinfo.value(text));
            }
        }

        private void model(@Nullable String name) {
            model = model == null && !"unknown".equals(name) ? name : model;
        }

        private void architecture(@Nullable String name) {
            architecture = architecture == null ? name : architecture;
        }

        private void part(@Nullable Integer part) {
            if (implementer != null && part != null) {
                kinds.add(new ArmParts.Id(implementer, part));
            }
        }

        /** Such as version = FF, identification = 1A4F68, machine = 3931. */
        private void mainframe(@Nullable String value) {
            int machine = value == null ? -1 : value.indexOf("machine = ");
            if (value != null && machine >= 0) {
                model("IBM " + value.substring(machine + "machine = ".length()));
                architecture("s390x");
            }
        }

        /** Such as POWER9 (raw), altivec supported. */
        private void power(@Nullable String value) {
            if (value != null && value.startsWith("POWER")) {
                int comma = value.indexOf(',');
                model(comma < 0 ? value : value.substring(0, comma));
                vendor = "IBM";
            }
        }

        Identity identity(@Nullable String compatible) {
            // A 32-bit ARM kernel has a model name too, which names the instruction set only.
            String name = kinds.isEmpty() ? model : ArmParts.model(kinds);
            if (name == null && compatible != null) {
                int end = compatible.indexOf('\0');
                name = end < 0 ? compatible : compatible.substring(0, end);
            }
            String maker = implementer == null ? vendor : ArmParts.vendor(implementer);
            if (maker == null && name != null && name.indexOf(',') > 0) {
                maker = name.substring(0, name.indexOf(','));
            }
            return new Identity(name, maker == null ? null : Makers.known(maker), architecture);
        }

        private static boolean hasWord(Cursor text, String word) {
            for (String next = text.word(); !next.isEmpty(); next = text.word()) {
                if (next.equals(word)) {
                    return true;
                }
            }
            return false;
        }

        /** A number such as 0x41; null when it is none. */
        private static @Nullable Integer hex(@Nullable String value) {
            if (value == null || !value.startsWith("0x")) {
                return null;
            }
            try {
                return Integer.parseUnsignedInt(value, 2, value.length(), 16);
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }
}
