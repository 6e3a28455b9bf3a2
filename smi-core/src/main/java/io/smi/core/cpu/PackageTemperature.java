package io.smi.core.cpu;

import io.smi.core.hwmon.Chip;
import io.smi.schema.Temperature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which of a machine's many temperatures are those of its processors. A sensor counts only if its driver says so; the
 * first thermal zone, which is often the air or the board, never does.
 */
final class PackageTemperature {
    private PackageTemperature() {}

    /**
     * In degrees Celsius by package, as far as known.
     *
     * @param packages ids, ascending
     */
    static Map<Integer, Double> of(List<Chip> chips, List<Integer> packages) {
        Map<Integer, Double> temperatures = new TreeMap<>();
        intel(chips, packages, temperatures);
        if (temperatures.isEmpty()) {
            amd(chips, packages, temperatures);
        }
        if (temperatures.isEmpty() && packages.size() == 1) {
            put(temperatures, packages.get(0), board(chips));
        }
        return temperatures;
    }

    /** The label names the package. One that has several dies has a chip for each. */
    private static void intel(List<Chip> chips, List<Integer> packages, Map<Integer, Double> temperatures) {
        List<Chip> dies = named(chips, "coretemp");
        for (Integer id : packages) {
            Double celsius = warmest(dies, "Package id " + id);
            // As it was called before Linux 4.7.
            put(temperatures, id, celsius == null ? warmest(dies, "Physical id " + id) : celsius);
        }
    }

    /**
     * The chip is a PCI device, 00:18 of the first node, 00:19 of the next; every package has as many nodes as the
     * others. Tctl is what the fan is controlled by, on some models higher than Tdie. Processors before Zen have no
     * labels.
     */
    private static void amd(List<Chip> chips, List<Integer> packages, Map<Integer, Double> temperatures) {
        List<Chip> nodes = named(chips, "k10temp");
        nodes.addAll(named(chips, "zenpower"));
        if (nodes.isEmpty() || packages.isEmpty() || nodes.size() % packages.size() != 0) {
            return;
        }
        Comparator<String> order = Comparator.nullsLast(Comparator.naturalOrder());
        nodes.sort((one, other) -> order.compare(one.device(), other.device()));
        int each = nodes.size() / packages.size();
        for (int i = 0; i < packages.size(); i++) {
            List<Chip> own = nodes.subList(i * each, (i + 1) * each);
            Double celsius = warmest(own, "Tdie");
            celsius = celsius == null ? warmest(own, "Tctl") : celsius;
            put(temperatures, packages.get(i), celsius == null ? warmest(own, null) : celsius);
        }
    }

    /** Boards name a thermal zone for each cluster of cores or for the whole chip; laptops have a sensor at the CPU. */
    private static @Nullable Double board(List<Chip> chips) {
        List<Chip> cores = new ArrayList<>();
        for (Chip chip : chips) {
            if (isOfCores(chip.name().toLowerCase(Locale.ROOT))) {
                cores.add(chip);
            }
        }
        Double celsius = warmest(cores);
        celsius = celsius == null ? warmest(named(chips, "package_thermal")) : celsius;
        celsius = celsius == null ? warmest(named(chips, "soc_thermal")) : celsius;
        celsius = celsius == null ? warmest(named(chips, "dell_smm"), "CPU") : celsius;
        return celsius == null ? warmest(named(chips, "thinkpad"), "CPU") : celsius;
    }

    /** Such as cpu_thermal, cpu-thermal, cpu0_thermal, cpuss1_thermal, CPU-therm, bigcore0_thermal. */
    private static boolean isOfCores(String name) {
        return name.contains("therm")
                && (name.startsWith("cpu")
                        || name.startsWith("bigcore")
                        || name.startsWith("midcore")
                        || name.startsWith("littlecore"));
    }

    private static List<Chip> named(List<Chip> chips, String driver) {
        List<Chip> named = new ArrayList<>();
        for (Chip chip : chips) {
            if (chip.name().replace('-', '_').equals(driver)) {
                named.add(chip);
            }
        }
        return named;
    }

    private static @Nullable Double warmest(List<Chip> chips) {
        Double warmest = null;
        for (Chip chip : chips) {
            for (Temperature temperature : chip.temperatures()) {
                warmest = warmer(warmest, temperature.celsius());
            }
        }
        return warmest;
    }

    /** Of those with this label; null stands for none. */
    private static @Nullable Double warmest(List<Chip> chips, @Nullable String label) {
        Double warmest = null;
        for (Chip chip : chips) {
            for (Temperature temperature : chip.temperatures()) {
                if (Objects.equals(label, temperature.label())) {
                    warmest = warmer(warmest, temperature.celsius());
                }
            }
        }
        return warmest;
    }

    private static @Nullable Double warmer(@Nullable Double one, @Nullable Double other) {
        return one == null || (other != null && other > one) ? other : one;
    }

    private static void put(Map<Integer, Double> temperatures, Integer id, @Nullable Double celsius) {
        if (celsius != null) {
            temperatures.put(id, celsius);
        }
    }
}
