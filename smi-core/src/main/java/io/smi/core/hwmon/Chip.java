package io.smi.core.hwmon;

import io.smi.schema.Fan;
import io.smi.schema.Temperature;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One hwmon device. It has no inputs while its device sleeps.
 *
 * @param name what its driver calls it: coretemp, k10temp, nvme ...
 * @param device the kernel's name of the device behind it, such as coretemp.0 or 0000:00:18.3; null when it has none
 * @param temperatures its temperature inputs that give a value, in the order of their numbers
 * @param fans its fan inputs, those without a value included
 * @param powers its power inputs
 */
public record Chip(
        String name, @Nullable String device, List<Temperature> temperatures, List<Fan> fans, List<PowerMeter> powers) {
    public Chip {
        temperatures = List.copyOf(temperatures);
        fans = List.copyOf(fans);
        powers = List.copyOf(powers);
    }

    /**
     * A power input: power*_input, else power*_average.
     *
     * @param watts null when the meter gives no value
     */
    public record PowerMeter(
            @Nullable String label, @Nullable Double watts) {}
}
