package io.smi.cli.table;

import io.smi.cli.text.Glyphs;
import io.smi.cli.text.Human;
import io.smi.schema.Chassis;
import io.smi.schema.Fan;
import io.smi.schema.LoadAverage;
import io.smi.schema.PowerSupply;
import io.smi.schema.SnapshotFrame;
import io.smi.schema.Temperature;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The machine: its name and system on top, its sensors below. */
final class ChassisBlock {
    private static final int CELL = 37;
    private static final int LONGEST_NAME = 40;

    private ChassisBlock() {}

    static void head(Sheet sheet, SnapshotFrame frame, @Nullable Chassis machine) {
        sheet.bold(sheet.cut(frame.hostname(), LONGEST_NAME));
        if (machine == null) {
            sheet.end();
            return;
        }
        String system = join(", ", machine.os(), machine.kernel() == null ? null : "Linux " + machine.kernel());
        sheet.text("  ").fit(system, Sheet.WIDTH - 16);
        sheet.right("up " + Human.uptime(machine.uptimeSeconds()), Sheet.WIDTH).end();
        String kind = join(", ", virtualization(machine), machine.container());
        String model = join(" ", machine.vendor(), machine.product());
        sheet.fit(join("  ", model, kind.isEmpty() ? null : "[" + kind + "]"), Sheet.WIDTH - 26);
        LoadAverage load = machine.loadAverage();
        if (load != null) {
            sheet.right("load " + load(load.m1()) + " " + load(load.m5()) + " " + load(load.m15()), Sheet.WIDTH);
        }
        sheet.end();
    }

    private static @Nullable String virtualization(Chassis machine) {
        return "none".equals(machine.virtualization()) ? null : machine.virtualization();
    }

    private static String load(@Nullable Double value) {
        return value == null ? Human.UNKNOWN : Human.decimals(value, 2);
    }

    static void sensors(Sheet sheet, Chassis machine) {
        List<Cell> cells = new ArrayList<>();
        for (Temperature temperature : machine.temperatures()) {
            String name = join(" ", temperature.sensor(), temperature.label());
            cells.add(new Cell(
                    name, Human.celsius(temperature.celsius(), sheet.style().unicode())));
        }
        for (Fan fan : machine.fans()) {
            String speed = fan.rpm() == null ? Human.UNKNOWN : fan.rpm() + " rpm";
            cells.add(new Cell(join(" ", fan.sensor(), Objects.requireNonNullElse(fan.label(), "fan")), speed));
        }
        for (PowerSupply supply : machine.powerSupplies()) {
            String state = Objects.requireNonNullElse(supply.status(), Human.UNKNOWN);
            cells.add(new Cell(
                    supply.name(), supply.watts() == null ? state : state + " " + Human.watts(supply.watts())));
        }
        if (machine.powerWatts() != null) {
            cells.add(new Cell("power (" + machine.powerSource() + ")", Human.watts(machine.powerWatts())));
        }
        for (int i = 0; i < cells.size(); i++) {
            if (i == 0) {
                sheet.end();
                sheet.bold("SENS");
            }
            cell(sheet, i % 2 == 0 ? Sheet.INDENT : Sheet.INDENT + CELL, cells.get(i));
            if (i % 2 == 1 || i == cells.size() - 1) {
                sheet.end();
            }
        }
    }

    private static void cell(Sheet sheet, int column, Cell cell) {
        int end = column + CELL - 2;
        String value = sheet.cut(cell.value, CELL / 2);
        sheet.to(column).fit(cell.name, end - Glyphs.width(value) - 1).right(value, end);
    }

    private record Cell(String name, String value) {}

    /** Joins what is known. */
    static String join(String separator, @Nullable String... parts) {
        StringBuilder joined = new StringBuilder();
        for (String part : parts) {
            if (part != null && !part.isEmpty()) {
                joined.append(joined.isEmpty() ? "" : separator).append(part);
            }
        }
        return joined.toString();
    }
}
