package io.smi.core.tegra;

import io.smi.core.Problems;
import io.smi.core.Reader;
import io.smi.core.kernel.Roots;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a Jetson's module draws, in watts: processors, GPU, memory and storage, without the board that carries it. Null
 * for AGX Xavier and AGX Orin, which measure some of their rails and not what comes in.
 */
public final class ModulePowerReader implements Reader<Double> {
    private final PowerRail input;

    /** Reads the power monitors of this sysfs. */
    public ModulePowerReader(Roots roots) {
        this.input = new PowerRail(roots, Set.of("VDD_IN", "POM_5V_IN"));
    }

    @Override
    public @Nullable Double read(Problems problems) throws IOException {
        return input.watts(problems);
    }
}
