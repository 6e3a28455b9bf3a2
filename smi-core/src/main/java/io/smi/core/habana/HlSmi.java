package io.smi.core.habana;

import io.smi.core.Problems;
import io.smi.core.command.Command;
import io.smi.core.command.Inquiry;
import io.smi.core.command.Quantity;
import io.smi.core.gpu.Accelerators;
import io.smi.core.gpu.CommandReader;
import io.smi.schema.DeviceType;
import io.smi.schema.EccCounts;
import io.smi.schema.Gpu;
import io.smi.schema.GpuBuilder;
import io.smi.schema.GpuEcc;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * {@code hl-smi --query-aip}: a table with a line of names, by which its columns are found, however many a version has and in
 * whatever order. Intel's "System Management Interface Tool" describes them.
 */
final class HlSmi implements CommandReader.Tool {
    private static final String COLUMNS = "index,uuid,serial,bus_id,name,driver_version,memory.total,memory.used,"
            + "memory.free,power.draw,temperature.aip,utilization.aip,clocks.current.soc,clocks.max.soc,"
            + "ecc.errors.corrected.volatile.total,ecc.errors.uncorrected.volatile.total,"
            + "ecc.errors.corrected.aggregate.total,ecc.errors.uncorrected.aggregate.total";

    private static final double MOST_BYTES = 1L << 50;
    private static final double HOTTEST = 200;
    private static final double STRONGEST = 100_000;
    private static final double FASTEST = 100_000;

    private final Inquiry inquiry;

    HlSmi(Command command) {
        this.inquiry = new Inquiry(command, "--query-aip=" + COLUMNS, "--format=csv,nounits");
    }

    @Override
    public @Nullable Accelerators read(Problems problems) {
        String answer = inquiry.ask(problems);
        return answer == null ? null : Accelerators.of(rows(answer, problems), List.of());
    }

    /** A row for each line below that of the names. */
    static List<Gpu> rows(String answer, Problems problems) {
        List<Gpu> rows = new ArrayList<>();
        String[] names = null;
        int end = answer.lastIndexOf('\n') + 1;
        if (end < answer.length()) {
            problems.failed("hl-smi: the last line does not end");
        }
        for (String line : answer.substring(0, end).split("\n", -1)) {
            String[] cells = line.split(",", -1);
            if (names == null) {
                names = isHeader(cells) ? cells : null;
            } else if (cells.length == names.length) {
                rows.add(row(new Line(List.of(names), List.of(cells))));
            } else if (!line.isBlank()) {
                problems.failed("hl-smi: a line with " + cells.length + " columns below " + names.length + " names");
            }
        }
        if (names == null) {
            problems.failed("hl-smi: no table of devices in what it printed");
        }
        return rows;
    }

    private static boolean isHeader(String[] cells) {
        boolean found = false;
        for (String cell : cells) {
            found |= cell.strip().equals("uuid") || cell.strip().equals("bus_id");
        }
        return found;
    }

    private static Gpu row(Line line) {
        Long index = line.whole("index", "", Integer.MAX_VALUE);
        String address = line.text("bus_id");
        return GpuBuilder.builder()
                .index(index == null ? null : Integer.valueOf(index.intValue()))
                .uuid(line.text("uuid"))
                .serial(line.text("serial"))
                .pciBusId(address == null ? null : address.toLowerCase(Locale.ROOT))
                .name(line.text("name"))
                .vendor("Habana")
                .deviceType(DeviceType.NPU)
                .driverVersion(line.text("driver_version"))
                .memoryTotalBytes(line.whole("memory.total", "MiB", MOST_BYTES))
                .memoryUsedBytes(line.whole("memory.used", "MiB", MOST_BYTES))
                .memoryFreeBytes(line.whole("memory.free", "MiB", MOST_BYTES))
                .powerWatts(line.number("power.draw", "W", STRONGEST))
                .temperatureCelsius(line.number("temperature.aip", "C", HOTTEST))
                .utilizationPercent(line.number("utilization.aip", "%", 100))
                .clockGraphicsMhz(mhz(line, "clocks.current.soc"))
                .clockGraphicsMaxMhz(mhz(line, "clocks.max.soc"))
                .ecc(ecc(line))
                .build();
    }

    private static @Nullable Integer mhz(Line line, String name) {
        Long mhz = line.whole(name, "MHz", FASTEST);
        return mhz == null || mhz == 0 ? null : Integer.valueOf(mhz.intValue());
    }

    private static @Nullable GpuEcc ecc(Line line) {
        EccCounts sinceLoaded = counts(line, "volatile");
        EccCounts ever = counts(line, "aggregate");
        return sinceLoaded == null && ever == null ? null : new GpuEcc(null, sinceLoaded, ever, null, null);
    }

    private static @Nullable EccCounts counts(Line line, String kind) {
        Long corrected = line.whole("ecc.errors.corrected." + kind + ".total", "", 1L << 53);
        Long uncorrected = line.whole("ecc.errors.uncorrected." + kind + ".total", "", 1L << 53);
        return corrected == null && uncorrected == null ? null : new EccCounts(corrected, uncorrected);
    }

    /** One device: cells by the names above them, as {@code power.draw [W]}. */
    private record Line(List<String> names, List<String> cells) {
        @Nullable
        String text(String name) {
            int column = column(name);
            String cell = column < 0 ? "" : cells.get(column).strip();
            return cell.isEmpty() || cell.equalsIgnoreCase("N/A") || cell.startsWith("[") ? null : cell;
        }

        /**
         * @param unit what the column must be in, where a unit stands above it or in the cell
         */
        @Nullable
        Double number(String name, String unit, double most) {
            int column = column(name);
            String header = column < 0 ? "" : names.get(column);
            int bracket = header.indexOf('[');
            int end = header.indexOf(']');
            String above = bracket < 0 || end < bracket
                    ? unit
                    : header.substring(bracket + 1, end).strip();
            return above.equals(unit) ? Quantity.of(text(name), unit, most) : null;
        }

        @Nullable
        Long whole(String name, String unit, double most) {
            Double number = number(name, unit, most);
            return number == null ? null : Long.valueOf(Math.round(number));
        }

        private int column(String name) {
            for (int i = 0; i < names.size(); i++) {
                String header = names.get(i).strip();
                int end = header.indexOf(' ');
                if (name.equals(end < 0 ? header : header.substring(0, end))) {
                    return i;
                }
            }
            return -1;
        }
    }
}
