package io.smi.core.chassis;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.chassis.PowerSupplyReader.Supply;
import io.smi.core.kernel.Devices;
import io.smi.core.kernel.Roots;
import io.smi.schema.PowerSupply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /sys/class/power_supply}: batteries, mains adapters, USB supplies. */
public final class PowerSupplyReader implements Reader<List<Supply>> {
    private final Devices<PowerSupplyFiles> supplies;

    /** Reads the supplies of this sysfs. */
    public PowerSupplyReader(Roots roots) {
        this.supplies = new Devices<>(
                roots.sys(),
                "class/power_supply",
                (path, name, problems) -> new PowerSupplyFiles(roots.sys(), path, name, problems));
    }

    /**
     * One supply.
     *
     * @param kind what it is to the machine
     */
    public record Supply(PowerSupply row, Kind kind) {}

    /** What a supply is to the machine. */
    public enum Kind {
        /** A battery that runs the machine. */
        BATTERY,
        /** Anything else that runs the machine: mains, USB. */
        ADAPTER,
        /** The battery or adapter of something that is connected: a mouse, a pen. */
        PERIPHERAL
    }

    @Override
    public @Nullable List<Supply> read(Problems problems) throws IOException {
        List<PowerSupplyFiles> files = supplies.list(problems);
        if (files.isEmpty()) {
            return null;
        }
        List<Supply> read = new ArrayList<>(files.size());
        for (PowerSupplyFiles supply : files) {
            read.add(supply.read(problems));
        }
        return List.copyOf(read);
    }
}
