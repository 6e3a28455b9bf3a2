package io.smi.core.hwmon;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /sys/class/hwmon}: the temperatures, fans and power meters of every chip that has a driver. */
public final class HwmonReader implements Reader<List<Chip>> {
    private final Devices<ChipFiles> chips;

    /** Reads the chips of this sysfs. */
    public HwmonReader(Roots roots) {
        this.chips = new Devices<>(
                roots.sys(), "class/hwmon", (path, name, problems) -> ChipFiles.open(roots.sys(), path, problems));
    }

    @Override
    public @Nullable List<Chip> read(Problems problems) throws IOException {
        List<ChipFiles> files = chips.list(problems);
        if (files.isEmpty()) {
            return null;
        }
        List<Chip> read = new ArrayList<>(files.size());
        for (ChipFiles chip : files) {
            read.add(chip.read(problems));
        }
        return List.copyOf(read);
    }
}
