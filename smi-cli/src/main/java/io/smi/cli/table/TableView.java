package io.smi.cli.table;

import io.smi.schema.Chassis;
import io.smi.schema.Cpu;
import io.smi.schema.FrameError;
import io.smi.schema.Gpu;
import io.smi.schema.Memory;
import io.smi.schema.SnapshotFrame;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The table of one frame: the machine, its accelerators, processors, memory, sensors, processes, and what failed. */
public final class TableView {
    private TableView() {}

    /** The table as UTF-8, ending with a line end. */
    public static byte[] render(SnapshotFrame frame, Style style) {
        Sheet sheet = new Sheet(style);
        List<Chassis> chassis = orEmpty(frame.chassis());
        ChassisBlock.head(sheet, frame, chassis.isEmpty() ? null : chassis.get(0));
        for (Gpu gpu : orEmpty(frame.gpus())) {
            GpuBlock.print(sheet, gpu);
        }
        for (Cpu cpu : orEmpty(frame.cpus())) {
            CpuBlock.print(sheet, cpu);
        }
        for (Memory memory : orEmpty(frame.memory())) {
            MemoryBlock.print(sheet, memory);
        }
        for (Chassis machine : chassis) {
            ChassisBlock.sensors(sheet, machine);
        }
        if (frame.processes() != null) {
            ProcessBlock.print(sheet, frame.processes());
        }
        errors(sheet, frame.errors());
        return sheet.bytes();
    }

    private static void errors(Sheet sheet, List<FrameError> errors) {
        if (!errors.isEmpty()) {
            sheet.end();
        }
        for (FrameError error : errors) {
            sheet.warning("! ")
                    .dim(error.section().label() + " " + error.reader() + " "
                            + error.kind().label() + ": ");
            sheet.fit(error.message(), Sheet.WIDTH).end();
        }
    }

    private static <T> List<T> orEmpty(@Nullable List<T> rows) {
        return Objects.requireNonNullElse(rows, List.of());
    }
}
