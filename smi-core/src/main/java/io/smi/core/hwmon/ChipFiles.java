package io.smi.core.hwmon;

import io.smi.core.Problems;
import io.smi.core.hwmon.Chip.PowerMeter;
import io.smi.core.kernel.KernelFiles;
import io.smi.core.kernel.RuntimeStatus;
import io.smi.core.kernel.RuntimeStatus.Power;
import io.smi.schema.Fan;
import io.smi.schema.Temperature;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The files of one chip. Its inputs are looked up when it is first awake: the limits of some sit in the chip itself. */
final class ChipFiles implements Closeable {
    /** Beyond these no sensor of a machine means what it says: an open diode, a register that reads as all ones. */
    private static final long COLDEST_MILLI = -100_000;

    private static final long HOTTEST_MILLI = 200_000;
    /** Controllers read a tachometer that does not answer as all ones. */
    private static final long FASTEST_RPM = 65_534;
    /** More than any one machine: ACPI meters answer 4294967295 mW when they do not know. */
    private static final long STRONGEST_MICROWATT = 1_000_000_000_000L;

    private final KernelFiles sys;
    private final String path;
    private final String name;
    private final @Nullable String device;
    private final RuntimeStatus runtime;
    private @Nullable Inputs inputs;

    /**
     * All inputs of the chip, by kind.
     *
     * @param told what could not be read when they were looked up
     */
    private record Inputs(List<Input> temperatures, List<Input> fans, List<Input> powers, Problems told) {}

    private ChipFiles(KernelFiles sys, String path, String name) {
        this.sys = sys;
        this.path = path;
        this.name = name;
        this.device = sys.linkName(path + "/device");
        this.runtime = RuntimeStatus.of(sys, path + "/device");
    }

    /** The chip in this folder; null when it does not say what it is. */
    static @Nullable ChipFiles open(KernelFiles sys, String path, Problems problems) {
        String name = sys.text(path + "/name", problems);
        if (name == null) {
            name = sys.text(path + "/device/name", problems);
        }
        return name == null ? null : new ChipFiles(sys, path, name);
    }

    /** Its values now; none while its device is asleep, which reading them would end. */
    Chip read(Problems problems) {
        if (runtime.read(problems) != Power.AWAKE) {
            return new Chip(name, device, List.of(), List.of(), List.of());
        }
        Inputs found = inputs;
        if (found == null) {
            found = lookUp();
            inputs = found;
        }
        problems.addAll(found.told());
        return new Chip(
                name,
                device,
                temperatures(found.temperatures(), problems),
                fans(found.fans(), problems),
                powers(found.powers(), problems));
    }

    /** Drivers of the old kind leave their attributes in the device's folder. */
    private Inputs lookUp() {
        Inputs own = lookUp(path);
        boolean none = own.temperatures().isEmpty()
                && own.fans().isEmpty()
                && own.powers().isEmpty();
        return none ? lookUp(path + "/device") : own;
    }

    private Inputs lookUp(String folder) {
        Problems told = new Problems();
        InputFinder finder = new InputFinder(sys, folder, told);
        return new Inputs(finder.find("temp"), finder.find("fan"), finder.find("power"), told);
    }

    /** Exactly 0 is how embedded controllers write that nothing is connected. */
    private List<Temperature> temperatures(List<Input> sensors, Problems problems) {
        List<Temperature> read = new ArrayList<>(sensors.size());
        for (Input input : sensors) {
            Long milli = input.value(COLDEST_MILLI, HOTTEST_MILLI, problems);
            if (milli != null && milli != 0) {
                read.add(
                        new Temperature(name, input.label(), milli / 1e3, limit(input.max()), limit(input.critical())));
            }
        }
        return read;
    }

    /** Chips without a limit have 0 in its place, or the highest number of its register. */
    private static @Nullable Double limit(@Nullable Long milli) {
        return milli == null || milli <= 0 || milli > HOTTEST_MILLI ? null : milli / 1e3;
    }

    private List<Fan> fans(List<Input> sensors, Problems problems) {
        List<Fan> read = new ArrayList<>(sensors.size());
        for (Input input : sensors) {
            Long rpm = input.value(0, FASTEST_RPM, problems);
            read.add(new Fan(name, input.label(), rpm == null ? null : rpm.intValue()));
        }
        return read;
    }

    private static List<PowerMeter> powers(List<Input> sensors, Problems problems) {
        List<PowerMeter> read = new ArrayList<>(sensors.size());
        for (Input input : sensors) {
            Long microwatt = input.value(0, STRONGEST_MICROWATT, problems);
            read.add(new PowerMeter(input.label(), microwatt == null ? null : microwatt / 1e6));
        }
        return read;
    }

    @Override
    public void close() throws IOException {
        Inputs open = inputs;
        runtime.close();
        if (open != null) {
            Input.close(open.temperatures());
            Input.close(open.fans());
            Input.close(open.powers());
        }
    }
}
