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

/** The table of one frame: the machine, its accelerators, processors, memory, sensors, disks,
 * networks, processes, and what failed. */
public final class TableView {
    private TableView() {}

    /**
     * The table as UTF-8, ending with a line end.
     *
     * @param another whether it follows one of an earlier frame, and is to be told apart from it
     */
    public static byte[] render(SnapshotFrame frame, Style style, boolean another) {
        Sheet sheet = new Sheet(style);
        if (another) {
            sheet.end();
            sheet.dim("-- " + frame.timestamp() + " ").end();
        }
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
        if (frame.storage() != null) {
            StorageBlock.print(sheet, frame.storage());
        }
        if (frame.network() != null) {
            NetworkBlock.print(sheet, frame.network());
        }
        if (frame.processes() != null) {
            ProcessBlock.print(sheet, frame.processes());
        }
        errors(sheet, frame.errors());
        return sheet.bytes();
    }

    /** Whole, on as many lines as they need: the end names the file. */
    private static void errors(Sheet sheet, List<FrameError> errors) {
        if (!errors.isEmpty()) {
            sheet.end();
        }
        for (FrameError error : errors) {
            sheet.warning("! ")
                    .dim(error.section().label() + " " + error.reader() + " "
                            + error.kind().label() + ": ");
            sheet.wrap(error.message(), Sheet.INDENT);
        }
    }

    private static <T> List<T> orEmpty(@Nullable List<T> rows) {
        return Objects.requireNonNullElse(rows, List.of());
    }
}
