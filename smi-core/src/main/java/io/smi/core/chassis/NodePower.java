package io.smi.core.chassis;

import io.smi.core.Span;
import io.smi.core.chassis.PowerSupplyReader.Kind;
import io.smi.core.chassis.PowerSupplyReader.Supply;
import io.smi.core.hwmon.Chip;
import io.smi.core.hwmon.Chip.PowerMeter;
import io.smi.core.rapl.Rapl;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The power that the machine draws, and what measured it.
 *
 * @param source bmc, module, battery or rapl
 * @param joulesTotal counted by the same source; null where it does not count
 */
record NodePower(double watts, String source, @Nullable Double joulesTotal) {

    /**
     * From what comes nearest to the machine as a whole; null when nothing measures it.
     *
     * @param module watts of a Jetson's module
     */
    static @Nullable NodePower of(
            List<Chip> chips, @Nullable Double module, List<Supply> supplies, @Nullable Span<Rapl> energy) {
        NodePower meter = platformMeter(chips);
        if (meter != null) {
            return meter;
        }
        if (module != null && module > 0) {
            return new NodePower(module, "module", null);
        }
        NodePower battery = batteries(supplies);
        return battery == null ? processors(energy) : battery;
    }

    /** No machine that runs draws nothing: a meter that says so cannot tell. */
    private static @Nullable NodePower platformMeter(List<Chip> chips) {
        for (Chip chip : chips) {
            for (PowerMeter meter : chip.powers()) {
                Double watts = meter.watts();
                if (watts != null && watts > 0 && measuresAll(chip.name(), meter.label())) {
                    return new NodePower(watts, "bmc", null);
                }
            }
        }
        return null;
    }

    /** Few drivers measure the whole machine; the others a rail, a card, a processor. */
    private static boolean measuresAll(String driver, @Nullable String label) {
        return switch (driver) {
            case "power_meter" -> true;
            case "ibmpowernv" -> "System".equals(label);
            case "macsmc_hwmon" -> "Total System Power".equals(label);
            default -> false;
        };
    }

    /** What all batteries give, while nothing else feeds the machine. */
    private static @Nullable NodePower batteries(List<Supply> supplies) {
        double sum = 0;
        for (Supply supply : supplies) {
            String status = supply.row().status();
            if (supply.kind() == Kind.ADAPTER && "online".equals(status)) {
                return null;
            }
            if (supply.kind() == Kind.BATTERY && "Discharging".equals(status)) {
                Double watts = supply.row().watts();
                if (watts == null) {
                    return null;
                }
                sum += watts;
            }
        }
        return sum > 0 ? new NodePower(sum, "battery", null) : null;
    }

    /** What all processor packages draw; null when one of them is not known. */
    private static @Nullable NodePower processors(@Nullable Span<Rapl> energy) {
        if (energy == null || !energy.before().complete() || !energy.after().complete()) {
            return null;
        }
        double watts = 0;
        double joules = 0;
        for (Map.Entry<Integer, Double> entry : energy.after().packageJoules().entrySet()) {
            Double before = energy.before().packageJoules().get(entry.getKey());
            Double own = energy.perSecond(before, entry.getValue());
            if (own == null) {
                return null;
            }
            watts += own;
            joules += entry.getValue();
        }
        return new NodePower(watts, "rapl", joules);
    }
}
